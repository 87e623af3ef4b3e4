package catalog

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// faults are lines that cannot be used, with a file's name to be filled in, and
// what is said of them; "" is said of what can be used all the same.
var faults = []struct {
	line string
	want review.Code
}{
	{`%s.wav;10.11.2026 09:42;6:13`, WrongCells},
	{`%s.wav;10.11.2026 09:42;6:13;Köln;;more`, WrongCells},
	{`%s.wav;10.11.2026 09:42;6:13;"Köln`, OpenQuote},
	{`"%s.wav;10.11.2026 09:42;6:13;Köln`, OpenQuote},
	{"%s.wav;10.11.2026 09:42;6:13;K\xf6ln", BadText},
	{`%s.wav;10.11.2026 25:42;6:13;Köln`, BadStart},
	{`%s.wav;30.02.2026 09:42;6:13;Köln`, BadStart},
	{`%s.wav;gestern;6:13;Köln`, BadStart},
	{`%s.wav;10/11/2026 09:42;6:13;Köln`, AmbiguousStart},
	{`%s.wav;10.11.2026 09:42;-5;Köln`, BadDuration},
	{`%s.wav;10.11.2026 09:42;sechs;Köln`, BadDuration},
	{`%s.wav;10.11.2026 09:42;99999999;Köln`, BadDuration},
	{`;10.11.2026 09:42;6:13;%s`, NoKey},
	{`first.wav;11.11.2026 09:42;6:13;%s`, Contradicts},
	{`nirgends-%s.wav;10.11.2026 09:42;6:13;Köln`, NoRecording},
	{`%s.wav;10.11.2026 09:42;6:13;Köln`, ManyRecordings},
	{`%s.wav;10.11.2026 09:42;6:13;` + strings.Repeat("ö", longestLine), LongLine},
	{`%s.wav;10.11.2026 09:42;373,5;"Köln "Süd" ""West"""`, ""},
	{`"%s".wav;10.11.2026 09:42;6:13;Köln`, ""},
	{`%s.wav;10.11.2026 09:42;6:13;"Köln" <5550100>`, ""},
	{"%s.wav;10.11.2026 09:42;6:13;\"Köln\r\nSüd\"", ""},
	{"%s.wav;1794303720.25;6:13;K\x00öln\t", ""},
	{`%s.wav;2026-11-10T09:42:00+0000;6:13;=Köln();;`, ""},
	{`;;;`, ""},
}

// A table of 10,000 rows with every fault in it: what is good is imported, and
// each of the others told by its line.
func TestATableWithEveryFaultImportsTheRest(t *testing.T) {
	const rows = 10_000
	var table strings.Builder
	table.WriteString("\uFEFFDatei;Beginn;Dauer;Kategorie\r\nfirst.wav;10.11.2026 09:42;6:13;Köln\r\n")
	names := []string{"first.wav"}
	want := map[int]review.Code{}
	line := 3
	for i := range rows {
		name, text, wrong := fmt.Sprintf("r%05d", i), `%s.wav;10.11.2026 09:42;6:13;Köln`, review.Code("")
		if i%7 == 3 {
			f := faults[(i/7)%len(faults)]
			text, wrong = f.line, f.want
		}
		if wrong != "" {
			want[line] = wrong
		}
		switch wrong {
		case NoRecording:
		case ManyRecordings:
			names = append(names, "one/"+name+".wav", "other/"+name+".wav")
		default:
			names = append(names, name+".wav")
		}
		text = strings.Replace(text, "%s", name, 1)
		table.WriteString(text + "\r\n")
		line += 1 + strings.Count(text, "\n")
	}
	file := filepath.Join(t.TempDir(), "calls.csv")
	if err := os.WriteFile(file, []byte(table.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c := New(listed(names), time.UTC)
	c.probe = func(context.Context, string) (audio.Info, int64, error) {
		return audio.Info{Container: "wav", Codec: "pcm-s16", Rate: 8000, Channels: 1, Frames: 8000}, 0, nil
	}
	got, told := map[int]review.Code{}, 0
	err := c.Walk(t.Context(), desk.ImportRequest{Paths: []string{"/calls"}, Metadata: file, Profile: desk.PlainProfile}, func(f desk.Found) error {
		switch {
		case f.Problem != nil:
			got[f.Line] = f.Problem.Code
		case f.Meta.Category != "":
			told++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%.3000s", diff)
	}
	if good := line - 2 - len(want) - strings.Count(table.String(), ";;;\r\n") - strings.Count(table.String(), "\"Köln\r\nSüd\""); told != good {
		t.Errorf("%d recordings are told of, of %d good rows", told, good)
	}
}

// listed are files by their names, below one folder.
func listed(names []string) Files {
	return func(_ context.Context, _ []string, yield func(string, string, fs.FileInfo, error) error) error {
		for _, name := range names {
			if err := yield("/calls", name, fakeInfo{}, nil); err != nil {
				return err
			}
		}
		return nil
	}
}

// A portal hands out a month as one archive: who points at that is told to unpack
// it, and not that there is nothing.
func TestAnArchiveIsToldOf(t *testing.T) {
	files := map[string]string{"a.wav": string(wave(800))}
	for _, name := range []string{"2026-10.zip", "old/September.TAR.GZ", "b.wav.gz", "Master.csv.1.gz", "zip", "report.pdf"} {
		files[name] = "PK\x03\x04 and more"
	}
	got := walk(t, desk.ImportRequest{Paths: []string{folder(t, files)}})
	want(t, got, "2026-10.zip archive", "a.wav", "b.wav.gz archive", "old/September.TAR.GZ archive")
}
