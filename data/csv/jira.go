package csv

import (
	"io"
	"strings"
	"unicode"

	texts "github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// maxSummary is the longest summary that Jira takes, in letters.
const maxSummary = 255

// WriteJira writes the ranking as Jira's importer takes it: commas, a header
// without punctuation, and of its fields those that every project has. Summary
// is the one it insists on. Labels are parted by spaces, so that none holds one.
// Priorities differ from one Jira to the next and are left to it.
func WriteJira(w io.Writer, f Format, r desk.FullRanking, words *texts.Catalog) error {
	t := newTable(w, f, "jira")
	for _, i := range r.Issues {
		labels := []string{"earshot"}
		for _, category := range i.Categories {
			labels = append(labels, label(category))
		}
		summary := []rune(i.Name)
		summary = summary[:min(len(summary), maxSummary)]
		if err := t.row(text(string(summary)), text(describe(r, i, words)), text(strings.Join(labels, " "))); err != nil {
			return err
		}
	}
	return t.end()
}

// label is a category as one word.
func label(category string) string {
	parts := strings.FieldsFunc(category, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(parts, "-")
}

// describe is what whoever reads the ticket has to know.
func describe(r desk.FullRanking, i ranking.Ranked, words *texts.Catalog) string {
	lines := []string{r.About[i.ID].Definition, words.Say("csv.jira", review.Args{
		"calls": i.Calls, "heard": r.Counts.Heard, "share": words.Percent(i.Share.Part),
		"interval": words.PercentRange(i.Share.Low, i.Share.High), "week": words.Range(int(i.PerWeek.Low), int(i.PerWeek.High)),
	})}
	for _, more := range []struct {
		key  texts.Key
		text string
	}{
		{"csv.jira-categories", strings.Join(i.Categories, ", ")}, {"csv.jira-owner", i.Follow.Owner}, {"csv.jira-next", i.Follow.Next},
	} {
		if more.text != "" {
			lines = append(lines, words.Say(more.key, review.Args{"text": more.text}))
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
