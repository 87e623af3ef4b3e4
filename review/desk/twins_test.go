package desk

import (
	"context"
	"fmt"
	"testing"

	"github.com/earshot-app/earshot/review"
)

// asking counts what a source is asked; every file is gone and no two are the
// same.
type asking struct {
	Source
	stamps, compared int
}

func (a *asking) Stamp(context.Context, string) (string, error) {
	a.stamps++
	return "", nil
}

func (a *asking) SameContent(context.Context, string, string) (bool, error) {
	a.compared++
	return false, nil
}

// A source may hold tens of thousands of recordings of which nothing was
// recorded, all alike: what an import asks of its disk grows with them, not with
// their square.
func TestRecordingsThatAreAllAlikeAreNotHeldAgainstEachOther(t *testing.T) {
	const n = 2000
	source := &asking{}
	in := &importing{desk: &Desk{source: source}, number: 2}
	var twins []Twin
	for i := range n {
		e := Entry{}
		e.Root, e.Name, e.Mark = "/new", fmt.Sprintf("%d.wav", i), 7
		e.Recording = review.Recording{Size: 44, Path: review.Hide("/new/" + e.Name)}
		in.batch = append(in.batch, e)
		twins = append(twins, Twin{ID: int64(i + 1), Mark: 7, Size: 44, Look: 1, Path: fmt.Sprintf("/old/other %d.wav", i)})
	}
	in.follow(t.Context(), twins)
	if err := in.copies(t.Context(), twins); err != nil {
		t.Fatal(err)
	}
	if source.stamps > 2*n || source.compared > n {
		t.Errorf("%d files are asked for %d times and compared %d times", n, source.stamps, source.compared)
	}
}

// What copies are called, by the file managers of Windows, macOS and GNOME.
func TestACopysNameIsThatOfItsFile(t *testing.T) {
	for _, name := range []string{
		"a/Call 1.wav", "b/Call 1.WAV", "Call 1 (1).wav", "Call 1 - Copy.wav", "call 1 - copy (2).wav", "Call 1 - Kopie.wav", "Call 1_copy2.wav",
	} {
		if got := plainName(name); got != "call 1.wav" {
			t.Errorf("%q is %q", name, got)
		}
	}
	for _, name := range []string{"Call 2.wav", "Call 1 (a).wav", "Call 1.mp3", "Call 1 kopie.wav"} {
		if got := plainName(name); got == "call 1.wav" {
			t.Errorf("%q is %q", name, got)
		}
	}
}
