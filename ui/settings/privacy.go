package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// Privacy is how long a library keeps calls, and who heard which; zero where no
// library is open.
type Privacy struct {
	Retention func(ctx context.Context) (desk.Retention, error)
	// Older counts the calls that keeping calls for so many days would forget now,
	// and Keep settles that they are kept so long, 0 for ever, and forgets those.
	Older func(ctx context.Context, days int) (int64, error)
	Keep  func(ctx context.Context, days int) error
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
	choice  *fyne.Container // of how long, which a terminal may have settled otherwise
	days    int
	kept    *widget.Text
	log     *widget.Text
	reading *job.Job
}

func (s *Screen) privacy() part {
	wrapped := func() *widget.Text { return widget.NewText("", widget.Look{Fit: widget.Wrap}) }
	p := &privacyPart{screen: s, choice: container.NewHBox(), days: -1, kept: wrapped(), log: wrapped()}
	export := widget.NewButton(s.say("privacy.log.export"), widget.Secondary, p.export)
	return part{
		title: "privacy.title",
		content: []fyne.CanvasObject{
			s.words("privacy.retention.text", nil), p.choice, p.kept,
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
	if now.Days != p.days {
		p.days = now.Days
		p.offer()
	}
	p.screen.Shell.Painted()
}

// offer makes the choice, with what was settled elsewhere.
func (p *privacyPart) offer() {
	offered := slices.Clone(keptFor)
	if !slices.Contains(offered, p.days) {
		offered = append(offered, p.days)
		slices.Sort(offered)
	}
	names := make([]string, len(offered))
	for i, days := range offered {
		names[i] = p.screen.Shell.Say("privacy.retention.choice", review.Args{"n": days})
		if days == 0 {
			names[i] = p.screen.say("privacy.retention.ever")
		}
	}
	choice := widget.NewSegmented(names, func(n int) { p.choose(offered[n]) })
	choice.SetChosen(slices.Index(offered, p.days))
	p.choice.RemoveAll()
	p.choice.Add(choice)
}

// choose settles another span. Where that forgets something, it is asked first.
func (p *privacyPart) choose(days int) {
	if days == p.days {
		return
	}
	if days == 0 {
		p.keep(0)
		return
	}
	count := func(ctx context.Context, _ func(job.Progress)) (int64, error) {
		return p.screen.Privacy.Older(ctx, days)
	}
	job.Run(p.screen.jobs(), "", count, nil, func(n int64, err error) {
		if err != nil {
			p.screen.Shell.Fail(err)
			p.offer()
			return
		}
		p.ask(days, n)
	})
}

// ask says what a span forgets now. Return and Escape both give the safe answer.
func (p *privacyPart) ask(days int, older int64) {
	p.offer() // until it is answered, what held holds
	shell := p.screen.Shell
	words := widget.NewText(shell.Say("privacy.retention.ask", review.Args{"n": older}), widget.Look{Fit: widget.Wrap})
	shell.Dialog(shell.Say("privacy.retention.title", review.Args{"n": days}), words,
		screen.Answer{Text: shell.Say("privacy.retention.yes", nil), Choose: func() { p.keep(days) }},
		screen.Answer{Text: shell.Say("privacy.retention.no", nil), Primary: true}) // the last is also what Escape answers
}

func (p *privacyPart) keep(days int) {
	settle := func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, p.screen.Privacy.Keep(ctx, days)
	}
	job.Run(p.screen.jobs(), p.screen.say("forget.doing"), settle, nil, func(_ struct{}, err error) {
		if err != nil {
			p.screen.Shell.Fail(err)
		}
		p.days = -1 // so that the choice shows what holds
		p.read()
	})
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

// keeps says how long calls are kept.
func (p *privacyPart) keeps(r desk.Retention) string {
	if r.Days == 0 {
		return p.screen.say("privacy.retention.off")
	}
	said := p.screen.Shell.Say("privacy.retention.days", review.Args{"n": r.Days})
	if r.Last.IsZero() {
		return said
	}
	at := p.screen.Shell.Text().Date(r.Last, p.screen.Shell.Zone())
	return said + " " + p.screen.Shell.Say("privacy.retention.last", review.Args{"at": at})
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
