package dialogue_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/sound"
)

func TestAQueryIsWordsRowsAndBeginnings(t *testing.T) {
	tests := []struct {
		typed string
		want  []dialogue.Term
	}{
		{"refund promised", []dialogue.Term{{Text: "refund"}, {Text: "promised"}}},
		{`  "old address"  bill `, []dialogue.Term{{Text: "old address"}, {Text: "bill"}}},
		{"Kündig*", []dialogue.Term{{Text: "Kündig", Prefix: true}}},
		{`"charged tw"*`, []dialogue.Term{{Text: "charged tw", Prefix: true}}},
		{`"charged tw*"`, []dialogue.Term{{Text: "charged tw", Prefix: true}}},
		{"„alte Adresse“ Rechnung", []dialogue.Term{{Text: "alte Adresse"}, {Text: "Rechnung"}}},
		{`"never closed`, []dialogue.Term{{Text: "never closed"}}},
		{`a"b c"d`, []dialogue.Term{{Text: "a"}, {Text: "b c"}, {Text: "d"}}},
		{"NOT refund OR (x)", []dialogue.Term{{Text: "NOT"}, {Text: "refund"}, {Text: "OR"}, {Text: "(x)"}}},
		{"39.90", []dialogue.Term{{Text: "39.90"}}},
		{`"" * … -- ""*`, nil},
		{"", nil},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, dialogue.ParseQuery(test.typed).Terms); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.typed, diff)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{`"a b"* c`, "„ü“«x»", "\"\"\"", "*\x00\xff", "a*b*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, term := range dialogue.ParseQuery(typed).Terms {
			if term.Text == "" || !utf8.ValidString(term.Text) {
				t.Errorf("%q gives the term %q", typed, term.Text)
			}
		}
	})
}

// The turn that is lit is the one that was begun last, also in a pause.
func TestTheTurnOfATime(t *testing.T) {
	turns := []dialogue.Turn{{At: 2 * time.Second, Until: 3 * time.Second}, {At: 5 * time.Second}, {At: 5 * time.Second}, {At: 9 * time.Second}}
	for at, want := range map[time.Duration]int{0: -1, 2 * time.Second: 0, 4 * time.Second: 0, 5 * time.Second: 2, time.Hour: 3} {
		if got := dialogue.At(turns, at); got != want {
			t.Errorf("at %v turn %d, want %d", at, got, want)
		}
	}
}

// A call of two recordings reads as one: what the second says comes later by
// the length of the first.
func TestTranscriptsOfTwoRecordingsBecomeOne(t *testing.T) {
	span := func(from, to time.Duration) sound.Span {
		return sound.Span{From: from * time.Second, To: to * time.Second}
	}
	got := dialogue.Transcript{Turns: []dialogue.Turn{{At: 58 * time.Second, Until: 61 * time.Second, Text: "one"}}, Holds: []sound.Span{span(50, 60)}}
	got.Add(dialogue.Transcript{
		Turns: []dialogue.Turn{{At: 0, Until: time.Second, Text: "two"}}, Holds: []sound.Span{span(0, 3)}, Quiet: []sound.Span{span(4, 5)},
	}, time.Minute)
	want := dialogue.Transcript{
		Turns: []dialogue.Turn{
			{At: 58 * time.Second, Until: 61 * time.Second, Text: "one"},
			{At: 60 * time.Second, Until: 61 * time.Second, Text: "two"},
		},
		Holds: []sound.Span{span(50, 63)}, Quiet: []sound.Span{span(64, 65)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTidyKeepsWordsAndDropsWhatIsNone(t *testing.T) {
	if got := dialogue.Tidy("\ufeff my \t[PII]\r\nis\x02 \u00a0Jürgen\xff "); got != "my [PII] is Jürgen\ufffd" {
		t.Errorf("%q", got)
	}
}
