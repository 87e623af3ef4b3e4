package catalog

import (
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
)

// berlin is two hours ahead of UTC in summer, one in winter, as the zone was
// in 2026.
func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestStarts(t *testing.T) {
	tests := []struct{ cell, want string }{
		{"2026-11-10T09:42:00Z", "2026-11-10T09:42:00Z"}, // RFC 3339
		{"2026-11-10T09:42:00+05:30", "2026-11-10T04:12:00Z"},
		{"2026-11-10T09:42:00.125999Z", "2026-11-10T09:42:00.125Z"},
		{"2023-08-29T23:19:04.873+0000", "2023-08-29T23:19:04.873Z"}, // Genesys Cloud
		{"2026-11-10 09:42:00+01", "2026-11-10T08:42:00Z"},           // PostgreSQL
		{"2026-11-10 09:42:00 -0500", "2026-11-10T14:42:00Z"},
		{"2026-11-10 09:42:00 UTC", "2026-11-10T09:42:00Z"},
		{"2026-11-10 09:42 gmt", "2026-11-10T09:42:00Z"},

		// Without an offset: Berlin, where 10 November is winter and 10 July summer.
		{"2026-11-10 09:42:00", "2026-11-10T08:42:00Z"},
		{"2026-07-10 09:42", "2026-07-10T07:42:00Z"},
		{"2026-11-10T9:42", "2026-11-10T08:42:00Z"},
		{"2026-11-10", "2026-11-09T23:00:00Z"},
		{"2026/11/10 09:42:00", "2026-11-10T08:42:00Z"},
		{"10.11.2026 09:42", "2026-11-10T08:42:00Z"},
		{"1.7.2026, 09:42:07", "2026-07-01T07:42:07Z"},
		{"11/25/2026 3:04 PM", "2026-11-25T14:04:00Z"},
		{"25/11/2026 15:04", "2026-11-25T14:04:00Z"},
		{"11/25/2026 12:00:01 am", "2026-11-24T23:00:01Z"},
		{"05/05/2026 10:00", "2026-05-05T08:00:00Z"}, // both readings are the same day

		// As spreadsheets shorten it, in Germany and in the United States.
		{"10.11.26 09:42", "2026-11-10T08:42:00Z"},
		{"11/25/26 3:04 PM", "2026-11-25T14:04:00Z"},
		{"10.11.2026, 09:42 Uhr", "2026-11-10T08:42:00Z"},

		// With the month as a word.
		{"10-Nov-2026 09:42:00", "2026-11-10T08:42:00Z"},            // Oracle
		{"Nov 10, 2026 9:42:00 AM", "2026-11-10T08:42:00Z"},         // Java, en-US
		{"Tue, 10 Nov 2026 08:42:00 +0000", "2026-11-10T08:42:00Z"}, // RFC 5322, as Twilio has it
		{"Tue, 10 Nov 2026 08:42:00 GMT", "2026-11-10T08:42:00Z"},   // HTTP
		{"November 10, 2026", "2026-11-09T23:00:00Z"},
		{"10. November 2026 09:42", "2026-11-10T08:42:00Z"},
		{"1. März 2026 09:42", "2026-03-01T08:42:00Z"},
		{"1 Okt. 2026 09:42", "2026-10-01T07:42:00Z"},
		{"4 Sept 2026 09:42", "2026-09-04T07:42:00Z"},

		// With nothing between the numbers.
		{"20261110094200", "2026-11-10T08:42:00Z"},
		{"20261110T084200Z", "2026-11-10T08:42:00Z"}, // ISO 8601, basic
		{"20261110-094200", "2026-11-10T08:42:00Z"},  // VICIdial

		{"1794303720", "2026-11-10T09:42:00Z"}, // date -d 2026-11-10T09:42Z +%s
		{"1794303720125", "2026-11-10T09:42:00.125Z"},
	}
	for _, test := range tests {
		got, err := parseStart(test.cell, berlin(t))
		if err != nil || got.Format(time.RFC3339Nano) != test.want {
			t.Errorf("%q is %v, %v; want %s", test.cell, got.Format(time.RFC3339Nano), err, test.want)
		}
	}
}

func TestWhatIsNoStart(t *testing.T) {
	tests := map[string]review.Code{
		"11/10/2026 09:42":          AmbiguousStart, // 11 October in London, 10 November in New York
		"01-02-2026":                AmbiguousStart,
		"yesterday":                 BadStart,
		"09:42":                     BadStart,
		"2026-02-30 10:00":          BadStart,
		"2026-13-01":                BadStart,
		"31/31/2026":                BadStart,
		"25-11-26 09:42":            BadStart, // which of the three is the year?
		"31.02.26":                  BadStart,
		"10-Now-2026 09:42":         BadStart,
		"10 Ma 2026":                BadStart,
		"31 Feb 2026":               BadStart,
		"20261310094200":            BadStart,
		"20261110256000":            BadStart,
		"11/10/26":                  AmbiguousStart,
		"2026.11.10":                BadStart,
		"2026-11-10 25:00":          BadStart,
		"2026-11-10 09:42 CET":      BadStart, // not one offset everywhere
		"2026-11-10 09:42:00 +0100": "",
		"0001-01-01 00:00:00":       BadStart, // an unset date in .NET
		"0000-00-00 00:00:00":       BadStart, // an unset date in MySQL
		"20261110":                  BadStart,
		"9999999999":                BadStart, // 2286
		"+1794303720":               BadStart,
		"2026-11-10-09":             BadStart,
		"１７９４３０３７２０":                BadStart,
	}
	for cell, want := range tests {
		if _, err := parseStart(cell, berlin(t)); review.CodeOf(err) != want {
			t.Errorf("%q answers %v, want %q", cell, err, want)
		}
	}
}

func TestDurations(t *testing.T) {
	tests := []struct {
		cell string
		unit time.Duration
		want time.Duration
	}{
		{"373", time.Second, 373 * time.Second},
		{"373.1", time.Second, 373100 * time.Millisecond},
		{"373,1", time.Second, 373100 * time.Millisecond},
		{"0", time.Second, 0},
		{"373100", time.Millisecond, 373100 * time.Millisecond},
		{"6:13", time.Second, 373 * time.Second},
		{"6:13", time.Millisecond, 373 * time.Second},
		{"75:00", time.Second, 75 * time.Minute},
		{"0:06:13", time.Second, 373 * time.Second},
		{"01:06:13.250", time.Second, time.Hour + 373*time.Second + 250*time.Millisecond},
		{"PT6M13S", time.Second, 373 * time.Second}, // ISO 8601
		{"PT1H0.5S", time.Millisecond, time.Hour + 500*time.Millisecond},
		{"6m 13s", time.Millisecond, 373 * time.Second},
		{"1h2m3s", time.Second, time.Hour + 123*time.Second},
		{"373,5 s", time.Second, 373500 * time.Millisecond},
		{"6 min", time.Second, 6 * time.Minute},
		{"6 Min. 13 Sek.", time.Second, 373 * time.Second},
	}
	for _, test := range tests {
		got, err := parseDuration(test.cell, test.unit)
		if err != nil || got != test.want {
			t.Errorf("%q is %v, %v; want %v", test.cell, got, err, test.want)
		}
	}
	for _, cell := range []string{
		"-5", "6:60", "1:61:00", "1:2:3:4", "6.5:13", "six", "1e3", "0x10", "NaN", "Inf", "1.2.3", ".5", "5.", "6:",
		"604801", "99999999999999999999999999999999", "1_000", "6 miles", "min", "PT", "13s 6m", "6:13 min", "169h", "6..5s",
	} {
		if got, err := parseDuration(cell, time.Second); review.CodeOf(err) != BadDuration {
			t.Errorf("%q is %v, %v; want %s", cell, got, err, BadDuration)
		}
	}
}

func TestDirections(t *testing.T) {
	tests := map[string]string{
		"INBOUND": "inbound", "Incoming": "inbound", "in": "inbound", "eingehend": "inbound",
		"InboundExternal": "inbound", // 3CX
		"outbound":        "outbound", "Out": "outbound", "ausgehend": "outbound", "Out-going": "outbound",
		"internal": "", "TRANSFER": "", "": "", "indoors": "",
	}
	for cell, want := range tests {
		if got := parseDirection(cell); got != want {
			t.Errorf("%q is %q, want %q", cell, got, want)
		}
	}
}

// One name in two spellings must be one queue, not two.
func TestCleanMakesOneSpelling(t *testing.T) {
	for _, cell := range []string{"Rückfragen  Süd", " Ru\u0308ckfragen\tSüd ", "Rückfragen\r\nSüd", "Rückfragen\u00a0Süd"} {
		if got := Clean(cell); got != "Rückfragen Süd" {
			t.Errorf("%q is cleaned to %q", cell, got)
		}
	}
}

func FuzzParseStart(f *testing.F) {
	for _, seed := range []string{
		"2026-11-10T09:42:00.5+05:30", "10.11.2026, 9:42", "11/25/2026 3:04 PM", "1794303720125", "1-1-1", "../", "//2026T",
	} {
		f.Add(seed)
	}
	zone := berlin(f)
	f.Fuzz(func(t *testing.T, cell string) {
		got, err := parseStart(cell, zone)
		if err != nil {
			if code := review.CodeOf(err); code != BadStart && code != AmbiguousStart {
				t.Fatalf("%q answers %v", cell, err)
			}
			return
		}
		// What was read once reads the same when it is written plainly.
		again, err := parseStart(got.Format(time.RFC3339Nano), zone)
		if err != nil || !again.Equal(got) || got.Location() != time.UTC {
			t.Fatalf("%q is %v, which is %v, %v", cell, got, again, err)
		}
	})
}

func FuzzParseDuration(f *testing.F) {
	for _, seed := range []string{"373", "373,1", "6:13", "1:06:13.25", ":", "1:", "9999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		got, err := parseDuration(cell, time.Second)
		if got < 0 || got > longest || err != nil && got != 0 {
			t.Fatalf("%q is %v, %v", cell, got, err)
		}
	})
}
