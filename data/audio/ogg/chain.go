package ogg

import (
	"errors"
	"io"
	"slices"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// maxLinks bounds how long a file is looked through when it is opened.
const maxLinks = 1000

// findLinks splits a chain into its links (RFC 3533, 4): each begins with pages
// that begin its streams, and no two share the number of a stream. So the end of
// a link is found by halving what is behind it.
func findLinks(r io.ReaderAt, size int64) (links []*io.SectionReader, err error) {
	for at := int64(0); at < size && len(links) < maxLinks; {
		rest := io.NewSectionReader(r, at, size-at)
		length, err := firstLink(rest)
		if err != nil {
			return nil, err
		}
		links = append(links, io.NewSectionReader(r, at, length))
		at += length
	}
	return links, nil
}

// firstLink is the length of the first link.
func firstLink(r *io.SectionReader) (int64, error) {
	d := &demuxer{r: r, size: r.Size()}
	serials, low := d.serials()
	if len(serials) == 0 {
		return d.size, nil // what is wrong is told when it is opened
	}
	high, err := d.foreign(max(low, d.size-maxPage), d.size, serials)
	if err != nil || high == d.size {
		return d.size, err
	}
	for high-low > near {
		middle := low + (high-low)/2
		p, err := d.findAny(middle, high)
		switch {
		case errors.Is(err, io.EOF) || err == nil && slices.Contains(serials, p.serial):
			low = middle
		case err == nil:
			high = p.start
		default:
			return 0, err
		}
	}
	return d.foreign(low, high, serials)
}

// foreign is where the first page begins that is of none of the streams, at at
// or after it, else end.
func (d *demuxer) foreign(at, end int64, serials []uint32) (int64, error) {
	for {
		p, err := d.findAny(at, end)
		switch {
		case errors.Is(err, io.EOF):
			return end, nil
		case err != nil:
			return 0, err
		case !slices.Contains(serials, p.serial):
			return p.start, nil
		}
		at = p.end
	}
}

// serials are the numbers of the streams that begin the file, and where the
// pages after that begin.
func (d *demuxer) serials() (numbers []uint32, end int64) {
	p, err := d.firstPage()
	for err == nil && p.begins && !slices.Contains(numbers, p.serial) {
		numbers, end = append(numbers, p.serial), p.end
		p, err = d.page(end)
	}
	return numbers, end
}

// A chain plays links as one recording.
type chain struct {
	playback.Source // of all links
	info            format.Info
}

// newChain opens those links that can be played. Why others cannot is a problem
// of the recording.
func newChain(links []*io.SectionReader) (format.Decoder, error) {
	c := &chain{info: format.Info{Container: "ogg"}}
	var parts []playback.Source
	var begin time.Duration
	var problems []*review.Error
	for _, l := range links {
		decoder, err := open(l, l.Size())
		if err != nil {
			var why *review.Error
			errors.As(err, &why)
			problems = append(problems, why)
			continue
		}
		info := decoder.Info()
		if len(parts) == 0 {
			c.info.Codec = info.Codec
		}
		parts = append(parts, link{decoder, info, begin})
		problems = append(problems, info.Problems...)
		begin += info.Duration()
	}
	if len(parts) == 0 {
		return nil, problems[0]
	}
	c.Source = playback.Join(parts...)
	c.info.Rate, c.info.Channels, c.info.Frames = c.Rate(), c.Channels(), c.Frames()
	c.info.Problems = problems
	return c, nil
}

// Info says what the headers of the links say.
func (c *chain) Info() format.Info { return c.info }

// A link is one of a chain, as a source.
type link struct {
	format.Decoder
	info  format.Info
	begin time.Duration // in the chain
}

func (l link) Rate() int     { return l.info.Rate }
func (l link) Channels() int { return l.info.Channels }
func (l link) Frames() int64 { return l.info.Frames }
func (l link) Close() error  { return nil }

// ReadFrames says of a link that breaks when it does in the chain.
func (l link) ReadFrames(dst []float32) (int, error) {
	n, err := l.Decoder.ReadFrames(dst)
	var broken *review.Error
	if errors.As(err, &broken) && broken.Code == format.Broken {
		at, _ := broken.Args["at"].(time.Duration)
		err = review.Fail(format.Broken, review.Args{"at": l.begin + at}).Because(err)
	}
	return n, err
}
