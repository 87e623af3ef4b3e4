package text

import (
	"math"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
)

func TestNumbers(t *testing.T) {
	en, de := For("en"), For("de")
	tests := []struct{ what, got, want string }{
		{"en integer", en.Int(12418), "12,418"},
		{"de integer", de.Int(12418), "12.418"},
		{"below a thousand", en.Int(999), "999"},
		{"a million", de.Int(1000000), "1.000.000"},
		{"nothing", en.Int(0), "0"},
		{"negative", en.Int(-1200), "-1,200"},
		{"en range", en.Range(1200, 3500), "1,200–3,500"},
		{"de range", de.Range(1200, 3500), "1.200–3.500"},
		{"range of one number", de.Range(64, 64), "64"},
		{"en decimal", en.Decimal(1234.5, 2), "1,234.50"},
		{"de decimal", de.Decimal(1234.5, 2), "1.234,50"},
		{"negative that rounds to nothing", en.Decimal(-0.001, 1), "0.0"},
		{"negative below one", en.Decimal(-.46, 2), "-0.46"},
		{"negative", de.Decimal(-1234.5, 1), "-1.234,5"},
		{"not a number", de.Decimal(math.NaN(), 1), "–"},
		{"endless", de.Decimal(math.Inf(1), 1), "–"},
		{"en percent", en.Percent(11.0 / 64), "17\u202f%"},
		{"de percent", de.Percent(11.0 / 64), "17\u202f%"},
		{"no share", en.Percent(0), "0\u202f%"},
		{"tiny share", en.Percent(.0004), "<1\u202f%"},
		{"nearly all", de.Percent(.9996), ">99\u202f%"},
		{"all", de.Percent(1), "100\u202f%"},
		{"percent range", en.PercentRange(.0990, .2818), "10–28\u202f%"},
		{"percent range of a point", en.PercentRange(.172, .172), "17\u202f%"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
}

// 09:42 in UTC is 10:42 on the wall in Berlin, and 31 December in New York is
// already the new year there: days are local days.
func TestDates(t *testing.T) {
	en, de := For("en"), For("de")
	berlin := time.FixedZone("CET", 3600)
	call := time.Date(2026, 11, 10, 9, 42, 0, 0, time.UTC)
	newYear := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)
	tests := []struct{ got, want string }{
		{en.DateTime(call, berlin), "Tue 10 Nov, 10:42"},
		{de.DateTime(call, berlin), "Di., 10. Nov., 10:42"},
		{en.When(newYear, berlin), "1 Jan 2027, 00:30"},
		{de.When(newYear, berlin), "1. Jan. 2027, 00:30"},
		{en.Day(call, berlin), "10 Nov"},
		{de.Day(call, berlin), "10. Nov."},
		{en.Date(newYear, time.UTC), "31 Dec 2026"},
		{en.Date(newYear, berlin), "1 Jan 2027"},
		{de.Date(newYear, berlin), "1. Jan. 2027"},
		{de.DateTime(time.Date(2026, 3, 1, 8, 5, 0, 0, time.UTC), time.UTC), "So., 1. März, 08:05"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

func TestLength(t *testing.T) {
	tests := []struct {
		d    time.Duration
		want string
	}{
		{0, "0\u202fs"},
		{42 * time.Second, "42\u202fs"},
		{373100 * time.Millisecond, "6\u202fmin 13\u202fs"},
		{59700 * time.Millisecond, "1\u202fmin"},
		{30 * time.Minute, "30\u202fmin"},
		{time.Hour - time.Second, "59\u202fmin 59\u202fs"},
		{time.Hour + 5*time.Minute + 20*time.Second, "1\u202fh 5\u202fmin"},
		{2*time.Hour - 10*time.Second, "2\u202fh"},
	}
	for _, test := range tests {
		for _, lang := range []string{"en", "de"} {
			if got := For(lang).Length(test.d); got != test.want {
				t.Errorf("%s: Length(%v) = %q, want %q", lang, test.d, got, test.want)
			}
		}
	}
}

func TestClock(t *testing.T) {
	tests := []struct {
		d    time.Duration
		want string
	}{
		{0, "0:00"},
		{175900 * time.Millisecond, "2:55"},
		{time.Hour + 2*time.Minute + 55*time.Second, "1:02:55"},
		{-10 * time.Second, "-0:10"},
	}
	for _, test := range tests {
		if got := For("en").Clock(test.d); got != test.want {
			t.Errorf("Clock(%v) = %q, want %q", test.d, got, test.want)
		}
	}
}

func TestWhatIsMaskedIsSaidInTheLanguage(t *testing.T) {
	said := review.NewMask(review.Hide("Ada Quill")).Hide("Larkspur, Ada speaking.")
	if got, want := For("de").Spoken(said), "Larkspur, [verborgen] speaking."; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if got := For("de").Quoted("[verborgen] speaking"); got != review.Masked+" speaking" {
		t.Errorf("a quote is kept as %q, in the reader's language", got)
	}
}

func TestArgumentsAreWrittenInTheLanguage(t *testing.T) {
	at := time.Date(2026, 11, 10, 9, 42, 0, 0, time.UTC)
	tests := []struct {
		arg    any
		en, de string
	}{
		{12418, "12,418", "12.418"},
		{uint32(12418), "12,418", "12.418"},
		{1.5, "1.5", "1,5"},
		{float32(2), "2", "2"},
		{1.256, "1.26", "1,26"},
		{373 * time.Second, "6\u202fmin 13\u202fs", "6\u202fmin 13\u202fs"},
		{at, "Tue 10 Nov, 09:42", "Di., 10. Nov., 09:42"},
		{"2026", "2026", "2026"},
		{nil, "", ""},
	}
	for _, test := range tests {
		if got := For("en").value(test.arg); got != test.en {
			t.Errorf("en %v: %q, want %q", test.arg, got, test.en)
		}
		if got := For("de").value(test.arg); got != test.de {
			t.Errorf("de %v: %q, want %q", test.arg, got, test.de)
		}
	}
}
