package ui

import (
	"testing"

	"github.com/earshot-app/earshot/review/desk"
)

func preview(means ...desk.Meaning) desk.TablePreview {
	p := desk.TablePreview{Arrangement: desk.Arrangement{Header: "yes", Separator: ",", Encoding: "utf-8", Zone: "UTC"}}
	for i, m := range means {
		p.Columns = append(p.Columns, desk.PreviewColumn{Name: string(rune('A' + i)), Means: m, Shapes: []string{"x"}})
	}
	return p
}

func TestATableThatIsClearIsNotAskedAbout(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.table = preview(desk.MeansFile, desk.MeansCategory)
		b.Import([]string{"/calls", "/calls/calls.csv"})
		b.settle()
		if len(b.desk.imports) != 1 || len(b.modals) != 0 {
			t.Errorf("%d imports, %d dialogs", len(b.desk.imports), len(b.modals))
		}
	})
}

// A table that names no recording is shown with its columns; what a person
// chooses there goes with the import.
func TestColumnsAreMappedInADialog(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.table = preview(desk.MeansNothing, desk.MeansField, desk.MeansStart)
		b.Import([]string{"/calls", "/calls/calls.tsv"})
		b.settle()
		if len(b.desk.imports) != 0 || len(b.modals) != 1 {
			t.Fatalf("%d imports, %d dialogs", len(b.desk.imports), len(b.modals))
		}
		b.modals[0].enter()
		b.settle()
		if len(b.desk.imports) != 0 {
			t.Error("imported, though no row can be joined")
		}
	})
}

func TestAChosenMeaningIsTakenFromTheColumnThatHadIt(t *testing.T) {
	m := &mapping{preview: preview(desk.MeansFile, desk.MeansStart, desk.MeansField, desk.MeansNothing)}
	if !m.joins() || m.clear() {
		t.Errorf("joins %t, clear %t", m.joins(), m.clear())
	}
	m.choose(2, desk.MeansStart)
	m.choose(3, desk.MeansCategory)
	want := map[string]desk.Meaning{"B": desk.MeansField, "C": desk.MeansStart, "D": desk.MeansCategory}
	for name, means := range want {
		if m.said.Columns[name] != means {
			t.Errorf("%s means %q, want %q", name, m.said.Columns[name], means)
		}
	}
	if len(m.said.Columns) != len(want) || !m.clear() {
		t.Errorf("said %v, clear %t", m.said.Columns, m.clear())
	}
	m.preview.Ambiguous = true
	if m.clear() {
		t.Error("days that can be read in two ways are not asked about")
	}
}
