package hub_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review/session"
)

func TestTwoHubsDoNotShareAFolder(t *testing.T) {
	r := open(t)
	_, err := hub.Serve(t.Context(), r.config)
	wantCode(t, err, hub.HubRuns)
	if err := r.Server.Close(); err != nil {
		t.Fatal(err)
	}
	r.start(t)
}

func TestOnlyTheOwnerReadsAHubsFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("rights come from the user's own folder there")
		return
	}
	r := open(t)
	for _, name := range []string{"lock", "hub.pem", "hub.json"} {
		info, err := os.Stat(filepath.Join(r.config.Dir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, %v; want that only its owner may read it", name, info.Mode(), err)
		}
	}
	err := filepath.WalkDir(r.config.Dir, func(path string, d fs.DirEntry, err error) error {
		if info, err := d.Info(); err == nil && path != r.config.Dir && info.Mode().Perm()&0o022 != 0 {
			t.Errorf("%s is %v: others may write it", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsDamagedIsNotReplaced(t *testing.T) {
	for _, name := range []string{"hub.pem", "hub.json"} {
		r := open(t)
		r.conn.Close()
		if err := r.Server.Close(); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(r.config.Dir, name)
		if err := os.WriteFile(file, []byte("half a fi"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := hub.Serve(t.Context(), r.config)
		wantCode(t, err, hub.HubDamaged)
		if raw, err := os.ReadFile(file); err != nil || string(raw) != "half a fi" {
			t.Errorf("%s was replaced by %q, %v", name, raw, err)
		}
	}
}

func TestWhoIsInOrOutStaysSo(t *testing.T) {
	r := open(t)
	anna, ben := someone(t, 2), someone(t, 3)
	r.join(t, anna).Close()
	r.join(t, ben).Close()
	if err := r.Remove(ben.author.ID); err != nil {
		t.Fatal(err)
	}
	door := r.Door()
	if err := r.Server.Close(); err != nil {
		t.Fatal(err)
	}
	r.admitted = nil
	r.start(t)
	if len(r.admitted) != 1 || r.admitted[0].Author != anna.author.ID {
		t.Errorf("after the restart the host is told of %v, want of Anna", r.admitted)
	}
	conn, err := hub.Join(t.Context(), door, anna.pass())
	if err != nil {
		t.Fatalf("Anna, who was in before the restart: %v", err)
	}
	conn.Close()
	i, _ := r.invite(t, 1)
	_, err = hub.Join(t.Context(), i, ben.pass())
	wantCode(t, err, hub.NotLetIn)
}

func TestASessionIsHandedOver(t *testing.T) {
	r := open(t)
	anna, ben := someone(t, 2), someone(t, 3)
	r.join(t, anna).Close()
	b := r.join(t, ben)
	publish(t, b, ben.parcel(t, r.sid, 1))
	if err := r.HandOver(anna.author.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 { // it lasts
		a, err := hub.Dial(t.Context(), r.Door(), anna.pass())
		if err != nil {
			t.Fatal(err)
		}
		if got := read(t, a, session.Blind, 0, 1)[0]; got.Subject != ben.author.ID {
			t.Errorf("the new host read %+v, want Ben's", got)
		}
		a.Close()
		before, err := hub.Join(t.Context(), r.Door(), r.host.pass())
		if err != nil {
			t.Fatalf("the host of before is a member: %v", err)
		}
		wantUnread(t, before)
		before.Close()
		if err := r.Server.Close(); err != nil {
			t.Fatal(err)
		}
		r.start(t)
	}
	wantCode(t, r.HandOver("abcdefghijklmnop"), session.NotMember)
}

func TestAHubListensOnlyWhereItIsAsked(t *testing.T) {
	r := &room{host: someone(t, 1), sid: "abcdefghijklmnop"}
	config := hub.Config{Dir: t.TempDir(), Session: r.sid, Host: r.host.author.Public(), Listen: []string{"127.0.0.1:0", "127.0.0.2:0"}, Now: r.now}
	if runtime.GOOS != "linux" {
		config.Listen = []string{"127.0.0.1:0", "[::1]:0"}
	}
	s, err := hub.Serve(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if addresses := s.Door().Addresses; len(addresses) != 2 {
		t.Errorf("it listens at %v, want at the two that were asked", addresses)
	}
	for _, address := range s.Door().Addresses {
		door := s.Door()
		door.Addresses = []string{address}
		c, err := hub.Dial(t.Context(), door, r.host.pass())
		if err != nil {
			t.Errorf("at %s: %v", address, err)
			continue
		}
		c.Close()
	}
	config.Dir, config.Listen = t.TempDir(), []string{"192.0.2.1:0"} // nobody's, by RFC 5737
	_, err = hub.Serve(t.Context(), config)
	wantCode(t, err, hub.AddressTaken)
}
