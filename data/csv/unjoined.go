package csv

import (
	"io"
	"iter"

	"github.com/earshot-app/earshot/review/desk"
)

// unjoinedTells are the meanings of which an unjoined row tells a column each.
var unjoinedTells = []desk.Meaning{
	desk.MeansCall, desk.MeansContact, desk.MeansStart, desk.MeansDuration, desk.MeansQueue, desk.MeansCategory,
	desk.MeansDirection, desk.MeansAgent, desk.MeansCustomer, desk.MeansFile,
}

// WriteUnjoined writes a row for each row of a metadata table without a
// recording, and each recording without a row, as they come, in constant memory.
func WriteUnjoined(w io.Writer, f Format, unjoined iter.Seq2[desk.Unjoined, error]) error {
	t := newTable(w, f, "unjoined")
	for u, err := range unjoined {
		if err != nil {
			return err
		}
		side, line := "recording", cell{}
		if u.Line > 0 {
			side, line = "row", integer(int64(u.Line))
		}
		cells := []cell{text(side), text(u.Name), line, text(string(u.Reason))}
		for _, m := range unjoinedTells {
			cells = append(cells, text(u.Tells(m)))
		}
		if err := t.row(cells...); err != nil {
			return err
		}
	}
	return t.end()
}
