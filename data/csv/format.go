package csv

import (
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// Preset says who will read a table.
type Preset string

// The presets. The unnamed one is what "spreadsheet" was before it knew
// languages: commas, decimal points, no mark, texts guarded. It is the same on
// every computer, so a script may count on it.
const (
	Plain       Preset = ""
	Spreadsheet Preset = "spreadsheet" // opens right where a person double-clicks it
	Data        Preset = "data"        // raw, for programs
	Jira        Preset = "jira"        // the columns that Jira's importer knows; of a ranking only
)

// A Format is how the cells of a table are written down.
type Format struct {
	Separator    byte // comma, semicolon or tab
	DecimalComma bool // 0,5 instead of 0.5
	Mark         bool // the file begins with U+FEFF, by which Excel knows UTF-8
	Guard        bool // texts that a spreadsheet would run get an apostrophe
}

// Options are what a person asks of a file; what is "" is as the preset has it.
type Options struct {
	Preset    string // "", spreadsheet, data or jira
	Separator string // comma, semicolon or tab
	Decimal   string // point or comma
	Mark      string // yes or no
	Locale    string // such as de_DE.UTF-8, for the spreadsheet preset
}

// Format is how a table is written that is asked for so. It answers
// [review.BadArgument].
func (o Options) Format() (Format, error) {
	if !slices.Contains([]Preset{Plain, Spreadsheet, Data, Jira}, Preset(o.Preset)) {
		return Format{}, review.Fail(review.BadArgument, review.Args{"name": "preset", "value": o.Preset})
	}
	f := Preset(o.Preset).Format(o.Locale)
	if o.Separator != "" {
		separator, ok := map[string]byte{"comma": ',', "semicolon": ';', "tab": '\t'}[o.Separator]
		if !ok {
			return f, review.Fail(review.BadArgument, review.Args{"name": "separator", "value": o.Separator})
		}
		f.Separator = separator
	}
	var err error
	choose := func(name, value, yes, no string, to *bool) {
		switch value {
		case "":
		case yes, no:
			*to = value == yes
		default:
			err = review.Fail(review.BadArgument, review.Args{"name": name, "value": value})
		}
	}
	choose("decimal", o.Decimal, "comma", "point", &f.DecimalComma)
	choose("bom", o.Mark, "yes", "no", &f.Mark)
	return f, err
}

// Format is how the preset writes for a reader of the locale.
func (p Preset) Format(locale string) Format {
	switch p {
	case Spreadsheet:
		f := Format{Separator: ',', Mark: true, Guard: true}
		if decimalComma(locale) {
			f.Separator, f.DecimalComma = ';', true
		}
		return f
	case Data, Jira:
		return Format{Separator: ','}
	}
	return Format{Separator: ',', Guard: true}
}

// Locale is the locale whose numbers the environment asks for, or "".
func Locale(getenv func(string) string) string {
	for _, name := range []string{"EARSHOT_LANG", "LC_ALL", "LC_NUMERIC", "LANG"} {
		if value := getenv(name); value != "" {
			return value
		}
	}
	return ""
}

// commaLanguages write decimals with a comma, by the Unicode CLDR, but for the
// pointRegions. Spreadsheets part fields by semicolons where they do.
const (
	commaLanguages = " af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk ky lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi "
	pointRegions   = " de_CH de_LI it_CH es_419 es_DO es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_SV es_US "
)

func decimalComma(locale string) bool {
	locale, _, _ = strings.Cut(locale, ".") // the encoding
	locale, _, _ = strings.Cut(locale, "@") // the currency
	language, region, _ := strings.Cut(strings.ReplaceAll(locale, "-", "_"), "_")
	language, region = strings.ToLower(language), strings.ToUpper(region)
	holds := func(list, item string) bool { return item != "" && strings.Contains(list, " "+item+" ") }
	return holds(commaLanguages, language) && !holds(pointRegions, language+"_"+region) || language+"_"+region == "en_ZA"
}
