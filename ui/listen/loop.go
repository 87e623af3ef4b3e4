package listen

import (
	"time"

	"github.com/earshot-app/earshot/review/sound"
)

// A loop is what of the call is played again and again: the part that is marked
// for the next issue, else a moment that lies over a part.
type loop struct {
	on   bool
	mark string // id, "" where it was begun for a marked part
}

// looped is what is played again and again now.
func (m *model) looped() (span sound.Span, ok bool) {
	switch {
	case m.call == nil || !m.call.loop.on:
		return sound.Span{}, false
	case m.call.bracket.ended:
		return m.span()
	}
	k, ok := m.call.marks.find(m.call.loop.mark)
	return k.span(), ok && k.long()
}

// loopable is what a loop would play: the marked part, the selected moment, or
// the shortest moment about where the call is.
func (m *model) loopable() (l loop, ok bool) {
	if _, ok := m.span(); ok {
		return loop{on: true}, true
	}
	if k, ok := m.call.marks.current(); ok && k.long() {
		return loop{true, k.id}, true
	}
	k, ok := m.call.marks.around(m.call.at)
	return loop{true, k.id}, ok
}

// offersLoop reports whether looping has its button. It does not come and go as
// the call runs through its moments.
func (m *model) offersLoop() bool {
	k, selected := m.call.marks.current()
	return m.call.loop.on || m.call.bracket.ended || selected && k.long()
}

// canLoop reports whether there is something to loop, or a loop to end.
func (s *Screen) canLoop() bool {
	if !s.loaded() || s.led() {
		return false
	}
	_, ok := s.model.loopable()
	return ok || s.model.call.loop.on
}

// toggleLoop plays what is marked or tagged again and again, or goes on behind
// it.
func (s *Screen) toggleLoop() {
	c := s.model.call
	if c.loop.on {
		c.loop = loop{}
	} else {
		c.at = s.at()
		c.loop, _ = s.model.loopable()
	}
	s.loop()
	if c.loop.on && !c.playing {
		s.play()
	}
	s.refresh()
}

// loop follows what is looped, which may have been moved or be gone.
func (s *Screen) loop() {
	span, ok := s.model.looped()
	if !ok {
		span, s.model.call.loop = sound.Span{}, loop{}
	}
	s.deps.Player.SetLoop(span)
}

// long reports whether the mark lies over a part of the call, not at one time.
func (m mark) long() bool { return m.until > m.at }

func (m mark) span() sound.Span { return sound.Span{From: m.at, To: m.until} }

// find returns the mark of that id.
func (m *marks) find(id string) (mark, bool) {
	for _, k := range m.list {
		if k.id == id {
			return k, true
		}
	}
	return mark{}, false
}

// around returns the shortest mark that lies over a time.
func (m *marks) around(at time.Duration) (shortest mark, ok bool) {
	for _, k := range m.list {
		if k.at <= at && at < k.until && (!ok || k.until-k.at < shortest.until-shortest.at) {
			shortest, ok = k, true
		}
	}
	return shortest, ok
}
