package catalog

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// What a register holds is found whether it stayed in memory or not.
func TestARegisterFindsWhatItSpilled(t *testing.T) {
	for _, most := range []int{7, 1000, 1 << 20} {
		r := newRegister(most)
		for i := range 5000 {
			if err := r.add(fmt.Sprint("key ", i%1700), int64(i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.seal(); err != nil {
			t.Fatal(err)
		}
		for _, i := range []int{0, 1, 850, 1599, 1600, 1699, 1700} {
			var got, want []int64
			for at := i; at < 5000 && i < 1700; at += 1700 {
				want = append(want, int64(at))
			}
			err := r.find(fmt.Sprint("key ", i), func(at int64) (bool, error) {
				got = append(got, at)
				return true, nil
			})
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("with %d in memory, key %d lies at %v, want %v; %v", most, i, got, want, err)
			}
		}
		groups := 0
		err := r.groups(func(_ uint64, ats []int64) error {
			if groups++; len(ats) < 2 || ats[1]-ats[0] != 1700 {
				t.Errorf("a group of %v", ats)
			}
			return nil
		})
		if err = errors.Join(err, r.close()); err != nil || groups != 1700 {
			t.Errorf("%d groups, %v", groups, err)
		}
	}
}

// FuzzSplitter holds the splitter to encoding/csv for tables that are well
// formed, and to its bounds for all others.
func FuzzSplitter(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "\"a\nb\",c\r\n\"\"\"\",\n", "\"a", "a\"b,c\n", "\"a \"b\" c\",d\n", ",,\n\n\"\"", "\xff,\"\xfe\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := &splitter{in: bufio.NewReader(strings.NewReader(text)), comma: ','}
		var got [][]string
		last := 0
		for {
			r, err := s.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if r.line <= last || r.bad == "" && len(r.cells) == 0 {
				t.Fatalf("line %d after %d, %d cells", r.line, last, len(r.cells))
			}
			last = r.line
			if r.bad == "" && !slices.Equal(r.cells, []string{""}) {
				got = append(got, slices.Clone(r.cells))
			}
		}
		if strings.Contains(text, "\r") || !strings.HasSuffix(text, "\n") || strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) {
			return // encoding/csv reads ends of lines within cells, and other encodings, in its own way
		}
		strict := csv.NewReader(strings.NewReader(text))
		strict.FieldsPerRecord = -1
		want, err := strict.ReadAll()
		want = slices.DeleteFunc(want, func(cells []string) bool { return slices.Equal(cells, []string{""}) })
		if err == nil && strings.Count(text, "\n") < tallest && !slices.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("%q is %q, want %q", text, got, want)
		}
	})
}

func FuzzUnpackRow(f *testing.F) {
	whole := row{
		line: 7, place: 3, file: "a.wav", callID: "c-1", start: 1794303720000, duration: time.Minute, guessed: true,
		fields: []review.Field{{Name: "Product", Value: review.Hide("Fibre")}},
	}
	f.Add(whole.pack(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, record []byte) {
		r, err := unpack(record)
		if err != nil {
			return
		}
		again, err := unpack(r.pack(nil))
		if diff := cmp.Diff(r.meta(), again.meta(), cmp.Comparer(func(a, b review.Private) bool { return a.Open() == b.Open() })); err != nil || diff != "" {
			t.Fatalf("%v: packed again\n%s", err, diff)
		}
	})
}

// FuzzEncodings reads tables of any bytes in any encoding that is asked for.
func FuzzEncodings(f *testing.F) {
	f.Add("\xff\xfef\x00i\x00l\x00e\x00\n\x00a\x00", "")
	f.Add("\xfe\xff\x00f\x00i\x00l\x00e\x00\n\xd8\x00", "utf-16be")
	f.Add("Datei;L\xe4nge\na.wav;1\n", "windows-1252")
	f.Add("10/11/2026,a.wav\n11/11/2026,b.wav\n", "utf-8")
	f.Fuzz(func(t *testing.T, text, encoding string) {
		g := guide{zone: time.UTC, arranged: desk.Arrangement{Encoding: encoding}}
		d, err := g.study(opened(text))
		if err != nil {
			if code := review.CodeOf(err); code != NotText && code != review.BadArgument {
				t.Fatal(err)
			}
			return
		}
		d.preview(g.arranged)
	})
}

// A caller's name in quotation marks before the number, as telephone systems write
// it, is one cell, also where nobody doubled the marks.
func TestACellMayGoOnBehindItsQuotationMarks(t *testing.T) {
	for line, want := range map[string][]string{
		`1,"Jo" <5550100>,x,`:               {"1", "Jo <5550100>", "x", ""},
		`"Jo" <5550100>,2,"x",3`:            {"Jo <5550100>", "2", "x", "3"},
		`"Jo ""the""" <5550100>,2,"x, y",3`: {`Jo "the" <5550100>`, "2", "x, y", "3"},
		`""Jo" <5550100>",2,"x",3`:          {`"Jo" <5550100>`, "2", "x", "3"},
	} {
		s := &splitter{in: bufio.NewReader(strings.NewReader(line)), comma: ',', width: 4}
		if r, err := s.next(); err != nil || r.bad != "" || !slices.Equal(r.cells, want) {
			t.Errorf("%s is read as %q (%s, %v), want %q", line, r.cells, r.bad, err, want)
		}
	}
}
