package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/ui/screen"
)

// Two people with a window each hear a call together over a way that takes 30 ms
// each way: one hosts, the other joins by the link, by keys alone. What their sound
// cards play at the same time must be the same words.
func TestTwoWindowsHearTheSameWordsOverALongWay(t *testing.T) {
	host, member := newMachine(t), newMachine(t)
	link := host.hosts()
	i, err := hub.ParseInvitation(link)
	if err != nil {
		t.Fatal(err)
	}
	i.Addresses = []string{longWay(t, i.Addresses[0], 30*time.Millisecond)}
	member.start()
	member.until("the empty library says what to do", func(s screen.Trace) bool { return s.Screen == "welcome" })
	member.joins(i.Link())
	pair{t, host, member, 100 * time.Millisecond}.hearTogether()
	member.quit()
	host.quit()
}

// hearTogether opens the next call for both windows, plays it for both and holds
// what they play against each other, whatever either does.
func (p pair) hearTogether() {
	p.Helper()
	p.host.until("the member is there", func(s screen.Trace) bool { return tells(s, "Listening: you, Ada") })
	p.host.key("j")
	p.until("the host's call is open", func(s screen.Trace) bool {
		return s.Screen == screen.Listen && s.Call != "" && s.Rows[0] == "Playing together" && !s.Playing && s.Pos == 0
	})
	p.host.key("space")
	p.until("it plays", func(s screen.Trace) bool { return s.Playing && s.Pos > 0 })
	p.inStep("from the start", 9*time.Second)
	from := p.host.now().Pos
	p.member.key("Right", "Right")
	p.until("it plays from there", func(s screen.Trace) bool { return s.Playing && s.Pos >= from+20 })
	p.inStep("after a member's seek", 6*time.Second)
	p.host.key("bracketright")
	p.inStep("faster", 6*time.Second)
	p.member.key("space")
	// The players go where the host's stands.
	stand := p.until("it is paused", func(s screen.Trace) bool { return !s.Playing })[0].Pos
	p.until("it stands where the host's stands", func(s screen.Trace) bool { return !s.Playing && math.Abs(s.Pos-stand) <= 0.5 })
}

// hosts opens a session of two calls that is played together, and answers the
// link of its invitation: the session page puts it on the clipboard, from where it
// is pasted as a customer's words.
func (m *machine) hosts() (link string) {
	m.t.Helper()
	ctl[any](m, m.library(), "session", "host", "--draw", m.drawsTwo(), "--together", "--name", "Hedda", "--offline", "-o", filepath.Join(m.t.TempDir(), "session"))
	m.start()
	m.until("a call is shown", func(s screen.Trace) bool { return s.Call != "" })
	m.key("ctrl+4")
	m.until("the session is listed", func(s screen.Trace) bool { return s.Screen == screen.Session && len(s.Rows) == 1 })
	m.key("Return")
	m.until("it is in front", func(s screen.Trace) bool { return row(s, "Not connected") })
	m.key("e")
	m.until("the invitation is copied", func(s screen.Trace) bool { return s.Toast != "" })
	m.key("ctrl+1")
	return m.pasted()
}

// drawsTwo draws two calls that are long enough to come into step in.
func (m *machine) drawsTwo() (draw string) {
	m.t.Helper()
	for i, name := range []string{"a.wav", "b.wav"} {
		m.recorded(name, chatter(uint64(i), 5*time.Minute))
	}
	return ctl[struct{ ID string }](m, m.library(), "draw", "-n", "2").ID
}

// pasted is what lies on the clipboard: it is pasted as a customer's words in the
// call that is open, and taken away again.
func (m *machine) pasted() string {
	m.t.Helper()
	m.until("a call is open", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Call != "" && s.Focus == "surface" })
	id := m.tags("Invitation").ID
	m.key("w")
	m.until("words can be typed", func(s screen.Trace) bool { return s.Focus == "field" })
	m.key("ctrl+v", "Return")
	made := func(m screen.TraceMoment) bool { return m.ID == id }
	words := ""
	m.until("they are pasted", func(s screen.Trace) bool {
		if i := slices.IndexFunc(s.Moments, made); i >= 0 {
			words = s.Moments[i].Words
		}
		return words != ""
	})
	m.key("Delete")
	m.until("they are gone", func(s screen.Trace) bool { return !slices.ContainsFunc(s.Moments, made) })
	return words
}

// tags tags an issue by its name where the open call is, and answers the moment.
func (m *machine) tags(issue string) (tagged screen.TraceMoment) {
	m.t.Helper()
	m.key("t")
	m.until("the issue field has the focus", func(s screen.Trace) bool { return s.Focus == "field" })
	m.typed(issue)
	m.key("ctrl+Return")
	m.until("the moment is there", func(s screen.Trace) bool {
		i := slices.IndexFunc(s.Moments, func(m screen.TraceMoment) bool { return m.Issue == issue && m.Selected })
		if i >= 0 {
			tagged = s.Moments[i]
		}
		return i >= 0 && s.Focus == "surface"
	})
	return tagged
}

// joins takes part by a link that is pasted, under the name of Ada.
func (m *machine) joins(link string) {
	m.t.Helper()
	m.key("ctrl+4")
	m.until("the session page is shown", func(s screen.Trace) bool { return s.Screen == screen.Session })
	m.key("j")
	m.until("it asks for the link", func(s screen.Trace) bool { return s.Dialog != "" })
	m.typed(link)
	m.key("ctrl+a", "ctrl+x", "ctrl+v", "Tab", "ctrl+a")
	m.typed("Ada")
	m.key("Return")
	m.until("it is joined", func(s screen.Trace) bool { return s.Dialog == "" })
}

func tells(s screen.Trace, row string) bool { return slices.Contains(s.Rows, row) }

// chatter is noise in syllables, long and short, loud and soft, by which any second
// of it is told from any other at any speed.
func chatter(seed uint64, length time.Duration) []int16 {
	random := rand.New(rand.NewPCG(seed, 5))
	samples := make([]int16, int(length.Seconds()*telephone))
	loud, left := 0.0, 0
	for i := range samples {
		if left--; left < 0 {
			loud, left = 4000*random.Float64(), telephone/25+random.IntN(telephone/10)
		}
		samples[i] = int16(max(-12000, min(12000, loud*random.NormFloat64())))
	}
	return samples
}

// A pair of machines plays the same within a time.
type pair struct {
	*testing.T
	host, member *machine
	most         time.Duration
}

// until waits until both show something, the host first.
func (p pair) until(what string, wanted func(screen.Trace) bool) (all [2]screen.Trace) {
	p.Helper()
	for i, m := range []*machine{p.host, p.member} {
		all[i] = m.until(what, wanted)
	}
	return all
}

// inStep holds what both cards play against each other, a second at every half,
// from two seconds after what was done last until so long after it. A machine that
// holds up whoever plays for longer than a card's ring lasts leaves a hole, and
// then one is behind by that until it is made up for; seconds that are apart by it
// are told, and as many are heard later.
func (p pair) inStep(what string, long time.Duration) {
	p.Helper()
	var offs []time.Duration
	begin, wanted, excused := time.Now(), int((long-2*time.Second)/(time.Second/2))+1, 0
	for from := begin.Add(2 * time.Second); len(offs) < wanted; from = from.Add(time.Second / 2) {
		for !played(p.host.card, from) || !played(p.member.card, from) {
			if time.Sleep(time.Second / 10); time.Since(begin) > 2*atMost {
				p.Fatalf("%s: a card plays no longer", what)
			}
		}
		off, alike := offset(p.host.card, p.member.card, from)
		apart := alike < 0.5 || off.Abs() > p.most
		if hole := cmp.Or(torn(p.host.card, begin, from), torn(p.member.card, begin, from)); apart && hole > 0 {
			if excused++; excused > 2*wanted {
				p.Fatalf("%s: the cards are given nothing again and again, the last time for %v", what, hole)
			}
			p.Logf("%s, %v later: off by %v, after a hole of %v", what, from.Sub(begin), off, hole)
			continue
		}
		if offs = append(offs, off); apart {
			p.Errorf("%s, %v later: off by %v, want at most %v, and alike by %.2f", what, from.Sub(begin), off, p.most, alike)
		}
	}
	p.Logf("%s: off by %v", what, offs)
}

// torn is how long a hole is that a card had since begin and that is not made up
// for at a time, or comes within the second after it; 0 for none. It is made up
// for at two per cent of speed.
func torn(c *fifocard.Card, begin, at time.Time) time.Duration {
	first, last := frameAt(c, at), frameAt(c, at.Add(time.Second))
	for _, h := range c.Holes(frameAt(c, begin)) {
		if made := h.Frame + 50*int(h.Long.Seconds()*fifocard.Rate); h.Frame < last && made > first {
			return h.Long
		}
	}
	return 0
}

// played reports whether a card has played all that [offset] looks at from a time
// on.
func played(c *fifocard.Card, from time.Time) bool {
	return time.Since(from) > 2*time.Second && frameAt(c, from)+3*fifocard.Rate/2 <= c.Frames()
}

// offset is how much later the second card plays what the first plays from a time
// on for a second, and how alike both are then: the correlation of how loud they
// are, since two voices that are played at speeds that differ by a hundredth differ
// in every sample.
func offset(a, b *fifocard.Card, from time.Time) (later time.Duration, alike float64) {
	const each = fifocard.Rate / 1000 // a millisecond
	const window, reach = 1000, 400
	first := loudness(a.Heard(frameAt(a, from)), each)[:window]
	second := loudness(b.Heard(frameAt(b, from)-reach*each), each)
	for shift := range 2 * reach {
		if c := correlation(first, second[shift:shift+window]); c > alike {
			later, alike = time.Duration(shift-reach)*time.Millisecond, c
		}
	}
	return later, alike
}

func correlation(x, y []float64) float64 {
	meanX, meanY := mean(x), mean(y)
	var product, one, other float64
	for i := range x {
		a, b := x[i]-meanX, y[i]-meanY
		product, one, other = product+a*b, one+a*a, other+b*b
	}
	return product / math.Sqrt(one*other)
}

func mean(x []float64) (sum float64) {
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// loudness is how loud every so many frames of the left ear are.
func loudness(frames [][2]int16, each int) []float64 {
	x := make([]float64, len(frames)/each)
	for i := range x {
		for _, f := range frames[i*each : (i+1)*each] {
			x[i] += math.Abs(float64(f[0]))
		}
	}
	return x
}

// frameAt is the frame that a card played at a time. A block's time may be late, so
// many are asked.
func frameAt(c *fifocard.Card, at time.Time) int {
	frames := c.Frames()
	begin := frames - int(time.Since(at).Seconds()*fifocard.Rate)
	var begins []time.Duration
	for frame := max(0, begin-fifocard.Rate/2); frame < min(frames, begin+fifocard.Rate/2); frame += fifocard.Rate / 100 {
		played := time.Duration(frame) * time.Second / fifocard.Rate
		begins = append(begins, c.At(frame).Sub(at)-played)
	}
	slices.Sort(begins)
	return int(-begins[len(begins)/2].Seconds() * fifocard.Rate)
}

// longWay is the address of a way to another that takes time in both directions.
func longWay(t *testing.T, to string, delay time.Duration) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var open sync.WaitGroup
	t.Cleanup(func() {
		_ = listener.Close() // nobody comes any more
		open.Wait()
	})
	to = strings.TrimPrefix(to, "tls://")
	open.Go(func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", to)
			if err != nil {
				_ = in.Close() // the other end is gone
				continue
			}
			open.Go(func() { late(in, out, delay) })
			open.Go(func() { late(out, in, delay) })
		}
	})
	return listener.Addr().String()
}

// late passes on what comes, later, in order and as fast as it came.
func late(from, to net.Conn, delay time.Duration) {
	type piece struct {
		due  time.Time
		data []byte
	}
	pieces := make(chan piece, 4096)
	go func() {
		defer close(pieces)
		for {
			data := make([]byte, 64<<10)
			n, err := from.Read(data)
			if n > 0 {
				pieces <- piece{time.Now().Add(delay), data[:n]}
			}
			if err != nil {
				return
			}
		}
	}()
	for p := range pieces {
		time.Sleep(time.Until(p.due))
		if _, err := to.Write(p.data); err != nil {
			break
		}
	}
	_, _ = from.Close(), to.Close() // one end is gone, so the way is
	for range pieces {
	}
}
