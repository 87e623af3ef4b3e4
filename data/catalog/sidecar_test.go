package catalog

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// What centres write is in many encodings.
func TestXMLIsReadInItsEncoding(t *testing.T) {
	const document = `<r Id="7"><Agent>Jörg</Agent><Tag>a</Tag><Tag>b</Tag><Empty/></r>`
	wide := []byte("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?>` + document)) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
	}
	want := map[string]any{"Id": "7", "Agent": "Jörg", "Tag": []any{"a", "b"}, "Empty": ""}
	for name, text := range map[string]string{
		"UTF-8":      "\uFEFF" + document,
		"ISO 8859-1": `<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.ReplaceAll(document, "ö", "\xf6"),
		"UTF-16":     string(wide),
	} {
		got, err := readXML(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(any(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestPathsThroughDocuments(t *testing.T) {
	tree, err := readJSON(strings.NewReader(`{"a":{"b":[{"n":"x"},{"n":"y"},{"n":"x"}]},"tags":[{"key":"agent","value":"Jo"}],
		"number":373100,"big":12345678901234567890,"yes":true,"none":null,"list":["p","q"]}} trailing`))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"a.b.1.n": "y", "a.b.*.n": "x, y", "a.b.9.n": "", "a.b.-1.n": "", "tags.agent": "Jo", "number": "373100",
		"big": "12345678901234567890", "yes": "true", "none": "", "list": "p, q", "list.*": "p, q", "a": "", "x.y.z": "", "number.x": "",
	} {
		if got := lookup(tree, strings.Split(path, ".")); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

// An element within an element within … must not fill the stack.
func TestDeepDocumentsAreRefused(t *testing.T) {
	if _, err := readXML(strings.NewReader(strings.Repeat("<a>", 1_000_000))); err == nil {
		t.Error("a million elements in one another were read")
	}
	if _, err := readJSON(strings.NewReader(strings.Repeat("[", 1_000_000))); err == nil {
		t.Error("a million lists in one another were read")
	}
}

// No sidecar, whatever is in it, may end an import.
func FuzzSidecars(f *testing.F) {
	for _, p := range Profiles() {
		for _, e := range p.Examples {
			for name, raw := range e.Files {
				_ = name
				f.Add([]byte(raw))
			}
		}
	}
	f.Add([]byte("1794300125|1794300120.17|billing|NONE|ENTERQUEUE||5550100|1\n||||\n|\n"))
	f.Add([]byte(`<a b="c">d<e/><e>f</e></a>`))
	f.Add([]byte("{}\n[]\n{\n[{}]"))
	f.Add([]byte("User ID;Name\r\n\"a;\nb\";c;d\n\n;\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, p := range Profiles() {
			r := newReading(p, time.UTC)
			for i := range p.Sidecars {
				rule := &p.Sidecars[i]
				for _, kind := range []string{"json", "xml"} {
					if tree, err := readTree(kind, bytes.NewReader(data)); err == nil {
						r.note(rule, tree)
					}
				}
				_ = r.documents(context.Background(), i, bytes.NewReader(data))
				_ = r.rows(context.Background(), i, bytes.NewReader(data))
				if rule.Kind == "log" {
					_ = r.log(context.Background(), i, bytes.NewReader(data))
				}
			}
		}
	})
}

// Every part of a name is a piece of it, and what is made of it can be kept.
func FuzzNames(f *testing.F) {
	for _, p := range Profiles() {
		for _, e := range p.Examples {
			f.Add(e.Name)
		}
	}
	f.Fuzz(func(t *testing.T, name string) {
		for _, p := range Profiles() {
			of := p.recording(name)
			if of == nil {
				continue
			}
			for _, text := range p.sayings(of) {
				if text != Clean(text) {
					t.Errorf("%s: %q of %q is not clean", p.ID, text, name)
				}
			}
			if b := p.start(of, time.UTC); !b.at.IsZero() && (b.at.Year() < firstYear-1 || b.at.Year() > lastYear+1) {
				t.Errorf("%s: %q begins in %d", p.ID, name, b.at.Year())
			}
		}
	})
}
