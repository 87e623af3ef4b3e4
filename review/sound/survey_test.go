package sound_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/sound"
)

func survey(t testing.TB, samples []float32, channels int) *sound.Survey {
	t.Helper()
	s := sound.NewSurvey(rate, channels, int64(len(samples)/channels))
	if err := s.Scan(t.Context(), &reader{samples: samples, channels: channels}, func(time.Duration) {}); err != nil {
		t.Fatal(err)
	}
	return s
}

// What is kept of a recording must show, skip and even out the same as a pass
// over it.
func TestAKeptSurveyTellsTheSame(t *testing.T) {
	want := survey(t, turns(1), 2)
	kept, err := want.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var got sound.Survey
	if err := got.UnmarshalBinary(kept); err != nil {
		t.Fatal(err)
	}
	if !got.Of(rate, 2, 30*rate) || got.Of(rate, 1, 30*rate) || got.Of(rate, 2, 31*rate) {
		t.Error("it does not know its recording")
	}
	for name, pair := range map[string][2]any{
		"gains":     {got.Gains, want.Gains},
		"speech":    {got.Peaks.Speech(), want.Peaks.Speech()},
		"silences":  {got.Peaks.Silences(), want.Peaks.Silences()},
		"talk-over": {got.Peaks.TalkOver(), want.Peaks.TalkOver()},
		"left":      {bins(got.Peaks, 0), bins(want.Peaks, 0)},
		"right":     {bins(got.Peaks, 1), bins(want.Peaks, 1)},
	} {
		if diff := cmp.Diff(pair[1], pair[0]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func bins(p *sound.Peaks, channel int) []sound.Bin {
	all := make([]sound.Bin, 1000)
	p.Bins(all, channel, 0, 30*time.Second)
	return all
}

// A survey that was cut off by a cancelled pass would show silence where there
// is none for as long as it is kept.
func TestAnUnfinishedSurveyIsNotKept(t *testing.T) {
	if _, err := sound.NewSurvey(rate, 2, 100).MarshalBinary(); err == nil {
		t.Error("it was written down")
	}
}

func TestTalkOverIsWhereBothSpeak(t *testing.T) {
	// turns speaks on the left at 1–4, 12–14 and 16–19.5 s, on the right at
	// 3–7.3, 15.4–17 and 25–26 s.
	want := []sound.Span{{From: 3 * time.Second, To: 4 * time.Second}, {From: 16 * time.Second, To: 17 * time.Second}}
	near := cmp.Comparer(func(a, b time.Duration) bool { return (a - b).Abs() <= 20*time.Millisecond })
	if got := scan(t, turns(1), 2).TalkOver(); !cmp.Equal(got, want, near) {
		t.Errorf("both speak at %v, want %v", got, want)
	}
	if got := scan(t, tone(rate, 5*rate, 300), 1).TalkOver(); len(got) > 0 {
		t.Errorf("one channel talks over itself at %v", got)
	}
}

func FuzzSurvey(f *testing.F) {
	kept, err := survey(f, tone(rate, rate/10, 300), 1).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept)
	f.Add(kept[:len(kept)-1])
	f.Add([]byte{1, 2, 0x40, 0x1f, 0, 0, 160, 0, 0, 0, 255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, b []byte) {
		var s sound.Survey
		if s.UnmarshalBinary(b) != nil {
			return
		}
		s.Peaks.Silences()
		s.Peaks.Speech()
		if again, err := s.MarshalBinary(); err != nil || !bytes.Equal(again, b) {
			t.Errorf("%x was read as %x (%v)", b, again, err)
		}
	})
}
