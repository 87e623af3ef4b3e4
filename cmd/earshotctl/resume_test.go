package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	shared "github.com/earshot-app/earshot/review/session"
)

// A host who was killed goes on with the same session at the same address; who
// was away when it was closed gets the end, and hands in nothing more, when it
// is hosted again.
func TestASessionGoesOnAfterItsHostWasKilled(t *testing.T) {
	h := newCtl(t)
	dir, table := recordings(t, 6)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "2", "--seed", "meeting-48")
	hostess := sit(h, "host", "", "session", "host", "--draw", draw.ID, "--name", "Hedda") // at all addresses
	ready := hostess.until("ready")
	ada, bo := join(newCtl(t), "Zoë 李", ready.Link), join(newCtl(t), "Bo", ready.Link)
	for _, s := range []*seat{ada, bo} {
		s.here(2)
	}
	hostess.kill()
	ada.tag(1, "Late bill", 10)
	ada.done(1)
	hostess = sit(h, "host", "", "session", "host", "--resume", ready.Session[:6])
	hostess.until("ready")
	ada.until("synced") // blind: only taken from here, not seen again
	bo.kill()
	away := func(what said) bool {
		var names []string
		for _, m := range what.Members {
			if m.State == shared.Away {
				names = append(names, m.Name)
			}
		}
		return slices.Equal(names, []string{"Bo"})
	}
	hostess.when(away)
	hostess.do(map[string]any{"do": "reveal"})
	hostess.until("revealed")
	hostess.do(map[string]any{"do": "close"})
	end := hostess.until("closed")
	if !slices.Equal(end.Away, []string{"Bo"}) {
		t.Errorf("the end says that %v are away", end.Away)
	}
	if got := ada.until("closed"); got.Digest != end.Digest {
		t.Errorf("%+v at the host's, %+v at a member's", end, got)
	}
	if err := hostess.process.Wait(); err != nil {
		t.Error(err)
	}
	hostess = sit(h, "host", "", "session", "host", "--resume", ready.Session)
	hostess.until("closed")
	bo = join(bo.ctl, "Bo", ready.Link)
	if got := bo.until("closed"); got.Digest != end.Digest {
		t.Errorf("who comes late holds %+v, not %+v", got, end)
	}
	hostess.do(map[string]any{"do": "leave"})
	if err := hostess.process.Wait(); err != nil {
		t.Error(err)
	}
}

// withAda opens a session about two calls, and sits Ada, who has no recordings,
// down at it.
func withAda(t *testing.T, seed string, args ...string) (hostess, ada *seat, ready said) {
	t.Helper()
	h := newCtl(t)
	dir, table := recordings(t, 3)
	get[any](h, "import", dir, "--metadata", table)
	hostess, ready = host(h, get[drawn](h, "draw", "-n", "2", "--seed", seed).ID, args...)
	return hostess, join(newCtl(t), "Ada", ready.Link), ready
}

// Who is put out is told so, and does not come back.
func TestWhoIsPutOutIsToldSo(t *testing.T) {
	hostess, ada, ready := withAda(t, "meeting-49")
	hostess.do(map[string]any{"do": "remove", "member": hostess.until("joined").Member})
	var told bytes.Buffer
	for ada.out.Scan() {
		told.Write(ada.out.Bytes())
	}
	if err := ada.process.Wait(); err == nil {
		t.Errorf("Ada is out and her command ends well: %s", told.Bytes())
	}
	again := ada.command("session", "join", ready.Link, "--name", "Ada")
	out, err := again.CombinedOutput()
	if err == nil || !bytes.Contains(out, []byte(`"not-let-in"`)) {
		t.Errorf("again: %v, %s", err, out)
	}
	if errs := ada.errs.String(); !strings.Contains(errs, `"put-out"`) {
		t.Errorf("Ada was told %s", errs)
	}
}

// Who left comes back with the same link, and what they say counts again.
func TestWhoLeftComesBack(t *testing.T) {
	hostess, ada, ready := withAda(t, "meeting-50", "--open")
	ada.here(2)
	ada.do(map[string]any{"do": "leave"})
	_ = ada.process.Wait()
	alone := func(what said) bool { return what.Event == "roster" && len(what.Members) == 1 }
	hostess.when(alone)
	ada = join(ada.ctl, "Ada", ready.Link)
	hostess.when(func(what said) bool { return what.Event == "roster" && len(what.Members) == 2 })
	ada.here(2)
	ada.tag(1, "Late bill", 10)
	for {
		hostess.do(map[string]any{"do": "status"})
		hostess.until("status")
		if rows := get[[]tableRow](hostess.ctl, "session", "table", ready.Session, "--round", "1"); len(rows) == 1 {
			break
		}
	}
	if s := get[sessionShown](ada.ctl, "session", "status", ready.Session); s.Closed {
		t.Errorf("Ada's library: %+v", s)
	}
}

// A member takes everybody to the next call only when all are through, and is
// told so before.
func TestAMemberOpensTheNextCallWhenAllAreDone(t *testing.T) {
	hostess, ada, _ := withAda(t, "meeting-51", "--together")
	ada.here(2)
	hostess.do(map[string]any{"do": "next"})
	ada.until("call")
	ada.do(map[string]any{"do": "next"})
	ada.fails("not-granted")
	for do, code := range map[string]string{"reveal": "not-host", "invite": "not-host", "close": "not-host"} {
		ada.do(map[string]any{"do": do})
		ada.fails(code)
	}
	ada.do(map[string]any{"do": "open", "round": 7})
	ada.fails("not-granted")
	ada.done(1)
	hostess.do(map[string]any{"do": "status"})
	if at := hostess.until("status").Round; at != 1 {
		t.Errorf("while the host still listens, Ada takes her to call %d", at)
	}
	hostess.done(1)
	hostess.when(everybodyDone(2))
	ada.do(map[string]any{"do": "next"})
	if at := hostess.until("call").Round; at != 2 {
		t.Errorf("all are through, and Ada opens call %d", at)
	}
}
