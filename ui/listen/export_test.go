package listen

import (
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/widget"
)

// Tick lets the page follow the player to a place, as its animation does on
// every frame.
func Tick(s *Screen, at time.Duration) { s.tick(at) }

// Typed types into the field of issues.
func Typed(s *Screen, text string) { s.view.side.field.SetText(text) }

// Who is what the page says of who was on the call.
func Who(s *Screen) string { return s.view.player.who.Text() }

// Trouble is why the call cannot be heard, as the page says it.
func Trouble(s *Screen) string { return s.view.player.trouble.text.Text() }

// Unfinished is what the form says of the draw that comes first.
func Unfinished(s *Screen) string { return s.view.setup.first.Text() }

// Titles are the two lines of the header.
func Titles(s *Screen) (title, subtitle string) { return s.model.title(), s.model.subtitle() }

// DoneTitle is what the page says after the last call.
func DoneTitle(s *Screen) string { return s.model.doneTitle() }

// Record is how the draw was made.
func Record(s *Screen) map[string]string {
	facts := map[string]string{}
	for _, l := range s.model.record() {
		facts[l.Name] = l.Value
	}
	return facts
}

// Form is the form with its fields to be set.
type Form struct {
	Calls                                          bool
	Amount, From, To, Queue, Category, Least, Seed string
	Strata                                         sampling.Strata
	Equal                                          bool
}

func (f Form) form() form {
	return form{
		calls: f.Calls, amount: f.Amount, from: f.From, to: f.To, queue: f.Queue, category: f.Category,
		least: f.Least, seed: f.Seed, strata: f.Strata, equal: f.Equal,
	}
}

// Request is form.request.
func (f Form) Request(zone *time.Location, speed float64) (desk.DrawRequest, error) {
	return f.form().request(zone, speed)
}

// MakeDraw draws as f says.
func MakeDraw(s *Screen, f Form) {
	s.form = f.form()
	s.makeDraw()
}

// Category is the one that the form draws from.
func Category(s *Screen) string { return s.form.category }

// Notice is what the page says of the sound card.
func Notice(s *Screen) string { return s.view.player.notice.text.Text() }

// TryAgain taps the notice's button.
func TryAgain(s *Screen) { s.retrySound() }

// Lanes are the names of the lanes that are shown.
func Lanes(s *Screen) []string {
	var names []string
	for _, l := range s.model.laneNames() {
		names = append(names, l.Name)
	}
	return names
}

// SetLevel sets how loud one person is.
func SetLevel(s *Screen, lane playback.Lane, level float64) { s.setLevel(lane, level) }

// Passage is the transcript that is shown.
func Passage(s *Screen) *widget.Passage { return s.view.spoken.passage }

// Reading reports whether the transcript is in sight.
func Reading(s *Screen) bool { return s.view.spoken.card.Visible() }

// CanRead reports whether a way to the transcript is in sight.
func CanRead(s *Screen) bool { return s.view.spoken.choices[0].Visible() }

// Scrolled scrolls the transcript as a person does.
func Scrolled(s *Screen) { s.view.spoken.passage.Scroll(300) }

// Wave is the waveform.
func Wave(s *Screen) *widget.Waveform { return s.view.player.wave }

// When says where an issue that is typed will be tagged.
func When(s *Screen) string { return s.view.side.when.Text() }

// Close reports whether the page has every sample of what its waveform shows.
func Close(s *Screen) bool {
	from, to := s.view.player.wave.Shown()
	c := s.peaks.closeup
	return c != nil && c.Covers(sound.Span{From: from, To: to})
}

// SetForm types f into the form.
func SetForm(s *Screen, f Form) {
	s.form = f.form()
	s.formChanged()
}

// AskForPlan opens the dialog of the weekly draw.
func AskForPlan(s *Screen) { s.askForPlan() }

// OfferedFields are what the form offers to deal a draw by, beside what every
// call has.
func OfferedFields(s *Screen) []string { return s.offer.fields }

// HeadTops is how far below the waveform's top each head lies.
func HeadTops(s *Screen) (tops []float32) {
	for _, head := range s.view.player.heads.lanes {
		tops = append(tops, head.Position().Y)
	}
	return tops
}
