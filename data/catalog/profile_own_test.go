package catalog

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/desk"
)

// at points at a text within an example.
func at(example, field, text string) desk.NamePart {
	from := utf8.RuneCountInString(example[:strings.LastIndex(example, text)])
	return desk.NamePart{Field: field, From: from, To: from + utf8.RuneCountInString(text)}
}

func TestAnExampleMakesAProfile(t *testing.T) {
	tests := []struct {
		name, example string
		parts         map[string]string
		other         string // another recording's name
		want          map[string]string
	}{
		{
			name: "German date, names with spaces", example: "10.11.2026 09.42 Müller, Jörg [Rechnung].wav",
			parts: map[string]string{"start": "10.11.2026 09.42", "agent": "Müller, Jörg", "category": "Rechnung"},
			other: "11.11.2026 10.00 李娜 [Störung – Internet].wav",
			want:  map[string]string{"start": "2026-11-11T09:00:00Z", "said": "11.11.2026 10.00", "zone": "+01:00", "guessed": "true", "agent": "李娜", "category": "Störung – Internet"},
		},
		{
			name: "digits without separators, in folders", example: "2026/Billing/20261110094200-5550100-in-x7.mp3",
			parts: map[string]string{"queue": "Billing", "start": "20261110094200", "customer": "5550100", "direction": "in"},
			other: "2027/Tech 2/20270110094200-555010199-out-9q.mp3",
			want:  map[string]string{"start": "2027-01-10T08:42:00Z", "said": "20270110094200", "zone": "+01:00", "guessed": "true", "queue": "Tech 2", "customer": "555010199", "direction": "outbound"},
		},
		{
			name: "Unix seconds and a call id", example: "1794300120_c-17.wav",
			parts: map[string]string{"start": "1794300120", "call": "c-17"},
			other: "1794300180_c-4711.wav",
			want:  map[string]string{"start": "2026-11-10T08:43:00Z", "said": "1794300180", "zone": "+00:00", "call": "c-4711"},
		},
		{
			name: "a day alone, and a field of the centre's own", example: "2026-11-10_retail_17.wav",
			parts: map[string]string{"start": "2026-11-10", "segment": "retail"},
			other: "2026-11-12_small business_18.wav",
			want:  map[string]string{"start": "2026-11-11T23:00:00Z", "said": "2026-11-12", "zone": "+01:00", "guessed": "true", "rough": "true", "field segment": "small business"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var parts []desk.NamePart
			for field, text := range test.parts {
				parts = append(parts, at(test.example, field, text))
			}
			profile, err := Pattern(test.example, parts)
			if err != nil {
				t.Fatal(err)
			}
			root := folder(t, map[string]string{test.other: string(wave(80))})
			found, _ := recordingOf(t, desk.ImportRequest{Paths: []string{root}, Profile: profile}, test.other)
			if diff := cmp.Diff(test.want, told(found)); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPartsThatAreNone(t *testing.T) {
	for name, parts := range map[string][]desk.NamePart{
		"none":            nil,
		"beyond the name": {{Field: "agent", From: 0, To: 99}},
		"empty":           {{Field: "agent", From: 3, To: 3}},
		"backwards":       {{Field: "agent", From: 5, To: 3}},
		"before the name": {{Field: "agent", From: -1, To: 3}},
		"overlapping":     {{Field: "agent", From: 0, To: 5}, {Field: "queue", From: 4, To: 7}},
		"without a field": {{Field: "", From: 0, To: 3}},
		"no date":         {{Field: "start", From: 0, To: 5}},
	} {
		if _, err := Pattern("hello-17.wav", parts); codeOf(err) != BadPart {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A profile made of an example reads the example itself, whatever it looks like.
func FuzzPattern(f *testing.F) {
	f.Add("2026-11-10 09.42_Müller, Jörg_billing_4711.wav", 17, 29)
	f.Add("a/b\n-(x)[y]{z}.wav", 2, 4)
	f.Add("👩‍💻.opus", 0, 1)
	f.Fuzz(func(t *testing.T, example string, from, to int) {
		profile, err := Pattern(example, []desk.NamePart{{Field: "agent", From: from, To: to}})
		if err != nil {
			return
		}
		p, err := ProfileOf(profile)
		if err != nil {
			t.Fatalf("%q makes a profile that cannot be read: %v", example, err)
		}
		if !utf8.ValidString(example) || strings.HasSuffix(example, "/") {
			return // no file's name, or none that JSON can hold
		}
		of := p.recording(example)
		if of == nil {
			t.Fatalf("%s does not read its own example %q", profile, example)
		}
		_ = p.start(of, time.UTC)
	})
}

// FuzzProfile reads profiles as a library keeps them, whoever wrote into it, and
// recordings by those that can be read.
func FuzzProfile(f *testing.F) {
	own, err := Pattern("20261110-094200_Ada.wav", []desk.NamePart{{Field: "start", From: 0, To: 15}, {Field: "agent", From: 16, To: 19}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(own[1:])
	f.Add(`"recordings":[{"pattern":"(?P<a>.*)","path":true}],"sidecars":[{"beside":["{a}.json"]}],"start":[{"text":"{a}","zone":"utc"}],"fields":[{"set":{"x":"{a}|{b.*.c}"}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ProfileOf("{" + text)
		if err != nil || p == nil {
			return
		}
		r := newReading(p, time.UTC)
		if of := r.recording("20261110-094200_Ada.wav"); of != nil {
			r.start(of, r.zone)
			r.sayings(of)
			r.more(of)
			r.keys(of)
		}
	})
}
