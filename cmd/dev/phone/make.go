package phone

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/assets/demo"
)

// columns of the metadata table, see [demo.Table].
var columns = []string{
	"file", "call_id", "start", "duration", "agent", "queue", "category", "customer", "direction",
}

// Make reads script.json in folder and writes the recordings with their
// transcripts, the table and the truth beside it. It calls told after each call with its file and length
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
		if err := os.WriteFile(filepath.Join(folder, id+".vtt"), Captions(r.Spoken), 0o644); err != nil {
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

// escape keeps words from being tags of WebVTT.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Captions are the turns as WebVTT with the roles as voices: a transcript as a
// vendor would write it who hears everything right.
func Captions(turns []Spoken) []byte {
	var b bytes.Buffer
	b.WriteString("WEBVTT\n")
	stamp := func(seconds float64) string {
		tenths := int(math.Round(seconds * 10))
		return fmt.Sprintf("%02d:%02d.%d00", tenths/600, tenths/10%60, tenths%10)
	}
	for _, t := range turns {
		voice := "Agent"
		if t.Who == customer {
			voice = "Customer"
		}
		fmt.Fprintf(&b, "\n%s --> %s\n<v %s>%s\n", stamp(t.At), stamp(t.Until), voice, escape.Replace(t.Text))
	}
	return b.Bytes()
}
