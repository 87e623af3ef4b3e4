package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// Privacy is how long a library keeps what calls hold, and who heard which; zero
// where no library is open.
type Privacy struct {
	Retention func(ctx context.Context) (desk.Retention, error)
	// Older counts the calls of which keeping a part for so many days would forget
	// it now, and Keep settles that it is kept so long, 0 for ever, and forgets it.
	Older func(ctx context.Context, part desk.Part, days int) (int64, error)
	Keep  func(ctx context.Context, part desk.Part, days int) (desk.Retained, error)
	// Verify looks through the listening log, and Export writes it to a file of
	// its own, whose path it answers.
	Verify func(ctx context.Context) (desk.LogVerdict, error)
	Export func(ctx context.Context) (path string, err error)
}

// spans of days that are offered.
var keptFor = []int{0, 90, 180, 365, 730}

// privacyPart is the section of what is forgotten and logged.
type privacyPart struct {
	screen  *Screen
	choices map[desk.Part]*fyne.Container // of how long, which a terminal may have settled otherwise
	days    map[desk.Part]int             // that are shown
	kept    *widget.Text
	log     *widget.Text
	reading *job.Job
}

func (s *Screen) privacy() part {
	wrapped := func() *widget.Text { return widget.NewText("", widget.Look{Fit: widget.Wrap}) }
	p := &privacyPart{screen: s, choices: map[desk.Part]*fyne.Container{}, days: map[desk.Part]int{}, kept: wrapped(), log: wrapped()}
	rows := container.New(layout.NewFormLayout())
	for _, part := range desk.PartsOfCalls {
		p.choices[part] = container.NewHBox()
		rows.Add(widget.NewText(s.say("privacy.part."+text.Key(part)), widget.Look{}))
		rows.Add(p.choices[part])
	}
	export := widget.NewButton(s.say("privacy.log.export"), widget.Secondary, p.export)
	return part{
		title: "privacy.title",
		content: []fyne.CanvasObject{
			s.words("privacy.retention.text", nil), s.words("privacy.retention.backups", nil), rows, p.kept,
			s.words("privacy.log.text", nil), p.log, container.NewHBox(export),
		},
		changed: p.read, said: func() []string { return []string{p.kept.Text(), p.log.Text()} },
	}
}

// seen is what the library says about both.
type seen struct {
	desk.Retention
	log desk.LogVerdict
}

func (p *privacyPart) read() {
	if p.reading != nil {
		p.reading.Cancel()
	}
	look := func(ctx context.Context, _ func(job.Progress)) (out seen, err error) {
		if out.Retention, err = p.screen.Privacy.Retention(ctx); err == nil {
			out.log, err = p.screen.Privacy.Verify(ctx)
		}
		return out, err
	}
	p.reading = job.Run(p.screen.jobs(), "", look, nil, p.show)
}

func (p *privacyPart) show(now seen, err error) {
	p.reading = nil
	if err != nil {
		p.screen.Shell.Fail(err)
		return
	}
	p.kept.SetText(p.keeps(now.Retention))
	p.log.SetText(p.logged(now.log))
	for _, part := range desk.PartsOfCalls {
		if shown, ok := p.days[part]; !ok || shown != now.Days[part] {
			p.days[part] = now.Days[part]
			p.offer(part)
		}
	}
	p.screen.Shell.Painted()
}

// offer makes the choice of a part, with what was settled elsewhere.
func (p *privacyPart) offer(part desk.Part) {
	offered := slices.Clone(keptFor)
	if !slices.Contains(offered, p.days[part]) {
		offered = append(offered, p.days[part])
		slices.Sort(offered)
	}
	names := make([]string, len(offered))
	for i, days := range offered {
		names[i] = p.screen.Shell.Say("privacy.retention.choice", review.Args{"n": days})
		if days == 0 {
			names[i] = p.screen.say("privacy.retention.ever")
		}
	}
	choice := widget.NewSegmented(names, func(n int) { p.choose(part, offered[n]) })
	choice.SetChosen(slices.Index(offered, p.days[part]))
	p.choices[part].RemoveAll()
	p.choices[part].Add(choice)
}

// choose settles another span. Where that forgets something, it is asked first.
func (p *privacyPart) choose(part desk.Part, days int) {
	if days == p.days[part] {
		return
	}
	if days == 0 {
		p.keep(part, 0)
		return
	}
	count := func(ctx context.Context, _ func(job.Progress)) (int64, error) {
		return p.screen.Privacy.Older(ctx, part, days)
	}
	job.Run(p.screen.jobs(), "", count, nil, func(n int64, err error) {
		if err != nil {
			p.screen.Shell.Fail(err)
			p.offer(part)
			return
		}
		p.ask(part, days, n)
	})
}

// ask says what a span forgets now. Return and Escape both give the safe answer.
func (p *privacyPart) ask(part desk.Part, days int, older int64) {
	p.offer(part) // until it is answered, what held holds
	shell := p.screen.Shell
	words := widget.NewText(shell.Say("privacy.ask."+text.Key(part), review.Args{"n": older}), widget.Look{Fit: widget.Wrap})
	shell.Dialog(shell.Say("privacy.title."+text.Key(part), review.Args{"n": days}), words,
		screen.Answer{Text: shell.Say("privacy.retention.yes", nil), Choose: func() { p.keep(part, days) }},
		screen.Answer{Text: shell.Say("privacy.retention.no", nil), Primary: true}) // the last is also what Escape answers
}

func (p *privacyPart) keep(part desk.Part, days int) {
	settle := func(ctx context.Context, _ func(job.Progress)) (desk.Retained, error) {
		return p.screen.Privacy.Keep(ctx, part, days)
	}
	job.Run(p.screen.jobs(), p.screen.say("forget.doing"), settle, nil, func(done desk.Retained, err error) {
		if err != nil {
			p.screen.Shell.Fail(err)
		}
		if said := p.forgot(done); said != "" {
			p.screen.Shell.Toast(said, "", nil)
			p.screen.Shell.Wrote()
		}
		delete(p.days, part) // so that the choice shows what holds
		p.read()
	})
}

// forgot says what was forgotten and what was left, "" for nothing.
func (p *privacyPart) forgot(done desk.Retained) string {
	var said []string
	for _, part := range desk.PartsOfCalls {
		if n := done.Forgot[part]; n > 0 {
			said = append(said, p.screen.Shell.Say("privacy.forgot."+text.Key(part), review.Args{"n": n}))
		}
	}
	if done.Rows {
		said = append(said, p.screen.say("privacy.forgot.rows"))
	}
	if n := len(done.Left); n > 0 {
		said = append(said, p.screen.Shell.Say("privacy.retention.left", review.Args{"n": n}))
	}
	if done.Traces {
		said = append(said, p.screen.say("forget.traces"))
	}
	return strings.Join(said, " ")
}

func (p *privacyPart) export() {
	write := func(ctx context.Context, _ func(job.Progress)) (string, error) { return p.screen.Privacy.Export(ctx) }
	job.Run(p.screen.jobs(), "", write, nil, func(path string, err error) {
		if err != nil {
			p.screen.Shell.Fail(err)
			return
		}
		p.screen.Shell.Toast(p.screen.Shell.Say("privacy.log.exported", review.Args{"file": path}), "", nil)
	})
}

// keeps says how long what is kept.
func (p *privacyPart) keeps(r desk.Retention) string {
	var said []string
	for _, part := range desk.PartsOfCalls {
		if days := r.Days[part]; days > 0 {
			said = append(said, p.screen.Shell.Say("privacy.kept."+text.Key(part), review.Args{"n": days}))
		}
	}
	if len(said) == 0 {
		return p.screen.say("privacy.retention.off")
	}
	if !r.Last.IsZero() {
		at := p.screen.Shell.Text().Date(r.Last, p.screen.Shell.Zone())
		said = append(said, p.screen.Shell.Say("privacy.retention.last", review.Args{"at": at}))
	}
	return strings.Join(said, " ")
}

// logged says whether the listening log holds.
func (p *privacyPart) logged(v desk.LogVerdict) string {
	switch {
	case len(v.Broken) > 0:
		return p.screen.Shell.Say("privacy.log.broken", review.Args{"n": len(v.Broken)})
	case v.Rows == 0:
		return p.screen.say("privacy.log.empty")
	}
	return p.screen.Shell.Say("privacy.log.holds", review.Args{"n": v.Rows, "digest": v.Last[:min(len(v.Last), 16)]})
}
