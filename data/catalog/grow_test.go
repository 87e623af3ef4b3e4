package catalog

import (
	"io"
	"slices"
	"strings"
	"testing"
)

// growing is a table that another program writes to: each time that it is opened
// more of it is there, and it has grown by a part more when its end is come to.
type growing struct {
	text  string
	there []int // bytes, of each opening and of the end that it comes to
}

func (g *growing) open() (io.ReadCloser, error) {
	there, later := g.there[0], g.there[min(1, len(g.there)-1)]
	g.there = g.there[min(1, len(g.there)-1):]
	return io.NopCloser(io.MultiReader(strings.NewReader(g.text[:there]), strings.NewReader(g.text[there:later]))), nil
}

// What is there of a table is read, a line or a record cut off costs itself alone,
// and the next look reads it all.
func TestATableThatGrowsWhileItIsRead(t *testing.T) {
	for name, text := range map[string]string{
		"cells":   "file;start;queue\na.wav;13/11/2026 09:00;Billing\nb.wav;14/11/2026 09:00;Sales\nc.wav;15/11/2026 09:00;Returns\n",
		"records": `[{"file":"a.wav","queue":"Billing"},` + "\n" + `{"file":"b.wav","queue":"Sales"},` + "\n" + `{"file":"c.wav","queue":"Returns"}]`,
		"inner":   `{"calls":[{"file":"a.wav","queue":"Billing"},` + "\n" + `{"file":"b.wav","queue":"Sales"},` + "\n" + `{"file":"c.wav","queue":"Returns"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			first := strings.Index(text, "\nb.wav") + strings.Index(text, "\n{\"file\":\"b.wav") + len("\n")
			for end := first + 2; end <= len(text); end++ {
				g := &growing{text: text, there: []int{first + 1, first + 2, end}}
				table, err := readTable(t.Context(), g.open, guide{zone: berlin(t)})
				if err != nil {
					t.Fatalf("up to byte %d: %v", end, err)
				}
				rows, _ := all(t, table)
				if err := table.close(); err != nil {
					t.Fatal(err)
				}
				var files []string
				for _, r := range rows {
					files = append(files, r.file)
				}
				if len(files) == 0 || files[0] != "a.wav" || end == len(text) && !slices.Equal(files, []string{"a.wav", "b.wav", "c.wav"}) {
					t.Errorf("up to byte %d: %q", end, files)
				}
			}
		})
	}
}
