package live

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// streams are the names of the streams that lie on a host's disk.
func streams(t *testing.T, o Options) (names []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(o.Dir, "hub"), func(path string, _ fs.DirEntry, err error) error {
		if filepath.Base(filepath.Dir(path)) == "streams" {
			names = append(names, filepath.Base(path))
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted while this looks
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// After the last reveal what was sent blind is deleted from the host's disk: it is
// in the log. Who tagged meanwhile without a network brings it there all the same.
func TestTheBlindStreamGoesWithTheLastReveal(t *testing.T) {
	ctx := context.Background()
	atHost, atMember := make(seen, 1000), make(seen, 1000)
	h, m := somebody(t, "Hedda", 1, atHost.told), somebody(t, "Ada", 2, atMember.told)
	host, member := hostedAndJoined(t, &h, &m)
	atMember.until(func(u Update) bool { return u.Audio != nil && u.Audio.Done == u.Audio.Of })
	closed(t, member) // cut off, with the call at hand
	tagged(t, m)
	if got := streams(t, h); len(got) != 2 {
		t.Fatalf("the host's streams are %v, want the log's and the blind one", got)
	}
	if _, err := h.Desk.RevealRound(ctx, h.Session, desk.AllRounds); err != nil {
		t.Fatal(err)
	}
	for {
		if got := streams(t, h); len(got) == 1 && strings.HasPrefix(got[0], "RS_LOG_") {
			break
		}
		time.Sleep(20 * time.Millisecond) // until the host has looked
	}
	member, err := Enter(ctx, asHost(m))
	if err != nil {
		t.Fatal(err)
	}
	for {
		table, err := h.Desk.SessionTable(ctx, h.Session, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(table.Rows) == 1 && table.Rows[0].Heard == 1 {
			break
		}
		time.Sleep(20 * time.Millisecond) // until it came
	}
	sameDigest(t, h, m)
	closed(t, member, host)
}

// tagged tags the session's first call in a library and is through with it.
func tagged(t *testing.T, o Options) {
	t.Helper()
	ctx := context.Background()
	places, err := o.Desk.SessionPlaces(ctx, o.Session)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Desk.Tag(ctx, desk.TagRequest{Call: places[0].Local, Issue: "Late bill", At: 100 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	if err := o.Desk.Hear(ctx, places[0].Local, 1); err != nil {
		t.Fatal(err)
	}
}
