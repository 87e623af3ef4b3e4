package phone

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/earshot-app/earshot/assets/demo"
)

// columns of the metadata table, see [demo.Table].
var columns = []string{
	"file", "call_id", "start", "duration", "agent", "queue", "category", "customer", "direction",
}

// Make reads script.json in folder and writes the recordings, the table and
// the truth beside it. It calls told after each call with its file and length
// in seconds.
func Make(ctx context.Context, folder string, told func(file string, seconds float64)) error {
	s, err := Read(filepath.Join(folder, "script.json"))
	if err != nil {
		return err
	}
	rows := [][]string{columns}
	var truth []demo.Call
	for i, d := range s.Calls {
		id := fmt.Sprintf("call-%02d", i+1)
		file := id + ".wav"
		r, err := s.Record(ctx, d, uint64(i+1))
		if err != nil {
			return fmt.Errorf("make %s: %w", file, err)
		}
		if err := os.WriteFile(filepath.Join(folder, file), WAV(r.Customer, r.Agent), 0o644); err != nil {
			return err
		}
		seconds := strconv.FormatFloat(r.Seconds(), 'f', 1, 64)
		rows = append(rows, []string{
			file, id, d.Start, seconds, d.Agent, d.Queue, d.Category, d.Customer, "inbound",
		})
		truth = append(truth, demo.Call{
			File: file, ID: id, Issues: r.Issues, Praise: r.Praise, NotCustomer: d.NotCustomer,
		})
		told(file, r.Seconds())
	}
	if err := writeTable(filepath.Join(folder, demo.Table), rows); err != nil {
		return err
	}
	return writeTruth(filepath.Join(folder, "truth.json"), truth)
}

func writeTable(file string, rows [][]string) error {
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

func writeTruth(file string, calls []demo.Call) error {
	raw, err := json.MarshalIndent(calls, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(raw, '\n'), 0o644)
}
