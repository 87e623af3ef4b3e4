package render

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/report"
)

// weekly is a page with something in each of its parts.
func weekly() report.Page {
	day := time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)
	counts := ranking.Counts{
		Frame: 99344, Heard: 64, First: day, Last: day.AddDate(0, 0, 9),
		Issues: []ranking.IssueCount{{ID: "a", Name: `Old <address> & "more"`, Calls: 30}, {ID: "b", Name: "Charged twice", Calls: 28}},
	}
	card := ranking.Unlump([]ranking.CategoryCount{{Category: "Billing – other", Calls: 100, Heard: 20, Issues: counts.Issues[:1]}})[0]
	follow := review.Follow{Owner: "Billing team", State: review.Fixed, On: "2026-11-10", Next: "Print the due date"}
	point := ranking.Point{From: day, To: day.AddDate(0, 0, 7), OK: true, Share: ranking.Share{Part: .4, Low: .3, High: .5}}
	later := point
	later.From, later.To = point.To, point.To.AddDate(0, 0, 7)
	return report.Page{
		Made: day, Ranked: desk.Ranked{Counts: counts, Issues: ranking.Rank(counts, 8), Filter: desk.Filter{From: day, Queue: "Billing"}},
		More: 3, Codebook: []review.Issue{{ID: "a", Name: "Old address"}},
		Drawn: []report.Line{{Key: "report.draw", Args: review.Args{"n": 1, "size": 64, "frame": 99344, "day": day, "done": 64}}},
		Cards: []report.Card{{Card: card, More: 2}}, MoreCards: 4,
		Effects: []report.Effect{{Issue: "Old address", Fixed: day, Lines: report.Told(ranking.Effect{
			Verdict: ranking.Down, Before: ranking.Measured{Share: ranking.Share{Part: .47}}, Luck: true, HearMore: 9, HearBefore: 8,
		})}},
		Trends:    []desk.Trend{{Issue: review.Issue{ID: "a", Name: "Old address"}, Points: []ranking.Point{point, later}}},
		Words:     []report.Quote{{Words: "<script>alert(1)</script>\n& twice", Issue: "Charged twice", Category: "Contract", Call: day, At: 65 * time.Second}},
		Praise:    &report.Quote{Call: day},
		Decisions: []report.Decision{{Issue: "Old address", Follow: follow}, {Issue: "Charged twice"}},
		Limits:    []report.Line{{Key: "report.limit-not-covered", Args: review.Args{"p": report.Share(.25)}}},
	}
}

func written(t *testing.T, lang string, p report.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := (Words{text.For(lang), time.UTC}).Report(&b, p); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(b.String(), "\u202f", " ")
}

// Whoever gets the file sees all of it without anything else, and it can do
// nothing.
func TestTheWeeklyPageNeedsNothingElse(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		page := written(t, lang, weekly())
		if found := regexp.MustCompile(`(?i)https?:|<script|<link|<img|<iframe|src=|href=|url\(|@import|\son[a-z]+=`).FindString(page); found != "" {
			t.Errorf("%s: the page holds %q", lang, found)
		}
		_, body, _ := strings.Cut(page, "</style>")
		if found := regexp.MustCompile(`\[\?|\{[a-z_]+\}|ZgotmplZ`).FindString(body); found != "" {
			t.Errorf("%s: a text is missing or not filled: %q", lang, found)
		}
		if strings.Count(page, "<svg") != 3 || !strings.Contains(page, `<html lang="`+lang+`">`) {
			t.Errorf("%s: %d charts", lang, strings.Count(page, "<svg"))
		}
	}
}

func TestTheWeeklyPageSaysItInTheReadersLanguage(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {
			"64 calls were drawn by chance and heard to the end, of 99,344 calls.", "Calls from 10 Nov 2026 on · Queue: Billing",
			"Old &lt;address&gt; &amp;", ">47 %<", ">35–59 %<", "3 rarer issues are left out.", "4 smaller categories are left out.", "From 47 %",
			"&lt;script&gt;alert(1)&lt;/script&gt;\n&amp; twice", "Charged twice · Call of 10 Nov 2026, at 1:05 · filed under Contract",
			"<td>Billing team</td><td>fixed on 10 Nov 2026</td><td>Print the due date</td>", "<td>nobody yet</td><td>open</td><td>nothing yet</td>",
			"Of 25 % of the calls nothing is known",
		},
		"de": {"64 Gespräche wurden zufällig gezogen", "von 99.344 Gesprächen", "Gespräche ab 10. Nov. 2026", "„&lt;script&gt;", ">47 %<"},
	} {
		page := written(t, lang, weekly())
		for _, sentence := range want {
			if !strings.Contains(page, sentence) {
				t.Errorf("%s: %q is not on the page", lang, sentence)
			}
		}
	}
}

func TestAnEmptyWeeklyPageSaysThatItIs(t *testing.T) {
	page := written(t, "en", report.Page{})
	for _, sentence := range []string{"Nothing was heard in this period", "No words were noted.", "Nobody was praised yet.", "Nothing to decide yet."} {
		if !strings.Contains(page, sentence) {
			t.Errorf("%q is not on the page", sentence)
		}
	}
	if strings.Contains(page, "<svg") {
		t.Error("it holds a chart of nothing")
	}
}

func TestAWeeklyPageIsHTML(t *testing.T) {
	if err := CheckPage("Week 47.HTML"); err != nil {
		t.Error(err)
	}
	if err := CheckPage("week.pdf"); review.CodeOf(err) != NotAPage {
		t.Errorf("answered %v", err)
	}
}
