package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// status is the strip below the page that tells of a long job: what is done,
// how far it is, how fast, and a button that stops it.
type status struct {
	shell   *Shell
	content *fyne.Container
	title   *widget.Text
	text    *widget.Text
	stop    *widget.Button
	began   time.Time
}

func newStatus(s *Shell) *status {
	t := &status{shell: s}
	t.title = widget.NewText("", widget.Look{Bold: true, Fit: widget.Cut})
	t.text = widget.NewText("", widget.Look{Color: theme.Muted, Fit: widget.Cut})
	t.stop = widget.NewButton(s.Say("shell.stop", nil), widget.Secondary, nil)
	lines := container.New(layout.NewCustomPaddedVBoxLayout(2), t.title, t.text)
	card := widget.NewCard(widget.Plain, container.NewBorder(nil, nil, nil, container.NewCenter(t.stop), lines))
	t.content = container.New(layout.NewCustomPaddedLayout(0, 14, 14, 14), card)
	t.content.Hide()
	return t
}

// follow lets the button stop j.
func (t *status) follow(j *job.Job) {
	t.stop.OnTap = j.Cancel
}

// show tells a state of the job, in the words of key; the strip is there while
// it is worth telling.
func (t *status) show(state job.State, key text.Key) {
	if !state.Visible {
		t.content.Hide()
		t.shell.Painted()
		return
	}
	t.title.SetText(state.Title)
	t.text.SetText(t.shell.Say(key, review.Args{
		"n": int(state.Progress.Done), "total": int(state.Progress.Total), "rate": t.rate(state.Progress.Done),
	}))
	t.content.Show()
	t.shell.Painted()
}

// rate is how many were done a second since the job began.
func (t *status) rate(done int64) int {
	seconds := max(time.Since(t.began).Seconds(), 0.001)
	return int(float64(done)/seconds + 0.5)
}
