package listen

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// tag adds a moment of the issue of that name, over the part of the call that is
// marked if there is one, and selects it. That it was asked for is shown together with
// it: a frame between the two would only hold it up.
func (s *Screen) tag(name string, at time.Duration) {
	c := s.model.call
	from, until := c.bracket.over(at)
	req := desk.TagRequest{Call: c.uid(), Issue: name, At: from, Until: until, Words: c.takeQuote()}
	s.model.chooser.clear()
	c.bracket = bracket{}
	var made desk.Tagged
	s.act(func(ctx context.Context) (err error) {
		made, err = s.deps.Desk.Tag(ctx, req)
		return err
	}, func() {
		c.marks.selected = made.Moment.ID
		if c.loop.on && c.loop.mark == "" {
			c.loop.mark = made.Moment.ID // what was looped is tagged now
		}
		if made.Named {
			s.shell.Toast(s.shell.Say("listen.named", review.Args{"issue": made.Moment.Issue}), "", nil)
		}
	})
}

// tagKey tags the issue of a key where the call is now.
func (s *Screen) tagKey(key int) {
	issue, ok := s.model.chooser.onKey(key)
	if !ok {
		s.shell.Toast(s.shell.Say("listen.no-such-key", review.Args{"key": key}), "", nil)
		return
	}
	s.tag(issue.Name, s.at())
}

// tagChosen tags what is chosen in the field, where the call was when the field
// was entered.
func (s *Screen) tagChosen() {
	issue, ok := s.model.chooser.chosen()
	if !ok {
		s.shell.Toast(s.shell.Say("listen.none-matches", nil), "", nil)
		return
	}
	s.tag(issue.Name, s.model.chooser.at)
	s.shell.Surface()
}

// tagTapped tags an issue that was tapped: for what was said when the field was
// entered, if the person has come from there.
func (s *Screen) tagTapped(issue review.Issue) {
	at := s.at()
	if s.model.chooser.entered {
		at = s.model.chooser.at
	}
	s.tag(issue.Name, at)
}

// tagNew names what is typed in the field.
func (s *Screen) tagNew() {
	ch := &s.model.chooser
	if !ch.entered || ch.query == "" {
		s.shell.Toast(s.shell.Say("listen.type-a-name", nil), "", nil)
		return
	}
	s.tag(ch.query, ch.at)
	s.shell.Surface()
}

// at is where the call is at this moment.
func (s *Screen) at() time.Duration {
	if s.model.call.playing {
		return s.deps.Player.Position()
	}
	return s.model.call.at
}

func (s *Screen) praise() {
	c, uid, at := s.model.call, s.model.call.uid(), s.at()
	var made review.Praise
	s.act(func(ctx context.Context) (err error) {
		made, err = s.deps.Desk.Praise(ctx, uid, at, "")
		return err
	}, func() { c.marks.selected = made.ID })
}

func (s *Screen) selectBy(by int) {
	s.model.call.marks.move(by)
	if k, ok := s.model.call.marks.current(); ok {
		s.revealOnWave(k.at)
	}
	s.refresh()
}

func (s *Screen) selectMark(id string) {
	s.model.call.marks.selected = id
	s.refresh()
}

// playMark plays from a little before the selected mark.
func (s *Screen) playMark() {
	if k, ok := s.model.call.marks.current(); ok {
		s.seek(k.at - leadIn)
		s.play()
	}
}

func (s *Screen) remove() {
	k, ok := s.model.call.marks.current()
	if !ok {
		return
	}
	s.act(func(ctx context.Context) error {
		if k.praise() {
			return s.deps.Desk.Unpraise(ctx, k.id)
		}
		return s.deps.Desk.Untag(ctx, k.id)
	}, nil)
}

// nudge moves the selected moment by a little.
func (s *Screen) nudge(by time.Duration) {
	if k, ok := s.model.call.marks.current(); ok {
		s.moveMark(k.id, k.at+by)
		s.revealOnWave(k.at + by)
	}
}

// editWords opens the words of a mark for typing.
func (s *Screen) editWords(id string) {
	c := s.model.call
	c.marks.selected = id
	s.model.reads = false
	k, ok := c.marks.current()
	if !ok {
		return
	}
	c.editing, c.draft = id, s.model.texts.Spoken(k.words)
	s.refresh()
	if s.view != nil {
		s.view.heard.edit()
	}
}

// keepWords saves the words that are being typed.
func (s *Screen) keepWords() {
	c := s.model.call
	if c == nil || c.editing == "" {
		return
	}
	id, words := c.editing, s.model.texts.Quoted(c.draft)
	c.editing = ""
	s.act(func(ctx context.Context) error { return s.deps.Desk.SetWords(ctx, id, words) }, nil)
	s.refresh()
}

// dropWords ends typing without saving.
func (s *Screen) dropWords() {
	s.model.call.editing = ""
	s.refresh()
}

// finish ends the open call. When little of it was heard, that is asked once.
func (s *Screen) finish() {
	c := s.model.call
	if s.ending {
		return
	}
	if c.view.Call.State == review.Heard && !c.again && !s.model.owes() {
		s.onward()
		return
	}
	played := s.heardPart()
	if played < enough && !c.asked {
		c.asked = true
		s.askToFinish(played)
		return
	}
	s.hear(played)
}

// none ends a call in which there was no problem.
func (s *Screen) none() {
	if n := s.model.call.marks.moments(); n > 0 {
		s.shell.Toast(s.shell.Say("listen.has-moments", review.Args{"n": n, "key": s.shell.Key("listen.finish")}), "", nil)
		return
	}
	s.finish()
}

func (s *Screen) hear(played float64) {
	uid, n := s.model.call.uid(), s.model.call.marks.moments()
	s.end(func(ctx context.Context) error { return s.deps.Desk.Hear(ctx, uid, played) }, func() {
		if n == 0 {
			s.shell.Toast(s.shell.Say("listen.heard-none", nil), "", nil)
		}
	})
}

func (s *Screen) skip(kind review.SkipKind, reason string) {
	uid := s.model.call.uid()
	s.end(func(ctx context.Context) error { return s.deps.Desk.Skip(ctx, uid, kind, reason) }, func() {
		s.shell.Toast(s.shell.Say("listen.skipped", nil), "", nil)
	})
}

// end does the last act on a call and goes on to the next. Until it is done
// the call cannot be ended again.
func (s *Screen) end(do func(context.Context) error, done func()) {
	if !s.model.inStep() { // the others hear on
		s.pause()
	}
	s.keepWords()
	s.ending = true
	party, round := s.model.party, s.model.round()
	s.acts.do(func(ctx context.Context) {
		err := do(ctx)
		s.shell.Post(func() {
			s.ending = false
			s.did(err, func() {
				if round > 0 {
					party.said[round] = true
				}
				done()
				s.onward()
			})
		})
	})
}

// onward goes to the next call: of the session at one's own pace, else of the
// draw. Where the host plays for all, it is theirs to open it.
func (s *Screen) onward() {
	m := &s.model
	if m.inStep() {
		s.waitForAll()
		return
	}
	if round := m.round(); round > 0 && !m.party.hosting {
		if uid := m.party.call(round + 1); uid != "" {
			s.load(way{uid: uid, play: true})
		} else {
			s.backToSession(round)
		}
		return
	}
	s.goOn(true)
}

// goOn leaves the call for the next of the draw.
func (s *Screen) goOn(play bool) {
	s.leave()
	s.resume, s.model.waiting = play, true
	s.reread()
	s.refresh()
}

func (s *Screen) back() { s.goOn(false) }

// reveal shows who was on the call; hide is the opposite.
func (s *Screen) reveal(reason string) {
	c, uid := s.model.call, s.model.call.uid()
	var got desk.Revealed
	s.act(func(ctx context.Context) (err error) {
		got, err = s.deps.Desk.Reveal(ctx, uid, reason)
		return err
	}, func() { c.parties = &got })
}

func (s *Screen) hide() {
	s.model.call.parties = nil
	s.refresh()
}
