package catalog

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// metadata reads a request's table.
func (c *Catalog) metadata(ctx context.Context, s *scan, req desk.ImportRequest) (*table, error) {
	open, err := c.opens(ctx, req.Metadata)
	if err != nil {
		return nil, err
	}
	t, err := readTable(ctx, open, c.guide(s.profile, req))
	return t, aboutTable(ctx, err, req.Metadata)
}

// guide is what is known of a request's table.
func (c *Catalog) guide(profile *reading, req desk.ImportRequest) guide {
	g := guide{zone: c.zone, arranged: req.Table}
	if profile != nil {
		g.vendor = profile.Table(filepath.ToSlash(req.Metadata))
	}
	return g
}

// opens makes an opener of the file, unless to open it may wait for ever. What
// keeps a file at an address from being read is told as it is.
func (c *Catalog) opens(ctx context.Context, file string) (opener, error) {
	if review.Elsewhere(file) {
		return func() (io.ReadCloser, error) { return c.reader(ctx)(file) }, nil
	}
	info, err := os.Stat(file)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, review.Fail(Unreadable, review.Args{"file": filepath.Base(file)}).Because(review.WithoutPath(err))
	}
	return func() (io.ReadCloser, error) { return os.Open(file) }, nil
}

// aboutTable says which table an error is about, without its path.
func aboutTable(ctx context.Context, err error, file string) error {
	args := review.Args{"file": filepath.Base(file)}
	switch code := review.CodeOf(err); {
	case err == nil || ctx.Err() != nil || code == desk.NoColumn || code == review.BadArgument:
		return err
	case review.Elsewhere(file) && code != NotText && code != NoColumns:
		return err
	case code == review.Internal:
		return review.Fail(Unreadable, args).Because(review.WithoutPath(err))
	default:
		return review.Fail(code, args)
	}
}

// rest yields what is wrong with the table.
func (s *scan) rest(ctx context.Context, yield func(desk.Found) error) error {
	folder, name := filepath.Dir(s.metadata), filepath.Base(s.metadata)
	if review.Elsewhere(s.metadata) {
		folder, name = path.Split(s.metadata)
		folder = strings.TrimSuffix(folder, "/")
	}
	return s.table.rest(func(found desk.Found) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		found.Root, found.Name = folder, name
		return yield(found)
	})
}

var _ desk.Tables = (*Catalog)(nil)

// PreviewTable does what desk.Tables asks.
func (c *Catalog) PreviewTable(ctx context.Context, req desk.ImportRequest) (desk.TablePreview, error) {
	open, err := c.opens(ctx, req.Metadata)
	if err != nil {
		return desk.TablePreview{}, err
	}
	profile, err := c.reading(ctx, req)
	if err != nil {
		return desk.TablePreview{}, err
	}
	d, err := c.guide(profile, req).study(open)
	if err == nil && d.columns.days == unknownOrder && d.ambiguous {
		d.columns.days, err = d.readOrder(ctx, open)
	}
	if err != nil {
		return desk.TablePreview{}, aboutTable(ctx, err, req.Metadata)
	}
	return d.preview(req.Table), nil
}

// preview shows what was found out, over what was arranged.
func (d *dialect) preview(asked desk.Arrangement) desk.TablePreview {
	p := desk.TablePreview{Arrangement: asked, Rows: len(d.sample), Usable: d.columns.usable(), Ambiguous: d.ambiguous, Said: asked}
	p.Encoding, p.Separator, p.Header = d.encoding, string(d.comma), "no"
	if d.header {
		p.Header = "yes"
	}
	if d.records {
		p.Separator, p.Header = jsonText, "yes"
	}
	p.Days = map[dayOrder]string{dayFirst: "day", monthFirst: "month"}[d.columns.days]
	p.Zone = d.zoneName()
	if p.Tolerance == 0 {
		p.Tolerance = desk.StandardTolerance
	}
	p.Arrangement.Columns = map[string]desk.Meaning{}
	for i, one := range d.columns.all {
		shown := desk.PreviewColumn{Name: one.name, Means: d.columns.means(i), Guessed: one.by}
		p.Arrangement.Columns[one.name] = shown.Means
		for _, cells := range d.sample {
			if i < len(cells) && len(shown.Cells) < desk.MostSamples {
				cell := Clean(cells[i])
				shown.Cells, shown.Shapes = append(shown.Cells, review.Hide(cell)), append(shown.Shapes, shapeOf(cell))
			}
		}
		p.Columns = append(p.Columns, shown)
	}
	return p
}

// means is what a column is taken for.
func (c *columns) means(at int) desk.Meaning {
	for f, column := range c.at {
		if column == at {
			return meaningOf[f]
		}
	}
	for _, e := range c.extra {
		if e.at == at {
			return desk.MeansField
		}
	}
	return desk.MeansNothing
}

// shapeOf is what anyone may see of a cell that may be a person's.
func shapeOf(cell string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '0'
		case unicode.IsLetter(r) || unicode.IsMark(r):
			return 'x'
		}
		return r
	}, cell)
}

// zoneName names a zone. That of the computer has no name but its offset, at the
// time of the first start.
func (d *dialect) zoneName() string {
	zone, at := d.columns.zone, d.columns.at[fieldStart]
	if zone.String() != "Local" {
		return zone.String()
	}
	for _, cells := range d.sample {
		if at < 0 || at >= len(cells) {
			continue
		}
		if t, err := parseStartIn(Clean(cells[at]), zone, max(d.columns.days, dayFirst)); err == nil {
			return "UTC" + t.In(zone).Format("-07:00")
		}
	}
	return zone.String()
}
