package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// enter goes on with a session that a library takes part in, without the link.
func enter(c *ctl, name, session string) *seat {
	c.t.Helper()
	s := sit(c, name, "", "session", "join", "--resume", session)
	s.until("ready")
	return s
}

// A member whose terminal was killed comes back without the link, which is revoked
// meanwhile, under the name that they had. So does the keeper of the hub of a
// session that was handed over, and the others with that.
func TestWhoWasKilledComesBackWithoutTheLink(t *testing.T) {
	hostess, ready, members := atTable(t, "meeting-58", "Ada")
	ada := members[0]
	author := hostess.author("Ada")
	hostess.do(map[string]any{"do": "revoke", "invitation": ready.Invitation})
	ada.kill()
	ada = enter(ada.ctl, "Ada", ready.Session[:8])
	tagAll([]*seat{hostess, ada}, 1)
	hostess.do(map[string]any{"do": "host", "member": author})
	ada.until("host")
	hostess.until("host")
	hostess.kill()
	hostess = enter(hostess.ctl, "Hedda", ready.Session)
	tagAll([]*seat{hostess, ada}, 2)
	ada.when(everybodyDone(2))
	ada.do(map[string]any{"do": "reveal"})
	for range 2 {
		if r := hostess.until("revealed"); len(r.Rows) != 1 || len(r.Rows[0].Heard) != 2 {
			t.Errorf("Hedda is shown %+v, want one issue that both heard", r)
		}
	}
	ada.do(map[string]any{"do": "close"})
	end := ada.until("closed")
	if got := hostess.until("closed"); got.Digest != end.Digest {
		t.Errorf("Hedda holds %+v and Ada %+v", got, end)
	}
	stranger := newCtl(t)
	get[any](stranger, "import", t.TempDir())
	stranger.refuse(1, "no-session", "session", "join", "--resume", ready.Session)
	stranger.refuse(2, "usage", "session", "join", "--name", "Eve")
}

// A recording that cannot be had is told to the person, once, by its call.
func TestARecordingThatDoesNotComeIsTold(t *testing.T) {
	h := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "1", "--seed", "meeting-59")
	hostess, ready := host(h, draw.ID)
	file := filepath.Join(dir, "rec-00.wav")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1 // edited since the session was opened
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	ada := join(newCtl(t), "Ada", ready.Link)
	what := ada.line()
	for what.Event != "error" {
		what = ada.line()
	}
	if what.Round != 1 || what.Error != "audio-changed" || what.Message == "" || what.Hint == "" {
		t.Errorf("Ada is told %+v", what)
	}
	hostess.do(map[string]any{"do": "close"})
	ada.until("closed")
}

// What is tagged at the very beginning of a call is printed with its time.
func TestATagAtTheBeginningSaysSo(t *testing.T) {
	hostess, _, _ := atTable(t, "meeting-60")
	hostess.do(map[string]any{"do": "tag", "round": 1, "issue": "Late bill", "at": 0})
	what := hostess.until("tag")
	if !strings.Contains(hostess.out.Text(), `"at":0`) || what.At == nil || *what.At != 0 {
		t.Errorf("the terminal prints %s", hostess.out.Text())
	}
}
