// Package labels writes the moments of a call as labels beside its recording: as
// WebVTT, which players show as subtitles, and as a label track for Audacity.
//
// A label is the issue and, if they were noted, the customer's words. Times
// count from the start of the call.
package labels

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
)

// NotLabels is answered for a file whose name ends in neither .vtt nor .txt.
// Args: file.
const NotLabels review.Code = "not-labels"

// File returns moments as a file of its name's kind: .vtt for WebVTT, .txt for
// Audacity. It answers [NotLabels].
func File(name string, moments []review.Moment) ([]byte, error) {
	var write func(io.Writer, []review.Moment) error
	switch strings.ToLower(filepath.Ext(name)) {
	case ".vtt":
		write = VTT
	case ".txt":
		write = Audacity
	default:
		return nil, review.Fail(NotLabels, review.Args{"file": filepath.Base(name)})
	}
	var b bytes.Buffer
	err := write(&b, moments)
	return b.Bytes(), err
}

// shown is how long WebVTT shows a moment that is no span: a cue must last.
const shown = 3 * time.Second

// escapes are those of cue text, https://www.w3.org/TR/webvtt1/#webvtt-cue-text-span.
// Without ">" a text cannot hold the arrow between times.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// VTT writes moments as WebVTT, https://www.w3.org/TR/webvtt1: cues by time, each
// with the issue and, on a line of its own, the words.
func VTT(w io.Writer, moments []review.Moment) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, "WEBVTT\n")
	for _, m := range byTime(moments) {
		until := m.Until
		if until <= m.At {
			until = m.At + shown
		}
		fmt.Fprintf(out, "\n%s --> %s\n%s\n", stamp(m.At), stamp(until), escapes.Replace(line(m.Issue)))
		if words := line(m.Words); words != "" {
			fmt.Fprintf(out, "%s\n", escapes.Replace(words))
		}
	}
	return flushed(out)
}

// Audacity writes moments as its manual describes a label track
// (https://manual.audacityteam.org/man/importing_and_exporting_labels.html):
// begin and end in seconds and the text, parted by tabs, a label a line. A moment
// that is no span ends where it begins.
func Audacity(w io.Writer, moments []review.Moment) error {
	out := bufio.NewWriter(w)
	for _, m := range byTime(moments) {
		label := line(m.Issue)
		if words := line(m.Words); words != "" {
			label += ": " + words
		}
		fmt.Fprintf(out, "%.6f\t%.6f\t%s\n", m.At.Seconds(), max(m.At, m.Until).Seconds(), label)
	}
	return flushed(out)
}

func flushed(out *bufio.Writer) error {
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write labels: %w", err)
	}
	return nil
}

func byTime(moments []review.Moment) []review.Moment {
	sorted := slices.Clone(moments)
	slices.SortStableFunc(sorted, func(a, b review.Moment) int { return cmp.Compare(a.At, b.At) })
	return sorted
}

// line keeps a text on one line and out of other columns: an empty line would
// end a cue.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

// stamp is a time of WebVTT.
func stamp(t time.Duration) string {
	ms := t.Milliseconds()
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3600000, ms/60000%60, ms/1000%60, ms%1000)
}
