package session

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review/journal"
)

// Digest is the same for all who hold the same of a session, in hexadecimal:
// SHA-256 of the text
//
//	earshot session 1
//	<the session's id>
//	<ids of the events that belong in the log, sorted, one a line>
//	round <n>
//	<authors of the table's members, in order, parted by spaces>
//	<issue> <"name"> <a digit a member: 0 not done, 1 not heard, 2 heard, 3 not listed> <at_ms>
//	consensus <issue> <at_ms>
//
// with the last four for each call that was revealed, or each in a session that
// is not blind, and the names quoted as Go does. What no reveal has shown, and
// only its author and the host hold, is not in it.
func (s *State) Digest() string {
	s = s.For("")
	h := sha256.New()
	fmt.Fprintf(h, "earshot session 1\n%s\n", s.ID)
	for _, id := range s.Accepted {
		fmt.Fprintln(h, id)
	}
	for i := range s.Calls {
		if c := &s.Calls[i]; c.Revealed || !s.Blind {
			s.write(h, c)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// write writes the result of one call to a hash, which never fails.
func (s *State) write(w io.Writer, c *Call) {
	t := s.Table(c.Round)
	fmt.Fprintf(w, "round %d\n%s\n", t.Round, strings.Join(t.Members, " "))
	for _, r := range t.Rows {
		cells := make([]byte, len(r.Cells))
		for i, cell := range r.Cells {
			cells[i] = '0' + byte(cell)
		}
		fmt.Fprintf(w, "%s %q %s %d\n", r.Issue, r.Name, cells, r.At.Milliseconds())
	}
	if c.Consensus == nil {
		return
	}
	for _, agreed := range c.Consensus.Issues {
		fmt.Fprintf(w, "consensus %s %d\n", s.Into(agreed.Issue), agreed.At)
	}
}

// Tally sums up what belongs in the log by author, as the host closes the
// session with. Closing is not counted: who closes again would not know what.
func (s *State) Tally() map[string]journal.Tally {
	ids := map[string][]string{}
	for _, e := range s.story.accepted {
		if !s.story.hidden(e) && e.Type != journal.TypeSessionClosed {
			ids[e.Author] = append(ids[e.Author], e.ID)
		}
	}
	tallies := map[string]journal.Tally{}
	for author, own := range ids {
		slices.Sort(own)
		sum := sha256.Sum256([]byte(strings.Join(own, "\n")))
		tallies[author] = journal.Tally{Count: len(own), Digest: hex.EncodeToString(sum[:])}
	}
	return tallies
}

// Complete answers how many events of whom are still on their way, at least,
// by author; none when the session is here as the host closed it. ok is false
// before it was closed. What came to the log after that is not missed anywhere;
// the host may close again to count it too.
func (s *State) Complete() (missing map[string]int, ok bool) {
	missing = map[string]int{}
	here := s.Tally()
	for author, want := range s.Tallies {
		got := here[author]
		switch {
		case got.Count < want.Count:
			missing[author] = want.Count - got.Count
		case got.Count == want.Count && got.Digest != want.Digest:
			missing[author] = 1
		}
	}
	return missing, s.Closed
}
