package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
)

// Int writes a whole number with thousands separators: 12,418 or 12.418.
func (c *Catalog) Int(n int) string { return c.grouped(strconv.Itoa(n)) }

// Range writes two whole numbers as a range, "1,200–3,500", or as one number
// when they are the same.
func (c *Catalog) Range(low, high int) string {
	if low == high {
		return c.Int(low)
	}
	return c.Int(low) + "–" + c.Int(high)
}

// Decimal writes x with exactly digits decimals and thousands separators; what
// is not a number is an en dash.
func (c *Catalog) Decimal(x float64, digits int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	number, negative := strings.CutPrefix(strconv.FormatFloat(x, 'f', digits, 64), "-")
	sign := ""
	if negative && strings.Trim(number, "0.") != "" { // else it rounds to nothing
		sign = "-"
	}
	whole, decimals, found := strings.Cut(number, ".")
	if !found {
		return sign + c.grouped(whole)
	}
	return sign + c.grouped(whole) + c.Say("text.decimal", nil) + decimals
}

// Percent writes a share of 0 to 1 in whole percent, "17 %" with a narrow
// no-break space in every language. A share that is neither nothing nor all is
// never rounded to it: it is "<1 %" or ">99 %".
func (c *Catalog) Percent(share float64) string {
	n := c.Decimal(share*100, 0)
	switch {
	case share > 0 && n == "0":
		n = "<1"
	case share < 1 && n == "100":
		n = ">99"
	}
	return n + narrowSpace + "%"
}

// PercentRange writes two shares of 0 to 1 as a range in whole percent,
// "10–28 %".
func (c *Catalog) PercentRange(low, high float64) string {
	l, h := c.Decimal(low*100, 0), c.Decimal(high*100, 0)
	if l != h {
		l += "–" + h
	}
	return l + narrowSpace + "%"
}

// DateTime writes a moment of a local day, "Tue 10 Nov, 10:42".
func (c *Catalog) DateTime(t time.Time, zone *time.Location) string {
	return c.date("text.date-time", t.In(zone))
}

// Day writes a local day of a known year, "10 Nov".
func (c *Catalog) Day(t time.Time, zone *time.Location) string {
	return c.date("text.day", t.In(zone))
}

// Date writes a local day with its year, "10 Nov 2026".
func (c *Catalog) Date(t time.Time, zone *time.Location) string {
	return c.date("text.date", t.In(zone))
}

// When writes a moment of a local day with its year, "10 Nov 2026, 10:42".
func (c *Catalog) When(t time.Time, zone *time.Location) string {
	return c.date("text.when", t.In(zone))
}

// Length writes how long something lasts, rounded to the second: "42 s",
// "6 min 13 s", "30 min", from an hour on without seconds "1 h 5 min".
func (c *Catalog) Length(d time.Duration) string {
	d = d.Round(time.Second)
	if d >= time.Hour {
		d = d.Round(time.Minute)
	}
	units := []struct {
		key Key
		n   int
	}{
		{"text.hours", int(d / time.Hour)},
		{"text.minutes", int(d % time.Hour / time.Minute)},
		{"text.seconds", int(d % time.Minute / time.Second)},
	}
	var parts []string
	for _, unit := range units {
		if unit.n != 0 {
			parts = append(parts, c.Say(unit.key, review.Args{"n": unit.n}))
		}
	}
	if parts == nil {
		return c.Say("text.seconds", review.Args{"n": 0})
	}
	return strings.Join(parts, " ")
}

// Clock writes a position in a recording, "2:55" or "1:02:55". Like a clock it
// does not show a second before it is over.
func (*Catalog) Clock(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	h, m, s := int(d/time.Hour), int(d%time.Hour/time.Minute), int(d%time.Minute/time.Second)
	if h > 0 {
		return fmt.Sprintf("%s%d:%02d:%02d", sign, h, m, s)
	}
	return fmt.Sprintf("%s%d:%02d", sign, m, s)
}

// narrowSpace is U+202F, which keeps a number and its sign on one line.
const narrowSpace = "\u202f"

// value writes the argument of a placeholder.
func (c *Catalog) value(arg any) string {
	switch v := arg.(type) {
	case nil:
		return ""
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return c.grouped(fmt.Sprint(v))
	case float64:
		return c.short(v)
	case float32:
		return c.short(float64(v))
	case time.Duration:
		return c.Length(v)
	case time.Time:
		return c.DateTime(v, v.Location())
	case review.Private:
		if v.Empty() {
			return ""
		}
		return c.Say("text.hidden", nil)
	}
	return fmt.Sprint(arg)
}

// Spoken writes what was said, in which names and numbers are masked, with the mask
// in the person's language: "[verborgen] speaking."
func (c *Catalog) Spoken(said string) string {
	return strings.ReplaceAll(said, review.Masked, c.masked())
}

// Quoted answers words that a person took from what [Catalog.Spoken] answered, as
// they are kept: in no language.
func (c *Catalog) Quoted(words string) string {
	return strings.ReplaceAll(words, c.masked(), review.Masked)
}

func (c *Catalog) masked() string { return "[" + c.Say("text.hidden", nil) + "]" }

// short writes x with no more decimals than it needs, at most two.
func (c *Catalog) short(x float64) string {
	x = math.Round(x*100) / 100
	digits := 2
	for digits > 0 && x*math.Pow10(digits-1) == math.Trunc(x*math.Pow10(digits-1)) {
		digits--
	}
	return c.Decimal(x, digits)
}

// grouped puts the thousands separator into plain digits.
func (c *Catalog) grouped(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	separator := c.Say("text.thousands", nil)
	first := (len(digits)-1)%3 + 1
	var b strings.Builder
	b.WriteString(sign + digits[:first])
	for i := first; i < len(digits); i += 3 {
		b.WriteString(separator + digits[i:i+3])
	}
	return b.String()
}

// date fills a date pattern. The names of months and weekdays are lists in the
// language's file, from January and from Sunday.
func (c *Catalog) date(pattern Key, t time.Time) string {
	return c.Say(pattern, review.Args{
		"weekday": strings.Fields(c.Say("text.weekdays", nil))[t.Weekday()],
		"day":     t.Day(),
		"month":   strings.Fields(c.Say("text.months", nil))[t.Month()-1],
		"year":    strconv.Itoa(t.Year()),
		"time":    t.Format("15:04"),
	})
}
