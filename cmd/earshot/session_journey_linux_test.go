package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/ui/screen"
)

// Two people with a window each go through whole sessions by keys alone: Hedda
// hosts and Ada joins by the link. In the first they tag at their own pace, blind,
// and then reveal, talk over where they differ and agree; in the second they hear
// together. What the windows show, what both sound cards play and what both
// libraries hold must agree.
func TestASessionFromHostingToItsEnd(t *testing.T) {
	p := pair{t, newMachine(t), newMachine(t), 50 * time.Millisecond}
	p.opens()
	p.reveals(p.tagsBlind())
	p.agrees()
	first := p.ends("")
	p.opensAnother()
	p.hearTogether()
	p.ends(first)
	p.member.quit()
	p.host.quit()
}

// opens hosts a session about two calls in the one window, in whose library an
// issue is named, and joins it in the other.
func (p pair) opens() {
	p.Helper()
	p.host.drawsTwo()
	p.host.start()
	p.host.until("a call is shown", func(s screen.Trace) bool { return s.Call != "" })
	p.host.tags("Router resets")
	p.host.key("Delete")
	p.host.until("it is only a name", func(s screen.Trace) bool { return len(s.Moments) == 0 })
	p.host.key("ctrl+4")
	p.host.until("there is no session yet", func(s screen.Trace) bool { return tells(s, "No sessions yet") })
	p.host.key("h")
	p.host.until("it asks how", func(s screen.Trace) bool { return s.Dialog != "" })
	p.host.key("Tab", "ctrl+a") // past the session's name
	p.host.typed("Hedda")
	p.host.key("Return")
	p.host.until("it hosts", func(s screen.Trace) bool {
		return row(s, "Hosted here") && strings.HasPrefix(s.Toast, "Invitation copied")
	})
	p.host.key("ctrl+1")
	link := p.host.pasted()
	p.member.start()
	p.member.until("the empty library says what to do", func(s screen.Trace) bool { return s.Screen == "welcome" })
	p.member.joins(link)
	p.member.until("it is the host's", func(s screen.Trace) bool {
		return row(s, "Hosted by Hedda · 2 people · at one’s own pace · blind")
	})
}

// tagsBlind hears both calls in both windows. Each names one issue, in words of
// their own, and one is heard by the member alone, at a time that is answered.
func (p pair) tagsBlind() (at float64) {
	p.Helper()
	p.member.until("the recordings are there", func(s screen.Trace) bool { return row(s, "1 |") && !saysOf(s, "", "on its way here") })
	p.member.key("Return")
	p.member.until("the first call plays", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Playing })
	p.member.key("space")
	p.member.until("it is paused", func(s screen.Trace) bool { return !s.Playing })
	p.host.hears("Wrong address")
	at = p.member.hears("Address mixed up", "Router resets")
	p.until("both are done", func(s screen.Trace) bool {
		return saysOf(s, "1 |", "✓ done") && saysOf(s, "2 |", "✓ done")
	})
	p.host.until("the host knows it", func(s screen.Trace) bool { return tells(s, "Ada: done") })
	for m, of := range map[*machine][]string{p.host: {"Address mixed up", "Heard:"}, p.member: {"Wrong address", "Heard:"}} {
		for _, secret := range of {
			if shown := m.traced(); strings.Contains(shown, secret) {
				p.Errorf("before the reveal a window shows %q of the other:\n%s", secret, shown)
			}
		}
	}
	return at
}

// hears goes through the open call and the one after it. It tags issues in the
// first, and answers where.
func (m *machine) hears(issues ...string) (at float64) {
	m.t.Helper()
	first := m.until("the first call is open", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Call != "" }).Call
	m.key("Right")
	m.until("it is ten seconds on", func(s screen.Trace) bool { return s.Pos >= 10 })
	for _, issue := range issues {
		at = m.tags(issue).At
	}
	m.finishes()
	second := m.until("the next call is open", func(s screen.Trace) bool { return s.Dialog == "" && s.Call != "" && s.Call != first }).Call
	m.finishes()
	m.until("it is done", func(s screen.Trace) bool { return s.Dialog == "" && s.Call != second })
	m.key("ctrl+4")
	return at
}

// finishes ends a call of which little was heard.
func (m *machine) finishes() {
	m.t.Helper()
	m.key("ctrl+Return")
	m.until("it asks whether to finish a call that was hardly heard", func(s screen.Trace) bool { return s.Dialog != "" })
	m.key("Return")
}

// traced is all that a window has shown.
func (m *machine) traced() string {
	m.t.Helper()
	raw, err := os.ReadFile(m.trace)
	if err != nil {
		m.t.Fatal(err)
	}
	return string(raw)
}

// reveals shows in both windows who heard what, and opens the call a little before
// the time at which they differ most.
func (p pair) reveals(at float64) {
	p.Helper()
	p.host.key("a")
	p.host.until("it asks", func(s screen.Trace) bool { return s.Dialog != "" })
	p.host.key("Return")
	p.host.until("the host sees who heard it", func(s screen.Trace) bool { return saysOf(s, "Router resets:", "● Heard: Ada. ○ Not heard: You.") })
	p.member.until("so does the member", func(s screen.Trace) bool { return saysOf(s, "Router resets:", "● Heard: You. ○ Not heard: Hedda.") })
	p.host.key("Right", "Return")
	p.host.until("it plays from a little before", func(s screen.Trace) bool {
		return s.Screen == screen.Listen && s.Playing && s.Pos >= at-5 && s.Pos < at
	})
	p.host.key("space")
	p.host.until("it is paused", func(s screen.Trace) bool { return !s.Playing })
	p.host.key("ctrl+4")
	p.host.until("the table is back", func(s screen.Trace) bool { return row(s, "Router resets:") })
}

// agrees lets what was named twice count as one and records what both hold the
// first call to have.
func (p pair) agrees() {
	p.Helper()
	const from, into = "Address mixed up:", "Wrong address:"
	heard := slices.DeleteFunc(slices.Clone(p.host.last.Rows), func(r string) bool { return !strings.Contains(r, "Heard:") })
	line := func(name string) int {
		return slices.IndexFunc(heard, func(r string) bool { return strings.HasPrefix(r, name) })
	}
	p.host.key(slices.Repeat([]string{"Down"}, line(from))...)
	p.host.key("m")
	heard = slices.Delete(heard, line(from), line(from)+1) // what it may count as
	p.host.key(slices.Repeat([]string{"Down"}, line(into)+1)...)
	p.host.key("Return")
	p.host.until("it asks", func(s screen.Trace) bool { return s.Dialog != "" })
	p.host.key("Return")
	p.host.until("both names are one issue", func(s screen.Trace) bool {
		return saysOf(s, "Wrong address (also: Address mixed up):", "● Heard: You, Ada.")
	})
	p.host.key("c")
	p.host.until("it asks what is agreed", func(s screen.Trace) bool { return s.Dialog != "" })
	p.host.key("Return")
	// By hand: of one issue the two differ in one call of two, D_o = 1/2 and D_e =
	// 1/2; of the other they are alike, D_o = 0 and D_e = 2/3. 1 - 1/2 : 7/6 = 0.57.
	p.until("it is agreed", func(s screen.Trace) bool { return saysOf(s, "1 |", "agreed") && row(s, "Agreement α = 0.57 ") })
}

// ends closes the session for both. Both libraries must then tell the same of it,
// and something else than of the session before.
func (p pair) ends(before string) (digest string) {
	p.Helper()
	p.host.key("ctrl+4")
	p.host.until("the session is in front", func(s screen.Trace) bool { return row(s, "Hosted here") })
	p.host.key("x")
	p.host.until("it asks", func(s screen.Trace) bool { return s.Dialog != "" })
	p.host.key("Return")
	p.member.key("ctrl+4")
	p.until("it is over and complete", func(s screen.Trace) bool { return saysOf(s, "Closed · ", "complete") })
	id := ctl[[]struct{ Session string }](p.host, p.host.library(), "session", "status")[0].Session
	type told struct{ Digest string }
	one, other := ctl[told](p.host, p.host.library(), "session", "digest", id), ctl[told](p.member, p.member.library(), "session", "digest", id)
	if one != other || one.Digest == before {
		p.Errorf("of this session the libraries tell %q and %q, of the one before %q", one, other, before)
	}
	return one.Digest
}

// opensAnother hosts and joins a session that is heard together.
func (p pair) opensAnother() {
	p.Helper()
	p.host.key("Escape")
	p.host.until("all sessions are listed", func(s screen.Trace) bool { return len(s.Rows) == 1 && saysOf(s, "", "you host") })
	p.host.key("h")
	p.host.until("it asks how", func(s screen.Trace) bool { return s.Dialog != "" })
	p.host.key("Tab", "Tab", "Tab", "Tab", "Right", "Return") // past both names and how tags are: to the pace
	p.host.until("it hosts", func(s screen.Trace) bool { return saysOf(s, "Hosted here", "hearing together") })
	p.host.key("ctrl+1")
	p.host.until("the others wait for a call", func(s screen.Trace) bool { return tells(s, "Open the first call for everybody") })
	p.host.key("ctrl+4")
	p.host.until("the session is in front", func(s screen.Trace) bool { return row(s, "Hosted here") })
	p.host.key("Return")
	p.host.until("the first call is open for all", func(s screen.Trace) bool {
		return s.Screen == screen.Listen && s.Call != "" && s.Rows[0] == "Playing together"
	})
	link := p.host.pasted()
	p.member.key("Escape")
	p.member.until("all sessions are listed", func(s screen.Trace) bool { return len(s.Rows) == 1 && saysOf(s, "", "you take part") })
	p.member.joins(link)
}

// saysOf reports whether a row of a page begins so and says something.
func saysOf(s screen.Trace, start, what string) bool {
	return slices.ContainsFunc(s.Rows, func(r string) bool { return strings.HasPrefix(r, start) && strings.Contains(r, what) })
}
