package listen

import (
	"time"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/widget"
)

// lanes shows the peaks of a recording as the customer's lane above the
// agent's. A source that has the agent on its left is swapped.
type lanes struct {
	survey  *sound.Survey
	count   int
	rate    int
	frames  int64
	length  time.Duration
	swapped bool
	whole   bool           // the survey has come to its end
	ended   bool           // nothing more will be known, as the survey is whole or broke
	holds   []sound.Span   // where a transcript says that the customer waits
	closeup *sound.Closeup // of about what is shown; nil for none
	bins    []sound.Bin    // kept from one drawing to the next
}

func newLanes(source playback.Source, length time.Duration, swapped bool) *lanes {
	l := &lanes{count: source.Channels(), rate: source.Rate(), frames: source.Frames(), length: length, swapped: swapped}
	l.survey = sound.NewSurvey(l.rate, l.count, l.frames)
	return l
}

// fits reports whether a survey is of this recording.
func (l *lanes) fits(s *sound.Survey) bool { return s.Of(l.rate, l.count, l.frames) }

var _ widget.Peaks = (*lanes)(nil)

// Lanes implements widget.Peaks.
func (l *lanes) Lanes() int { return l.count }

// Duration implements widget.Peaks.
func (l *lanes) Duration() time.Duration { return l.length }

// Ready implements widget.Peaks.
func (l *lanes) Ready() time.Duration {
	if l.whole {
		return l.length
	}
	return min(l.survey.Peaks.Scanned(), l.length)
}

// Bins implements widget.Peaks. What the survey is too coarse for comes from
// the closeup, if that is there already.
func (l *lanes) Bins(dst []widget.Bin, lane int, from, to time.Duration) {
	if cap(l.bins) < len(dst) {
		l.bins = make([]sound.Bin, len(dst))
	}
	bins, channel := l.bins[:len(dst)], l.channel(lane)
	if c := l.closeup; c != nil && near(from, to) && c.Covers(sound.Span{From: from, To: to}) {
		c.Bins(bins, channel, from, to)
	} else {
		l.survey.Peaks.Bins(bins, channel, from, to)
	}
	for i, b := range bins {
		dst[i] = widget.Bin{Low: b.Min, High: b.Max, Level: b.RMS}
	}
}

// channel is the channel of the recording that a lane shows.
func (l *lanes) channel(lane int) int {
	if l.swapped && l.count == 2 {
		return 1 - lane
	}
	return lane
}
