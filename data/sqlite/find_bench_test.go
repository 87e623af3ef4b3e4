package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
)

// BenchmarkSearch looks through 100,000 turns of 1,000 calls. Words are as
// frequent as in speech: the n-th most frequent one n times rarer than the first.
func BenchmarkSearch(b *testing.B) {
	f := newFixture(b, 1000)
	random := rand.New(rand.NewPCG(1, 1))
	words := rand.NewZipf(random, 1.01, 1, 20_000)
	for call := range 1000 {
		spoken := desk.Spoken{
			Sidecar:      desk.Sidecar{Root: "/recordings", Name: fmt.Sprintf("%03d.vtt", call)},
			SidecarMatch: desk.SidecarMatch{UID: fmt.Sprintf("call-%03d", call)},
		}
		for i := range 100 {
			var text []string
			for range 12 {
				text = append(text, fmt.Sprintf("w%d", words.Uint64()))
			}
			at := time.Duration(i) * 5 * time.Second
			spoken.Transcript.Turns = append(spoken.Transcript.Turns, dialogue.Turn{At: at, Until: at, Text: strings.Join(text, " ")})
		}
		must(b, f.store.AddSpoken(context.Background(), []desk.Spoken{spoken}))
	}
	for name, typed := range map[string]string{
		"rare word": "w9000", "frequent word": "w0", "two words": "w3 w40", "row": `"w1 w2"`, "beginning": "w77*", "nothing": "x",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := f.Search(context.Background(), typed, desk.Page{Limit: 50})
				must(b, err)
			}
		})
	}
}
