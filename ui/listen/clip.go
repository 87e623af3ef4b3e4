package listen

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// saving is what makes files of the open call.
func (s *Screen) saving() []command.Command {
	withClips := func() bool { return s.loaded() && s.deps.Files.Clip != nil }
	withLabels := func() bool { return s.withCall() && s.deps.Files.Labels != nil && s.model.call.marks.moments() > 0 }
	return []command.Command{
		{ID: "listen.clip", Title: "listen.clip", Menu: menuTitle, Keys: runes('k'), Enabled: withClips, Run: s.askClip},
		{ID: "listen.beep", Title: "listen.beep", Menu: menuTitle, Keys: runes('h'), Enabled: withClips, Run: s.beepSpan},
		{ID: "listen.labels", Title: "listen.labels", Menu: menuTitle, Enabled: withLabels, Run: s.askLabels},
	}
}

// beepSpan marks the part of the call that lies between the brackets to be made
// unintelligible in clips, such as a card's number; it is no span for an issue
// any more.
func (s *Screen) beepSpan() {
	span, ok := s.model.span()
	if !ok {
		s.shell.Toast(s.shell.Say("listen.beep.mark-first", review.Args{
			"begin": s.shell.Key("listen.span-begin"), "end": s.shell.Key("listen.span-end"),
		}), "", nil)
		return
	}
	c := s.model.call
	c.beeps = sound.Union(append(slices.Clone(c.beeps), span)...)
	c.bracket = bracket{}
	s.shell.Toast(s.shell.Say("listen.beep.marked", review.Args{"span": s.model.stretch(whole(span)), "key": s.shell.Key("listen.clip")}), "", nil)
	s.spanned()
}

// stretch tells where a part of a call lies.
func (m *model) stretch(span sound.Span) string {
	return m.texts.Say("listen.stretch", review.Args{"from": m.texts.Clock(span.From), "to": m.texts.Clock(span.To)})
}

// whole are the whole seconds that hold all of a part: what is beeped out may be
// shorter than one.
func whole(span sound.Span) sound.Span {
	return sound.Span{From: span.From, To: (span.To + time.Second - 1).Truncate(time.Second)}
}

// overlapping are those of spans that a part of the call holds a part of.
func overlapping(spans []sound.Span, of sound.Span) []sound.Span {
	return slices.DeleteFunc(slices.Clone(spans), func(b sound.Span) bool { return b.To <= of.From || b.From >= of.To })
}

// A piece is a part of the call that a clip can be of.
type piece struct {
	name text.Key
	of   desk.ClipRequest
}

// pieces are those of the open call, the likeliest first.
func (m *model) pieces() (all []piece) {
	uid := m.call.uid()
	if span, ok := m.span(); ok {
		all = append(all, piece{"listen.clip.span", desk.ClipRequest{Of: uid, From: &span.From, To: &span.To}})
	}
	if k, ok := m.call.marks.current(); ok {
		all = append(all, piece{"listen.clip.moment", desk.ClipRequest{Of: k.id}})
	}
	return append(all, piece{"listen.clip.call", desk.ClipRequest{Of: uid}})
}

var (
	leads     = []time.Duration{0, desk.ClipLead, 2 * desk.ClipLead, 4 * desk.ClipLead}
	clipKinds = []string{"wav", "mp3", "opus"}
	kindNames = []string{"WAV", "MP3", "Opus"}
)

// clipForm is the dialog of a clip.
type clipForm struct {
	screen *Screen
	uid    string
	pieces []piece
	piece  int
	lead   time.Duration
	alone  bool // the customer without the agent
	kind   string
	file   *fileForm
	reason *widget.Field // kept in the journal; may stay empty
	spans  []sound.Span  // of the call that are beeped out; another may be open by the time the clip is saved

	about   *widget.Text
	beeps   *fyne.Container // those that lie in the clip, to be taken away
	content *fyne.Container
	cut     desk.Clip // what the desk makes of it; its name is "" until that is known
	cutting *job.Job
}

// askClip asks what of the call is to be saved, and how.
func (s *Screen) askClip() {
	job.Run(s.jobs, "", func(context.Context, func(job.Progress)) (bool, error) {
		return s.deps.Files.Encodes(), nil
	}, nil, func(encodes bool, _ error) {
		if s.withCall() {
			s.newClipForm(encodes).open()
		}
	})
}

func (s *Screen) newClipForm(encodes bool) *clipForm {
	f := &clipForm{screen: s, uid: s.model.call.uid(), pieces: s.model.pieces(), lead: desk.ClipLead, kind: clipKinds[0]}
	f.spans = slices.Clone(s.model.call.beeps)
	f.reason = widget.NewField(s.shell.Say("listen.clip.reason-hint", nil))
	f.file, f.about, f.beeps = s.newFileForm(), remark(), flex{vertical: true, gap: theme.GapTiny, grow: -1}.around()
	f.content = flex{vertical: true, gap: theme.GapSmall, grow: -1}.around(f.choices(encodes)...)
	f.content.Add(f.about)
	f.content.Add(f.beeps)
	f.content.Add(widget.Labelled(s.shell.Say("listen.clip.reason", nil), f.reason))
	for _, part := range f.file.parts() {
		f.content.Add(part)
	}
	f.look()
	return f
}

func (f *clipForm) choices(encodes bool) []fyne.CanvasObject {
	s := f.screen
	var pieces, before []string
	for _, p := range f.pieces {
		pieces = append(pieces, s.shell.Say(p.name, nil))
	}
	for _, lead := range leads {
		before = append(before, s.shell.Say("listen.clip.seconds", review.Args{"n": int(lead / time.Second)}))
	}
	rows := []fyne.CanvasObject{
		s.segments("listen.clip.what", pieces, 0, func(n int) { f.change(func() { f.piece = n }) }),
		s.segments("listen.clip.lead", before, slices.Index(leads, f.lead), func(n int) { f.change(func() { f.lead = leads[n] }) }),
	}
	if s.withLanes() {
		who := []string{s.shell.Say("listen.both", nil), s.shell.Say("listen.clip.customer", nil)}
		rows = append(rows, s.segments("listen.clip.who", who, 0, func(n int) { f.change(func() { f.alone = n == 1 }) }))
	}
	if encodes {
		rows = append(rows, s.segments("listen.clip.kind", kindNames, 0, func(n int) { f.change(func() { f.kind = clipKinds[n] }) }))
	}
	return rows
}

func (f *clipForm) open() {
	f.file.ask("listen.clip.title", f.content, func() bool { return f.cut.Name != "" }, f.save, f.reason)
}

func (f *clipForm) change(do func()) {
	do()
	f.look()
}

func (f *clipForm) request() desk.ClipRequest {
	r := f.pieces[f.piece].of
	r.Lead, r.Customer = f.lead, f.alone
	return r
}

// look asks the desk what the clip would be, and shows that or why there is none.
func (f *clipForm) look() {
	s, request := f.screen, f.request()
	if f.cutting != nil {
		f.cutting.Cancel()
	}
	f.cut = desk.Clip{}
	f.cutting = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (desk.Clip, error) {
		return s.deps.Desk.Clip(ctx, request)
	}, nil, func(cut desk.Clip, err error) {
		f.cutting = nil
		if err != nil {
			message, hint := s.shell.Text().Error(err)
			f.about.SetText(message + " " + hint)
		} else {
			f.cut = cut
			f.about.SetText(s.shell.Say("listen.clip.about", review.Args{
				"span": s.model.stretch(cut.Span), "long": s.shell.Text().Length((cut.Span.To - cut.Span.From).Round(time.Second)),
			}))
			f.file.offer(cut.Name, f.kind)
			f.file.show()
			f.file.look()
		}
		f.showBeeps()
	})
}

// hidden are the parts that the clip beeps out.
func (f *clipForm) hidden() []sound.Span {
	return overlapping(f.spans, f.cut.Span)
}

// showBeeps lists what will be beeped out, each with a way to leave it in.
func (f *clipForm) showBeeps() {
	s := f.screen
	f.beeps.Objects = nil
	for _, b := range f.hidden() {
		leave := widget.NewButton(s.shell.Say("listen.beep.leave", nil), widget.Quiet, func() { f.leaveIn(b) })
		leave.SetIcon(fynetheme.CancelIcon())
		said := widget.NewText(s.shell.Say("listen.beep.out", review.Args{"span": s.model.stretch(whole(b))}), widget.Look{})
		f.beeps.Add(flex{gap: theme.GapSmall, grow: -1}.around(level(said), leave))
	}
	if len(f.beeps.Objects) == 0 {
		f.beeps.Add(widget.NewText(s.shell.Say("listen.beep.none", review.Args{"key": s.shell.Key("listen.beep")}), widget.Look{
			Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap,
		}))
	}
	f.content.Refresh()
	s.shell.Painted()
}

// leaveIn lets a part be heard after all, in this clip and in those after it while
// the call is open.
func (f *clipForm) leaveIn(b sound.Span) {
	isIt := func(other sound.Span) bool { return other == b }
	f.spans = slices.DeleteFunc(f.spans, isIt)
	if c := f.screen.model.call; c != nil && c.uid() == f.uid {
		c.beeps = slices.DeleteFunc(slices.Clone(c.beeps), isIt)
		f.screen.spanned()
	}
	f.showBeeps()
}

// save journals that the clip is taken, and writes it.
func (f *clipForm) save() {
	s, path, cut, reason := f.screen, f.file.path(), f.cut, f.reason.Text
	cut.Beeps = f.hidden()
	s.write(path, func(ctx context.Context, report func(done, total int64)) error {
		if err := s.deps.Desk.TakeClip(ctx, cut, reason); err != nil {
			return err
		}
		return s.deps.Files.Clip(ctx, path, cut, report)
	})
}

var labelKinds = []string{"vtt", "txt"}

// askLabels asks where to write the moments of the call as labels.
func (s *Screen) askLabels() {
	uid, file, kind := s.model.call.uid(), s.newFileForm(), labelKinds[0]
	offer := func() {
		file.offer(uid, kind)
		file.show()
		file.look()
	}
	names := []string{s.shell.Say("listen.labels.vtt", nil), s.shell.Say("listen.labels.audacity", nil)}
	rows := flex{vertical: true, gap: theme.GapSmall, grow: -1}.around(
		s.segments("listen.labels.for", names, 0, func(n int) {
			kind = labelKinds[n]
			offer()
		}), wrapped(s.shell.Say("listen.labels.about", nil)))
	for _, part := range file.parts() {
		rows.Add(part)
	}
	offer()
	file.ask("listen.labels.title", rows, func() bool { return true }, func() {
		path := file.path()
		s.write(path, func(ctx context.Context, _ func(done, total int64)) error {
			view, err := s.deps.Desk.View(ctx, uid)
			if err != nil {
				return err
			}
			return s.deps.Files.Labels(ctx, path, view.Moments)
		})
	})
}
