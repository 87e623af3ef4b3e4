package settings_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/settings"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// meaning is a shell whose person means it: the answer that is not the safe one,
// which Return and Escape give.
type meaning struct {
	asking
	told *string // last toast
}

func (m meaning) Toast(message, _ string, _ func()) { *m.told = message }
func (m meaning) Wrote()                            {}

func (m meaning) Dialog(title string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	if safe := answers[len(answers)-1]; !safe.Primary || safe.Choose != nil {
		*m.asked = "not safe: " + title
		return func() {}
	}
	return m.asking.Dialog(title, content, answers...)
}

// How long words are kept is settled after a question that counts what goes, and
// the log says whether it holds.
func TestKeepingWordsForALimitedTimeIsAskedFirst(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	sh := meaning{asking{shell: shell{lang: "en"}, posted: make(chan func(), 8), asked: new(string)}, new(string)}
	kept := desk.Retention{Days: map[desk.Part]int{desk.PartWords: 45}}
	p := settings.New(settings.Deps{
		Shell: sh, SetTheme: func(string) {}, Sound: func() error { return nil },
		Privacy: settings.Privacy{
			Retention: func(context.Context) (desk.Retention, error) { return kept, nil },
			Older:     func(_ context.Context, _ desk.Part, days int) (int64, error) { return int64(days) * 10, nil },
			Keep: func(_ context.Context, part desk.Part, days int) (desk.Retained, error) {
				kept = desk.Retention{Days: map[desk.Part]int{part: days}, Last: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
				return desk.Retained{Forgot: map[desk.Part]int{part: 3}, Left: []string{"call-1"}}, nil
			},
			Verify: func(context.Context) (desk.LogVerdict, error) {
				return desk.LogVerdict{Rows: 12, Last: strings.Repeat("ab", 32)}, nil
			},
		},
	})
	content := p.Content()
	defer p.Close()
	(<-sh.posted)()
	if rows := strings.Join(shows(p), "\n"); !strings.Contains(rows, "Words are kept for 45 days") || !strings.Contains(rows, "12 rows, the last of digest abababababababab.") {
		t.Errorf("it says %s", rows)
	}
	choice, ok := find(content, func(s *widget.Segmented) bool { return s.Chosen() == 1 }) // for ever, 45 days, 90 days, …
	if !ok {
		t.Fatal("the choice does not show what was settled in a terminal")
	}
	choice.OnChange(2)
	for range 3 { // counted, kept, read again
		(<-sh.posted)()
	}
	if *sh.asked != "Keep words for 90 days?" || kept.Days[desk.PartWords] != 90 {
		t.Errorf("asked %q, kept for %v days", *sh.asked, kept.Days)
	}
	if want := "The words of 3 calls are forgotten. 1 older call was left, because a session that is still open has it."; !strings.HasPrefix(*sh.told, want) {
		t.Errorf("told %q", *sh.told)
	}
	if rows := strings.Join(shows(p), "\n"); !strings.Contains(rows, "older was last forgotten on 22 Nov 2026") {
		t.Errorf("then it says %s", rows)
	}
}
