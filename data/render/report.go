package render

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/report"
)

// NotAPage is answered for a weekly page whose file does not end in .html. Args:
// file.
const NotAPage review.Code = "not-a-page"

// CheckPage answers [NotAPage].
func CheckPage(file string) error {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".html", ".htm":
		return nil
	}
	return review.Fail(NotAPage, review.Args{"file": filepath.Base(file)})
}

//go:embed report.html
var reportText string

var reportTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("report").Parse(reportText)) })

// reportWidth is that of the charts, in points: the column of an A4 page or one
// of US Letter that is left between the margins.
const reportWidth = 660.0

// Report writes a weekly page as one HTML file: it needs no other file, no net
// and no script, and prints on A4 as on Letter.
func (w Words) Report(out io.Writer, p report.Page) error {
	view, err := w.view(p)
	if err == nil {
		err = reportTemplate().Execute(out, view)
	}
	if err != nil {
		return fmt.Errorf("write weekly page: %w", err)
	}
	return nil
}

// sheet is what the template shows. It holds sentences and pictures only.
type sheet struct {
	Lang, Title, Kicker, Of          string
	Summary, Drawn, Limits           []string
	Ranking                          *figure
	Cards                            []figure
	CardsNote, CardsLeft, TrendsNote string
	Effects                          []effect
	Trends                           []figure
	Words                            []quote
	Praise                           *quote
	Decisions                        []decision

	say func(text.Key, review.Args) string
}

// Text is a fixed text of the page, by the part of its key behind the area.
func (s sheet) Text(name string) string { return s.say(text.Key("report."+name), nil) }

type figure struct {
	Title, Note string
	Picture     template.HTML
	Foot        []string
}

type effect struct {
	Issue, Fixed string
	Lines        []string
}

type quote struct{ Words, Source string }

type decision struct{ Issue, Owner, State, Next string }

func (w Words) view(p report.Page) (sheet, error) {
	s := sheet{
		Lang: w.Texts.Lang(), Title: w.Texts.Say("report.title", nil), say: w.Texts.Say,
		Kicker:  w.Line(report.Line{Key: "report.kicker", Args: review.Args{"day": p.Made}}),
		Of:      w.scope(p.Ranked.Filter),
		Summary: w.summary(p.Ranked), Drawn: w.lines(p.Drawn), Limits: w.lines(p.Limits),
	}
	for _, q := range p.Words {
		s.Words = append(s.Words, w.quote(q))
	}
	if p.Praise != nil {
		praise := w.quote(*p.Praise)
		if p.Praise.Words == "" {
			praise.Words = w.Texts.Say("report.praise-wordless", nil)
		}
		s.Praise = &praise
	}
	for _, e := range p.Effects {
		fixed := w.Line(report.Line{Key: "report.fixed", Args: review.Args{"day": e.Fixed}})
		s.Effects = append(s.Effects, effect{e.Issue, fixed, w.lines(e.Lines)})
	}
	for _, d := range p.Decisions {
		s.Decisions = append(s.Decisions, w.decision(d))
	}
	err := w.figures(p, &s)
	return s, err
}

// figures draws the charts of a page.
func (w Words) figures(p report.Page, s *sheet) error {
	if p.Ranked.Counts.Heard > 0 && len(p.Ranked.Issues) > 0 {
		ranking, err := w.figure(w.Ranking(p.Ranked), p.More)
		if err != nil {
			return err
		}
		ranking.Title, ranking.Note = "", "" // the page says it
		s.Ranking = &ranking
	}
	for _, c := range p.Cards {
		f, err := w.figure(w.Unlump(c.Card, p.Codebook), c.More)
		if err != nil {
			return err
		}
		s.CardsNote, f.Foot = f.Foot[0], f.Foot[1:] // the same for all cards
		s.Cards = append(s.Cards, f)
	}
	if p.MoreCards > 0 {
		s.CardsLeft = w.Texts.Say("report.cards-left", review.Args{"n": p.MoreCards})
	}
	for _, t := range p.Trends {
		f, err := w.figure(w.Trend(t, place(p.Codebook, t.Issue.ID)), 0)
		if err != nil {
			return err
		}
		s.TrendsNote, f.Foot = f.Foot[0], nil // the same for all of them too
		s.Trends = append(s.Trends, f)
	}
	return nil
}

func place(codebook []review.Issue, id string) int {
	for i, issue := range codebook {
		if issue.ID == id {
			return i
		}
	}
	return 0
}

// figure is a chart below its own heading; left rows did not fit.
func (w Words) figure(page chart.Page, left int) (figure, error) {
	scene := page.Body.Scene(reportWidth, Ruler())
	scene.Title = page.Title
	var b bytes.Buffer
	if err := SVG(&b, scene, Light); err != nil {
		return figure{}, err
	}
	// Within HTML the name space goes without saying, and so the page holds no
	// address at all.
	svg := strings.Replace(b.String(), ` xmlns="`+svgSpace+`"`, "", 1)
	f := figure{Title: page.Title, Note: page.Note, Picture: template.HTML(svg), Foot: []string{page.Foot}}
	if left > 0 {
		f.Foot = append(f.Foot, w.Texts.Say("chart.left-out", review.Args{"n": left}))
	}
	return f, nil
}

// Line says a sentence. Whatever it is filled with is written in the language.
func (w Words) Line(l report.Line) string {
	args := review.Args{}
	for name, arg := range l.Args {
		switch v := arg.(type) {
		case report.Share:
			arg = w.Texts.Percent(float64(v))
		case time.Time:
			arg = w.Texts.Date(v, w.Zone)
		}
		args[name] = arg
	}
	return w.Texts.Say(text.Key(l.Key), args)
}

func (w Words) lines(all []report.Line) []string {
	var said []string
	for _, l := range all {
		said = append(said, w.Line(l))
	}
	return said
}

// scope says which calls the page is about.
func (w Words) scope(f desk.Filter) string {
	key := "report.from-to"
	switch {
	case f.From.IsZero() && f.To.IsZero():
		key = "report.all-calls"
	case f.To.IsZero():
		key = "report.since"
	case f.From.IsZero():
		key = "report.before"
	}
	of := w.Line(report.Line{Key: key, Args: review.Args{"from": f.From, "to": f.To}})
	if f.Queue != "" {
		of += " · " + w.Texts.Say("report.queue", review.Args{"queue": f.Queue})
	}
	return of
}

func (w Words) summary(r desk.Ranked) []string {
	c := r.Counts
	if c.Heard == 0 {
		return []string{w.Texts.Say("report.none", nil)}
	}
	lines := []report.Line{{Key: "report.heard", Args: review.Args{"n": c.Heard, "frame": c.Frame}}}
	if !c.First.IsZero() {
		lines = append(lines, report.Line{Key: "report.began", Args: review.Args{"from": c.First, "to": c.Last}})
	}
	lines = append(lines, report.Line{Key: "report.distinct", Args: review.Args{"n": len(c.Issues)}})
	return w.lines(lines)
}

func (w Words) quote(q report.Quote) quote {
	say := w.Texts.Say
	source := say("report.said", review.Args{"day": w.Texts.Date(q.Call, w.Zone), "at": w.Texts.Clock(q.At)})
	if q.Category != "" {
		source += " · " + say("report.filed", review.Args{"category": q.Category})
	}
	if q.Issue != "" {
		source = q.Issue + " · " + source
	}
	return quote{say("report.quote", review.Args{"words": q.Words}), source}
}

func (w Words) decision(d report.Decision) decision {
	keys := map[review.Progress]text.Key{review.Fixing: "rank.state_fixing", review.Fixed: "rank.state_fixed"}
	key, ok := keys[d.State]
	if !ok {
		key = "rank.state_open"
	}
	out := decision{Issue: d.Issue, Owner: d.Owner, Next: d.Next}
	out.State = w.Texts.Say(key, review.Args{"day": w.Texts.Date(d.Since(w.Zone), w.Zone)})
	if out.Owner == "" {
		out.Owner = w.Texts.Say("report.nobody", nil)
	}
	if out.Next == "" {
		out.Next = w.Texts.Say("report.nothing", nil)
	}
	return out
}
