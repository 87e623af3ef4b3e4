package csv

import (
	"bytes"
	"testing"

	"github.com/earshot-app/earshot/review"
)

// What Excel and LibreOffice expect, by the country whose formats they take.
func TestASpreadsheetOpensRightInItsLocale(t *testing.T) {
	comma, point := Format{';', true, true, true}, Format{',', false, true, true}
	for locale, want := range map[string]Format{
		"": point, "C": point, "en_US.UTF-8": point, "en_GB": point, "de_DE.UTF-8": comma, "de": comma, "de-AT": comma,
		"de_CH.UTF-8": point, "fr_FR@euro": comma, "es_ES": comma, "es_MX": point, "pt_BR": comma, "ja_JP": point, "en_ZA": comma,
	} {
		got, err := Options{Preset: "spreadsheet", Locale: locale}.Format()
		if err != nil || got != want {
			t.Errorf("%q: %+v, %v", locale, got, err)
		}
		for _, preset := range []string{"", "data", "jira"} {
			if got, err := (Options{Preset: preset, Locale: locale}).Format(); err != nil || got.Separator != ',' || got.DecimalComma || got.Mark {
				t.Errorf("%q for %q depends on the locale: %+v, %v", preset, locale, got, err)
			}
		}
	}
}

func TestChoicesGoBeforeThePreset(t *testing.T) {
	got, err := Options{Preset: "spreadsheet", Locale: "de_DE", Separator: "tab", Decimal: "point", Mark: "no"}.Format()
	if err != nil || got != (Format{Separator: '\t', Guard: true}) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, wrong := range []Options{{Preset: "excel"}, {Separator: "|"}, {Decimal: ";"}, {Mark: "maybe"}} {
		if _, err := wrong.Format(); review.CodeOf(err) != review.BadArgument {
			t.Errorf("%+v answers %v", wrong, err)
		}
	}
}

func TestADecimalCommaIsOneFieldInAnyTable(t *testing.T) {
	for f, want := range map[Format]string{
		{Separator: ';', DecimalComma: true, Guard: true}: "-0,5;'-0.5\r\n",
		{Separator: ',', DecimalComma: true}:              "\"-0,5\",-0.5\r\n",
		{Separator: '\t', Mark: true}:                     "-0.5\t-0.5\r\n",
	} {
		var out bytes.Buffer
		table := newRows(&out, f, "test", []cell{{"a", true}, {"b", true}})
		if err := table.row(number(-.5, 6), text("-0.5")); err != nil {
			t.Fatal(err)
		}
		if err := table.end(); err != nil {
			t.Fatal(err)
		}
		_, row, _ := bytes.Cut(out.Bytes(), []byte("\r\n"))
		if string(row) != want || bytes.HasPrefix(out.Bytes(), []byte("\ufeff")) != f.Mark {
			t.Errorf("%+v: %q, want %q", f, out.String(), want)
		}
	}
}

// What a preset decides can be shown to a person, and chosen again.
func TestWhatAPresetDecidesCanBeTold(t *testing.T) {
	got, err := Options{Preset: "spreadsheet", Locale: "de_DE"}.Settled()
	if err != nil || got.Separator != "semicolon" || got.Decimal != "comma" || got.Mark != "yes" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, o := range []Options{{}, {Preset: "data", Locale: "de"}, {Preset: "jira"}, {Preset: "spreadsheet", Separator: "tab", Mark: "no"}} {
		told, err := o.Settled()
		want, _ := o.Format()
		if again, failed := told.Format(); err != nil || failed != nil || again != want {
			t.Errorf("%+v: told as %+v it is %+v, want %+v", o, told, again, want)
		}
	}
	if _, err := (Options{Preset: "excel"}).Settled(); review.CodeOf(err) != review.BadArgument {
		t.Errorf("an unknown preset answers %v", err)
	}
}
