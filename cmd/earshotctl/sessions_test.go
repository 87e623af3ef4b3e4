package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A table of people is three libraries of the same ten calls and one with none,
// of whom the first hosts a session about four of them.
type people struct {
	t                     *testing.T
	host, ada, bo, abroad *ctl
	dir                   string
	draw                  drawn
	session               string
}

func newPeople(t *testing.T) *people {
	p := &people{t: t, host: newCtl(t), ada: newCtl(t), bo: newCtl(t), abroad: newCtl(t), dir: t.TempDir()}
	recorded, table := recordings(t, 10)
	for _, c := range []*ctl{p.host, p.ada, p.bo} {
		get[any](c, "import", recorded, "--metadata", table)
	}
	p.draw = get[drawn](p.host, "draw", "-n", "4", "--seed", "meeting-47") // c-09 c-02 c-06 c-04: see TestTheMainJob
	get[any](p.host, "tag", "c-00", "--issue", "Late bill", "--at", "1")
	opened := get[struct{ Session string }](p.host, "session", "host", "--draw", p.draw.ID, "--name", "Hedda", "--offline", "-o", p.file("open"))
	p.session = opened.Session
	return p
}

func (p *people) file(name string) string { return filepath.Join(p.dir, name+".earshot-session") }

func (p *people) take(c *ctl, file string, args ...string) sessionImported {
	p.t.Helper()
	return get[sessionImported](c, append([]string{"session", "import", p.file(file)}, args...)...)
}

func (p *people) hand(c *ctl, file string) {
	p.t.Helper()
	get[any](c, "session", "export", p.session, "-o", p.file(file))
}

// library is all that lies in a machine's library.
func (p *people) library(c *ctl) []byte {
	p.t.Helper()
	var all []byte
	files, _ := filepath.Glob(filepath.Join(c.home, "data", "*", "*"))
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			p.t.Fatal(err)
		}
		all = append(all, content...)
	}
	if len(all) == 0 {
		p.t.Fatal("no library was found")
	}
	return all
}

// tagged has the three hear the first two calls, as they do, and hand in what
// they said.
func (p *people) tagged() {
	p.t.Helper()
	for _, c := range []*ctl{p.ada, p.bo} {
		if in := p.take(c, "open", "--name", map[*ctl]string{p.ada: "Ada", p.bo: "Bo"}[c]); !in.Joined || in.Guests != 0 || in.Draw == "" {
			p.t.Fatalf("joining: %+v", in)
		}
	}
	for _, said := range []struct {
		by    *ctl
		issue string
		words string
	}{
		{p.host, "Late bill", "said by the host"}, {p.ada, "late BILL", "said by Ada"}, {p.bo, "Bill never came", "said by Bo"},
	} {
		get[any](said.by, "tag", "c-09", "--issue", said.issue, "--at", "20", "--words", said.words)
		get[any](said.by, "heard", "c-09")
		get[any](said.by, "heard", "c-02")
	}
	get[any](p.ada, "tag", "c-02", "--issue", "Ada alone named this", "--at", "7")
	p.hand(p.ada, "ada")
	p.hand(p.bo, "bo")
}

func TestASessionGoesRoundInFiles(t *testing.T) {
	p := newPeople(t)
	p.tagged()
	if in := p.take(p.host, "ada"); in.Stranger == "" || len(in.Admitted) != 0 {
		t.Fatalf("a stranger's file: %+v", in)
	}
	for _, name := range []string{"ada", "bo"} {
		if in := p.take(p.host, name, "--admit"); len(in.Admitted) != 1 {
			t.Fatalf("%s's file: %+v", name, in)
		}
	}
	p.hidden()
	get[any](p.host, "session", "reveal", p.session)
	rows := get[[]tableRow](p.host, "session", "table", p.session, "--round", "1")
	if len(rows) != 2 || rows[0].Heard+rows[1].Heard != 3 {
		t.Fatalf("revealed: %+v", rows)
	}
	get[any](p.host, "session", "match", p.session, "--from", "Bill never came", "--into", "Late bill")
	get[any](p.host, "session", "consensus", p.session, "--round", "1", "--issue", "Late bill=19.5")
	get[any](p.host, "session", "consensus", p.session, "--round", "2")
	p.hand(p.host, "result")
	// Of the two calls that three heard, one issue was heard by all of them.
	a := get[agreementShown](p.host, "session", "agreement", p.session)
	if a.Calls != 2 || len(a.Issues) != 2 || !slices.Equal(a.Issues[0].HeardIn, []heardIn{{1, 3, 3}}) || a.Issues[0].Alpha != nil {
		t.Errorf("agreement: %+v", a)
	}
	if out, _, _ := p.host.run("export", "agreement", "--session", p.session[:5]); !strings.Contains(out, p.session+",issue,Late bill,") {
		t.Errorf("agreement as CSV: %s", out)
	}
	digests := map[string]bool{}
	for _, c := range []*ctl{p.host, p.ada, p.bo} {
		if c != p.host {
			p.take(c, "result")
		}
		digests[get[struct{ Digest string }](c, "session", "digest", p.session).Digest] = true
		if again := p.take(c, "result"); again.Added != 0 || len(again.Refused) != 0 {
			t.Errorf("a file that is taken in twice: %+v", again)
		}
	}
	if len(digests) != 1 {
		t.Errorf("three libraries tell %d results", len(digests))
	}
	p.adopted()
}

// hidden checks that before the reveal nobody reads what others said: not in
// the host's window, and not even in the bytes of a member's library.
func (p *people) hidden() {
	p.t.Helper()
	p.host.refuse(1, "not-revealed", "session", "table", p.session, "--round", "1")
	p.host.refuse(1, "not-revealed", "session", "consensus", p.session, "--round", "1")
	p.hand(p.host, "before")
	for _, c := range []*ctl{p.ada, p.bo} {
		p.take(c, "before")
	}
	other := p.take(p.bo, "ada") // handed to the wrong one
	for _, r := range other.Refused {
		if r.Reason != "for-host" {
			p.t.Errorf("refused: %+v", r)
		}
	}
	if len(other.Refused) == 0 {
		p.t.Error("a member took in another's hidden tags")
	}
	for _, c := range []*ctl{p.host, p.ada, p.bo} {
		out, _, _ := c.run("session", "status", p.session, "--json")
		for _, others := range []string{"Ada alone", "Bill never", "said by"} {
			if others == "Ada alone" && c == p.ada || others == "Bill never" && c == p.bo {
				continue
			}
			if strings.Contains(out, others) {
				p.t.Errorf("before the reveal somebody reads %q: %s", others, out)
			}
		}
	}
	for secret, c := range map[string]*ctl{"said by Ada": p.bo, "said by Bo": p.ada, "said by the host": p.bo, "Ada alone": p.bo} {
		if bytes.Contains(p.library(c), []byte(secret)) {
			p.t.Errorf("%q lies in another member's library", secret)
		}
	}
}

// adopted checks that the consensus enters the rankings once a call, and that
// undo brings back what each had found.
func (p *people) adopted() {
	p.t.Helper()
	for name, c := range map[string]*ctl{"host": p.host, "Ada": p.ada, "Bo": p.bo} {
		before := get[rankShown](c, "rank")
		p.adopt(c)
		r := get[rankShown](c, "rank")
		if r.Heard != 2 || len(r.Issues) != 1 || r.Issues[0].Issue != "Late bill" || r.Issues[0].Calls != 1 {
			p.t.Errorf("%s ranks %+v", name, r)
		}
		if again := p.adopt(c); again.Calls+again.Added+again.Removed != 0 {
			p.t.Errorf("%s adopts again and changes %+v", name, again)
		}
		if ok := get[checked](c, "check"); !ok.OK {
			p.t.Errorf("%s: %+v", name, ok)
		}
		get[any](c, "undo")
		if after := get[rankShown](c, "rank"); !reflect.DeepEqual(after, before) {
			p.t.Errorf("%s undoes and ranks %+v, not %+v", name, after, before)
		}
	}
	if in := p.take(p.abroad, "result", "--name", "Uma"); in.Guests != 4 || in.Draw != "" {
		p.t.Fatalf("a library without the calls: %+v", in)
	}
	p.abroad.refuse(1, "no-host-frame", "session", "adopt", p.session)
	if calls := get[[]callRow](p.abroad, "calls"); len(calls) != 0 {
		p.t.Errorf("guests are listed among the library's own: %+v", calls)
	}
	p.abroad.refuse(1, "empty-frame", "draw", "-n", "1")
}

func (p *people) adopt(c *ctl) struct{ Calls, Added, Removed int } {
	p.t.Helper()
	return get[struct{ Calls, Added, Removed int }](c, "session", "adopt", p.session)
}

// Of a file of which a line was damaged and one was forged, the rest is read.
func TestADamagedSessionFileIsReadAsFarAsItIsWhole(t *testing.T) {
	p := newPeople(t)
	whole, err := os.ReadFile(p.file("open"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(whole), "\n")
	lines[3] = "{not an event}\n"
	lines[4] = strings.Replace(lines[4], `"sig":"`, `"sig":"AAAA`, 1)
	if err := os.WriteFile(p.file("damaged"), []byte(strings.Join(lines, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	in := p.take(p.ada, "damaged", "--name", "Ada")
	if want := []refusal{{4, "unreadable"}, {5, "bad-signer"}}; !reflect.DeepEqual(in.Refused, want) {
		t.Fatalf("refused %+v, want %+v", in.Refused, want)
	}
	if again := p.take(p.ada, "open"); again.Added != 2 || len(again.Refused) != 0 {
		t.Errorf("the whole file brings %+v, want the two that were missing", again)
	}
	if err := os.WriteFile(p.file("text"), []byte("Dear all,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.bo.refuse(1, "not-a-session", "session", "import", p.file("text"), "--name", "Bo")
	p.bo.refuse(1, "bad-member", "session", "import", p.file("open"))
	p.bo.refuse(1, "no-session", "session", "digest", "nope")
	p.ada.refuse(1, "not-host", "session", "reveal", p.session)
	p.ada.refuse(1, "not-host", "session", "close", p.session)
	for _, round := range []int{0, 5, -1} {
		p.host.refuse(1, "no-round", "session", "table", p.session, fmt.Sprintf("--round=%d", round))
	}
	p.host.refuse(2, "usage", "session", "host", "--draw", p.draw.ID, "--offline")
}

func TestAClosedSessionIsOverForAll(t *testing.T) {
	p := newPeople(t)
	p.tagged()
	p.take(p.host, "ada", "--admit")
	get[any](p.host, "session", "reveal", p.session)
	get[any](p.host, "session", "close", p.session)
	p.hand(p.host, "end")
	p.take(p.ada, "end")
	p.host.refuse(1, "session-closed", "session", "reveal", p.session)
	s := get[sessionShown](p.ada, "session", "status", p.session)
	if !s.Closed || len(s.Missing) != 0 {
		t.Errorf("after the end: %+v", s)
	}
	get[any](p.ada, "tag", "c-06", "--issue", "After the end", "--at", "3")
	p.hand(p.ada, "late")
	if in := p.take(p.host, "late"); in.Added != 0 {
		t.Errorf("what is said after the end is said in the session: %+v", in)
	}
}
