package library

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/csv"
)

// What is shown first is what is written then, as far as it goes.
func TestAPreviewIsTheBeginningOfTheFile(t *testing.T) {
	folder := t.TempDir()
	l, err := Open(t.Context(), filepath.Join(folder, "library.earshot"), config.Folders{Data: folder, Config: folder})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	e := Export{Table: Dictionary, Words: text.For("de"), Format: csv.Options{Preset: "spreadsheet", Locale: "de_DE"}}
	var whole bytes.Buffer
	if err := l.Export(t.Context(), &whole, e); err != nil {
		t.Fatal(err)
	}
	p, err := l.PreviewExport(t.Context(), e, 3)
	if want := strings.Split(whole.String(), "\r\n")[:4]; err != nil || !slices.Equal(p.Rows, want) {
		t.Errorf("%q, %v, want %q", p.Rows, err, want)
	}
	if p.Format.Separator != "semicolon" || p.Format.Decimal != "comma" || p.Format.Mark != "yes" {
		t.Errorf("told as %+v", p.Format)
	}
	if p, err := l.PreviewExport(t.Context(), Export{Table: Ranking}, 3); err != nil || len(p.Rows) != 1 {
		t.Errorf("the ranking of an empty library is %q, %v", p.Rows, err)
	}
}

// A million rows are not made to show three.
func TestAPreviewTakesNoMoreThanItShows(t *testing.T) {
	top := &beginning{rows: 2}
	for range 3 {
		if _, err := top.Write([]byte("a\nb\r\n")); errors.Is(err, errEnough) {
			break
		}
	}
	if got := top.lines(); !slices.Equal(got, []string{"a\nb", "a\nb"}) {
		t.Errorf("%q", got)
	}
}
