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
	around  *fyne.Container // where it lies, with the page that makes room for it
	title   *widget.Text
	text    *widget.Text
	stop    *widget.Button
	began   time.Time
	lap     lap
}

// A lap is a time and how much was done then. How fast it goes is told from one
// a few seconds ago: what is new takes many times as long as what is known.
type lap struct {
	at   time.Time
	done int64
}

// lapEvery is how old a lap becomes.
const lapEvery = 10 * time.Second

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

// begin is told when a job begins.
func (t *status) begin() {
	t.began = time.Now()
	t.lap = lap{at: t.began}
}

// follow lets the button stop j.
func (t *status) follow(j *job.Job) {
	t.stop.OnTap = j.Cancel
}

// show tells a state of the job, in the words of key; the strip is there while
// it is worth telling.
func (t *status) show(state job.State, key text.Key) {
	if !state.Visible {
		t.shows(false)
		return
	}
	t.title.SetText(state.Title)
	t.text.SetText(t.words(state.Progress, key))
	t.shows(true)
}

// shows lets the strip be there or not, and the page have what room is left.
func (t *status) shows(on bool) {
	if t.content.Visible() != on {
		widget.Show(t.content, on)
		t.around.Layout.Layout(t.around.Objects, t.around.Size())
	}
	t.shell.Painted()
}

// words say how far a job is, in those of key; of an import whose end is in
// sight also how long it takes.
func (t *status) words(p job.Progress, key text.Key) string {
	args := review.Args{"n": int(p.Done), "total": int(p.Total), "rate": t.rate(p.Done)}
	if key != "shell.importing.text" || p.Total <= p.Done {
		return t.shell.Say(key, args)
	}
	left, known := t.left(p)
	if !known {
		return t.shell.Say("shell.importing.of", args)
	}
	args["left"] = t.shell.Text().Length(left)
	return t.shell.Say("shell.importing.left", args)
}

// left is how long the rest takes as fast as it went last.
func (t *status) left(p job.Progress) (time.Duration, bool) {
	since := time.Since(t.lap.at)
	done := p.Done - t.lap.done
	if since < time.Second || done <= 0 {
		return 0, false
	}
	left := time.Duration(float64(p.Total-p.Done) / float64(done) * float64(since))
	if since > 2*lapEvery {
		t.lap = lap{t.lap.at.Add(lapEvery), t.lap.done + int64(float64(done)*float64(lapEvery)/float64(since))}
	}
	if left > time.Minute {
		left = left.Round(time.Minute)
	}
	return left, true
}

// rate is how many were done a second since the job began.
func (t *status) rate(done int64) int {
	seconds := max(time.Since(t.began).Seconds(), 0.001)
	return int(float64(done)/seconds + 0.5)
}
