package live

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
)

// A recording cannot be read while its host is asked for it, and the session is
// handed over. Everybody is told that nobody has it; when it can be read again, the
// new host has it from the host of before, and the others from the new host.
func TestANewHostHasRecordingsFromTheHostOfBefore(t *testing.T) {
	ctx := context.Background()
	atHedda, atAda, atBo := make(seen, 1000), make(seen, 1000), make(seen, 1000)
	h, a, b := somebody(t, "Hedda", 1, atHedda.told), somebody(t, "Ada", 2, atAda.told), somebody(t, "Bo", 3, atBo.told)
	content := opened(t, &h)
	clock := &watch{}
	a.Now, b.Now = clock.Now, clock.Now
	places, err := h.Desk.SessionPlaces(ctx, h.Session)
	if err != nil {
		t.Fatal(err)
	}
	recordings, err := h.Desk.View(ctx, places[0].Local)
	if err != nil {
		t.Fatal(err)
	}
	there := recordings.Recordings[0].Path.Open()
	away := filepath.Join(filepath.Dir(there), "away")
	if err := os.Rename(there, away); err != nil {
		t.Fatal(err)
	}
	hedda := hosted(t, h)
	ada, err := Join(ctx, a, invited(t, hedda))
	if err != nil {
		t.Fatal(err)
	}
	bo, err := Join(ctx, b, invited(t, hedda))
	if err != nil {
		t.Fatal(err)
	}
	atAda.untilNobodyLends(ada, clock)
	atBo.untilNobodyLends(bo, clock)
	if err := hedda.HandOver(ctx, ada.me); err != nil {
		t.Fatal(err)
	}
	atAda.until(func(u Update) bool { return u.Host == ada.me })
	atAda.untilNobodyLends(ada, clock)
	if err := os.Rename(away, there); err != nil {
		t.Fatal(err)
	}
	audioCame(t, a.Desk, h.Session, content)
	audioCame(t, b.Desk, h.Session, content)
	closed(t, bo, ada, hedda)
}

// untilNobodyLends has a room try again, each time a minute later, until it has told
// that nobody has a recording.
func (s seen) untilNobodyLends(r *Room, clock *watch) {
	for {
		select {
		case u := <-s:
			if u.Audio != nil && review.CodeOf(u.Audio.Err) == hub.NobodyLends {
				return
			}
		case <-time.After(100 * time.Millisecond):
			clock.turn(time.Minute)
			poke(r.look)
		}
	}
}
