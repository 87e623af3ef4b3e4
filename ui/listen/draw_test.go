package listen_test

import (
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/listen"
)

func TestADrawIsMadeFromTheForm(t *testing.T) {
	run(t, func(b *bench) {
		b.closed()
		listen.MakeDraw(b.page, listen.Form{
			Amount: "45", From: "2026-11-02", To: "9.11.2026", Queue: "Billing", Least: "20", Seed: "dice4711",
		})
		b.settle()
		// Days begin at midnight in the zone of the page, an hour ahead of UTC.
		b.did(`draw 45 min, 0 calls, {"from":"2026-11-01T23:00:00Z","to":"2026-11-08T23:00:00Z","queue":"Billing","min_duration_ms":20000} dice4711`)
		if got := b.trace(); got.Call != "c1" || got.Playing {
			t.Errorf("call %s, playing %v, want the draw's first call at rest", got.Call, got.Playing)
		}
	})
}

// Nobody is promised more calls than are left: the form tells of time only.
func TestTheFormSaysHowManyCallsThereIsTimeFor(t *testing.T) {
	run(t, func(b *bench) {
		b.closed()
		rows := b.trace().Rows
		if got := rows[len(rows)-1]; got != "That is time for about 12 calls at 1×." {
			t.Errorf("the form says %q", got)
		}
	})
}

func TestWhatCannotBeDrawnIsSaidBesideTheForm(t *testing.T) {
	tests := []struct {
		name                    string
		calls                   bool
		amount, from, to, least string
		want                    review.Code
	}{
		{name: "nothing typed", amount: "", want: listen.BadAmount},
		{name: "no time", amount: "0", want: listen.BadAmount},
		{name: "half a call", calls: true, amount: "2.5", want: listen.BadAmount},
		{name: "no number", amount: "NaN", want: listen.BadAmount},
		{name: "no day", amount: "30", from: "tomorrow", want: listen.BadDay},
		{name: "a day that is none", amount: "30", to: "2026-02-30", want: listen.BadDay},
		{name: "less than no length", amount: "30", least: "-1", want: listen.BadLength},
		{name: "from after to", amount: "30", from: "2026-11-09", to: "2026-11-02", want: "empty-period"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := listen.Form{Calls: test.calls, Amount: test.amount, From: test.from, To: test.to, Least: test.least}
			_, err := f.Request(time.UTC, 1)
			if got := review.CodeOf(err); got != test.want {
				t.Errorf("answers %q, want %q", got, test.want)
			}
		})
	}
}

func TestClosingADrawAsksOnce(t *testing.T) {
	run(t, func(b *bench) {
		b.command("listen.close")
		b.answer(1)
		b.did()
		b.command("listen.close")
		b.answer(0)
		b.did("close d3")
		if got := b.trace().Call; got != "" {
			t.Errorf("call %s is still open", got)
		}
	})
}

func TestTheRecordOfADrawIsToldInWords(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.draw.ChosenSeed = true
		b.desk.draw.Filter = `{"from":"2026-11-01T23:00:00Z","queue":"Billing","min_duration_ms":20000}`
		b.page.Changed()
		b.settle()
		want := map[string]string{
			"Out of": "from 2 Nov 2026, Billing queue, at least 20\u202fs long",
			"Drawn":  "4 of 12,418 calls.",
			"Seed":   "1f0c8a2be4d05c7e9a31, chosen seed: a person typed it",
			"Digest": "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de",
		}
		got := listen.Record(b.page)
		for name, value := range want {
			if got[name] != value {
				t.Errorf("%s: %q, want %q", name, got[name], value)
			}
		}
		if title, subtitle := listen.Titles(b.page); title != "Draw 3 · Week 47" ||
			subtitle != "Call 2 of 4 · 3 minutes left · drawn from 12,418 calls · chosen seed" {
			t.Errorf("header %q, %q", title, subtitle)
		}
	})
}

func TestTimeLeftGoesByTheSpeed(t *testing.T) {
	run(t, func(b *bench) {
		b.press("]", "]", "]", "]") // 2×: three minutes of calls are heard in one and a half
		if _, got := listen.Titles(b.page); got != "Call 2 of 4 · 2 minutes left · drawn from 12,418 calls" {
			t.Errorf("header %q", got)
		}
	})
}

func TestAnUnfinishedDrawComesBeforeOneInsideACategory(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.page.DrawInside("Billing – other", "")
		b.settle()
		if got := listen.Unfinished(b.page); got != "Draw 3 still has 3 calls to hear. They come first, unless you close that draw." {
			t.Errorf("says %q", got)
		}
		if got := listen.Category(b.page); got != "Billing – other" {
			t.Errorf("the form draws from category %q", got)
		}
	})
}

func TestDDrawsAgainWithoutAMouse(t *testing.T) {
	run(t, func(b *bench) {
		b.press("d")
		b.did() // not while a call is open
		for range 3 {
			b.plays(time.Minute)
			b.press("Ctrl+Return")
		}
		b.desk.take()
		b.press("d")
		b.did() // the form is asked for
		b.press("d")
		b.did("draw 30 min, 0 calls, {}")
	})
}

func TestMissingCallsKeepADrawFromBeingDone(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.change("c4", func(v *desk.CallView) { v.Call.State = review.Missing })
		for range 2 {
			b.plays(time.Minute)
			b.press("Ctrl+Return")
		}
		if got := listen.DoneTitle(b.page); got != "1 call of this draw cannot be found" {
			t.Errorf("says %q", got)
		}
	})
}

// No disk that is connected brings a forgotten call back: a draw is done without it.
func TestForgottenCallsKeepNoDrawFromBeingDone(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.change("c4", func(v *desk.CallView) { v.Call.UID, v.Call.State = review.ForgottenUID("4"), review.Missing })
		for range 2 {
			b.plays(time.Minute)
			b.press("Ctrl+Return")
		}
		if got := listen.DoneTitle(b.page); got != "All calls of this draw are done" {
			t.Errorf("says %q", got)
		}
	})
}
