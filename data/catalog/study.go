package catalog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// sampled is how many rows are looked at to know what columns hold.
const sampled = 200

// study looks at the beginning of a table to know how it is written. It answers
// the reader's error, [NotText] or one about the guide's arrangement.
func (g guide) study(open opener) (*dialect, error) {
	file, err := open()
	if err != nil {
		return nil, err
	}
	d := &dialect{}
	start, err := d.begin(file, g.arranged.Encoding)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if g.arranged.Separator == "" && beginsRecords(start) {
		d.wrapped = g.wrapped(start)
		return d, g.studyRecords(d, open)
	}
	best, wrong := -1, error(nil)
	for _, comma := range []byte(g.separators(d.named)) {
		rows, err := d.rows(start, comma)
		if err != nil {
			return nil, err
		}
		try := dialect{comma: comma}
		if err := g.columnsOf(&try, rows); err != nil {
			if wrong == nil || review.CodeOf(wrong) == desk.NoColumn {
				wrong = err // with another separator there may be such a column
			}
			continue
		}
		if score := try.score(); score > best {
			best = score
			d.comma, d.header, d.columns, d.sample, d.ambiguous = try.comma, try.header, try.columns, try.sample, try.ambiguous
		}
	}
	if best < 0 {
		return nil, wrong
	}
	return d, nil
}

// begin reads the beginning of a table as far as it is whole lines.
func (d *dialect) begin(file io.Reader, asked string) ([]byte, error) {
	switch asked {
	case "", utf8Text, utf16Little, utf16Big, windows1252:
	default:
		return nil, badArrangement("encoding", asked)
	}
	text, encoding, err := decoded(file, asked)
	if err != nil {
		return nil, err
	}
	d.encoding, d.latin = encoding, encoding == windows1252
	start, err := text.Peek(head)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if d.oldMac = bytes.IndexByte(start, '\n') < 0 && bytes.IndexByte(start, '\r') >= 0; d.oldMac {
		start = bytes.ReplaceAll(start, []byte("\r"), []byte("\n"))
	}
	if end := bytes.LastIndexByte(start, '\n'); len(start) == head && end >= 0 {
		start = start[:end+1]
	}
	line, rest, _ := bytes.Cut(start, []byte("\n"))
	if !isText(string(line)) {
		return nil, review.Fail(NotText, nil)
	}
	if m := naming().FindSubmatch(line); m != nil {
		d.named, start = string(m[1]), rest
	}
	return slices.Clone(start), nil
}

// naming is a line by which a table tells a spreadsheet program its separator.
var naming = lazily(`^(?i)"?sep=([,;\t|])"?\r?$`)

// separators are those that the table may have, which may name one itself.
func (g guide) separators(named string) string {
	switch {
	case g.arranged.Separator == "tab":
		return "\t"
	case g.arranged.Separator != "":
		return g.arranged.Separator[:1]
	case named != "":
		return named
	case g.vendor != nil && g.vendor.Separator != "":
		return g.vendor.Separator[:1]
	}
	return separators
}

// rows cuts the beginning of a table.
func (d *dialect) rows(start []byte, comma byte) ([][]string, error) {
	s := &splitter{in: bufio.NewReader(bytes.NewReader(start)), comma: comma, latin: d.latin}
	var rows [][]string
	for len(rows) < sampled {
		r, err := s.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if cells := trimRight(r.cells, 0); len(cells) > 0 {
			rows = append(rows, slices.Clone(cells))
		}
	}
	return rows, nil
}

// columnsOf finds out what the columns of some rows are.
func (g guide) columnsOf(d *dialect, rows [][]string) error {
	zone, told, err := g.clock()
	if err != nil {
		return err
	}
	var first []string
	if len(rows) > 0 {
		first = rows[0]
	}
	vendors := g.vendorHeader(first)
	switch said := g.arranged.Header; {
	case said != "" && said != "yes" && said != "no":
		return badArrangement("header", said)
	case said == "yes", said == "" && vendors == nil && (g.names(first) || isHeader(rows)):
		d.header, d.columns = true, matchColumns(first, zone)
		rows = rows[min(1, len(rows)):]
	case vendors != nil:
		d.columns = matchColumns(vendors, zone)
	default:
		d.columns = placeColumns(usualWidth(rows), zone)
	}
	c := &d.columns
	if d.records {
		c.nested()
	}
	c.utc = c.utc || told
	if told {
		c.zone = zone
	}
	if err := g.vendorSays(c); err != nil {
		return err
	}
	c.guess(rows)
	if err := c.say(g.arranged.Columns, desk.BySaid, true); err != nil {
		return err
	}
	if told {
		c.zone, c.utc = zone, true
	}
	d.sample = rows
	return g.order(d)
}

// clock is the zone of starts without an offset, and whether a person said so.
func (g guide) clock() (zone *time.Location, told bool, err error) {
	if g.arranged.Zone == "" {
		return g.zone, false, nil
	}
	if zone, err = time.LoadLocation(g.arranged.Zone); err != nil {
		return nil, false, badArrangement("zone", g.arranged.Zone)
	}
	return zone, true, nil
}

// order finds out which comes first in the days of the sample.
func (g guide) order(d *dialect) error {
	switch said := g.arranged.Days; said {
	case "day":
		d.columns.days = dayFirst
		return nil
	case "month":
		d.columns.days = monthFirst
		return nil
	case "":
	default:
		return badArrangement("days", said)
	}
	var guess orderGuess
	if at := d.columns.at[fieldStart]; at >= 0 {
		for _, cells := range d.sample {
			if at < len(cells) {
				guess.add(Clean(cells[at]))
			}
		}
	}
	d.ambiguous = guess.known || guess.told[dayFirst] || guess.told[monthFirst]
	return nil
}

// vendorHeader is the header that the profile knows for a table without one.
func (g guide) vendorHeader(first []string) []string {
	if g.vendor == nil || len(first) == 0 {
		return nil
	}
	return g.vendor.Header(first)
}

// vendorSays gives columns the meanings that the profile knows.
func (g guide) vendorSays(c *columns) error {
	if g.vendor == nil {
		return nil
	}
	means := map[string]desk.Meaning{}
	for name, m := range g.vendor.Means {
		if means[name] = desk.Meaning(m); m == "" {
			means[name] = desk.MeansNothing
		}
	}
	for _, name := range g.vendor.Keep {
		means[name] = desk.MeansField
	}
	if err := c.say(means, desk.ByProfile, false); err != nil {
		return fmt.Errorf("read a profile's columns: %w", err)
	}
	for name, m := range g.vendor.Otherwise {
		if at := slices.Index(meaningOf[:], desk.Meaning(m)); at < 0 || c.at[at] >= 0 {
			continue
		}
		if err := c.say(map[string]desk.Meaning{name: desk.Meaning(m)}, desk.ByProfile, false); err != nil {
			return fmt.Errorf("read a profile's columns: %w", err)
		}
	}
	return nil
}

// names reports whether a row holds a column that the person named.
func (g guide) names(first []string) bool {
	return slices.ContainsFunc(first, func(cell string) bool {
		for name := range g.arranged.Columns {
			if plain(name) != "" && plain(name) == plain(cell) && strings.Trim(plain(name), "0123456789") != "" {
				return true
			}
		}
		return false
	})
}

// usualWidth is the number of cells that most rows have.
func usualWidth(rows [][]string) int {
	counts, best := map[int]int{}, 0
	for _, cells := range rows {
		counts[len(cells)]++
	}
	for width, n := range counts {
		if n > counts[best] || n == counts[best] && width > best {
			best = width
		}
	}
	return best
}

// score is how well a separator makes columns of the rows: known ones first,
// then rows of one width.
func (d *dialect) score() int {
	score := d.columns.found() * (sampled + 1)
	if d.columns.width < 2 {
		return score
	}
	for _, cells := range d.sample {
		if len(cells) <= d.columns.width {
			score++
		}
	}
	return score
}
