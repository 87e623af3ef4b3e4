package library

import (
	"context"
	"io"
	"slices"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/data/render"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// NoSuchCategory is answered for a chart of a category, or of a queue where
// there are none, that no call of the period has. Args: name.
const NoSuchCategory review.Code = "no-such-category"

// Chart says which figures are to be drawn, and how.
type Chart struct {
	Of     Drawn
	Name   string       // the category of UnlumpChart, or the issue of TrendChart
	By     ranking.Step // the periods of TrendChart
	Filter desk.Filter
	Words  render.Words
	Dark   bool
}

// Drawn is what a chart shows.
type Drawn string

// The charts.
const (
	RankingChart Drawn = "ranking"
	UnlumpChart  Drawn = "unlump"
	TrendChart   Drawn = "trend"
)

// ChartFile writes a chart to a file, whole or not at all, as the kind of
// picture that the file's name tells. It answers [render.NotAPicture],
// [NoSuchCategory] or [review.NoIssue].
func (l *Library) ChartFile(ctx context.Context, file string, c Chart) error {
	page, err := l.page(ctx, c)
	if err != nil {
		return err
	}
	colours := render.Light
	if c.Dark {
		colours = render.Dark
	}
	picture, err := render.File(file, page, colours)
	if err != nil {
		return err
	}
	return csv.WriteFile(ctx, file, func(w io.Writer) error {
		_, err := w.Write(picture)
		return err
	})
}

func (l *Library) page(ctx context.Context, c Chart) (chart.Page, error) {
	switch c.Of {
	case UnlumpChart:
		return l.unlumpPage(ctx, c)
	case TrendChart:
		return l.trendPage(ctx, c)
	}
	ranked, err := l.Rank(ctx, c.Filter)
	return c.Words.Ranking(ranked), err
}

func (l *Library) unlumpPage(ctx context.Context, c Chart) (chart.Page, error) {
	cards, err := l.Unlump(ctx, c.Filter)
	if err != nil {
		return chart.Page{}, err
	}
	i := slices.IndexFunc(cards, func(card ranking.Card) bool { return review.SameName(card.Category, c.Name) })
	if i < 0 {
		return chart.Page{}, review.Fail(NoSuchCategory, review.Args{"name": c.Name})
	}
	codebook, err := l.Issues(ctx)
	return c.Words.Unlump(cards[i], codebook), err
}

func (l *Library) trendPage(ctx context.Context, c Chart) (chart.Page, error) {
	trend, err := l.Trend(ctx, c.Name, c.Filter, c.By)
	if err != nil {
		return chart.Page{}, err
	}
	codebook, err := l.Issues(ctx)
	place := slices.IndexFunc(codebook, func(i review.Issue) bool { return i.ID == trend.Issue.ID })
	return c.Words.Trend(trend, max(0, place)), err
}
