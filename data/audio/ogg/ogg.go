// Package ogg opens Ogg recordings (RFC 3533) of Opus, Vorbis or FLAC.
//
// The demultiplexer reads pages, finds them by halving the file, and hands the
// packets of one page at a time to a codec. A page says at which frame its last
// packet ends, and that alone places its samples: a seek reads the same page to
// the same frames as reading from the start does, and where pages were lost
// there is silence of their length.
//
// Opening reads the headers, the first page with sound and the last one.
// A page whose checksum is wrong is where a recording breaks, unless the very
// first one is wrong: some recorders do not reckon checksums at all.
//
// Of streams side by side the first that can be played is. Streams one after the
// other, which a recorder leaves that begins anew or a program that puts files
// together, are played one after the other, at the rate of the first.
package ogg

import (
	"errors"
	"io"
	"strings"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/opus"
	"github.com/earshot-app/earshot/data/audio/vorbis"
	"github.com/earshot-app/earshot/review"
)

// BadOgg is a damaged beginning, or a file without sound.
const BadOgg review.Code = "bad-ogg"

// Format is how data/audio knows and opens Ogg.
var Format = format.Format{Match: match, Open: New}

func match(head []byte) bool { return len(head) >= 4 && string(head[:4]) == capture }

// New reads the headers of the recording in r, which is size bytes long.
func New(r io.ReaderAt, size int64) (format.Decoder, error) {
	links, err := findLinks(r, size)
	if err != nil {
		return nil, known(err)
	}
	if len(links) > 1 {
		return newChain(links)
	}
	return open(r, size)
}

// open opens a recording of one link.
func open(r io.ReaderAt, size int64) (*block.Reader, error) {
	d := &demuxer{r: r, size: size}
	head, err := d.choose()
	if err != nil {
		return nil, known(err)
	}
	codec, info, err := newCodec(d, head)
	if err != nil {
		return nil, known(err)
	}
	if info.Frames < 1 {
		return nil, review.Fail(format.Empty, nil)
	}
	info.Container = "ogg"
	if !d.ended {
		info.Problems = append(info.Problems, review.Fail(format.Unfinished, nil))
	}
	return block.NewReader(info, codec), nil
}

func newCodec(d *demuxer, head []byte) (block.Codec, format.Info, error) {
	switch {
	case opus.Match(head):
		return newOpus(d, head)
	case vorbis.Match(head):
		return newVorbis(d, head)
	}
	return newFLAC(d, head)
}

// known gives an error that has no code one.
func known(err error) error {
	var named *review.Error
	if errors.As(err, &named) {
		return err
	}
	return review.Fail(BadOgg, nil).Because(err)
}

// choose looks at the first packet of every stream, all of which come before
// anything else, and follows the first stream that can be played.
func (d *demuxer) choose() (head []byte, err error) {
	p, err := d.firstPage()
	first := ""
	for err == nil && p.begins {
		packet := p.body[:p.packetSize()]
		if opus.Match(packet) || vorbis.Match(packet) || matchFLAC(packet) {
			d.serial, d.number, d.at = p.serial, p.number, p.end
			return append([]byte(nil), packet...), nil
		}
		if first == "" {
			first = streamName(packet)
		}
		p, err = d.page(p.end)
	}
	if first == "" {
		return nil, review.Fail(BadOgg, nil).Because(err)
	}
	return nil, review.Fail(format.UnsupportedCodec, review.Args{"container": "Ogg", "codec": first})
}

// firstPage reads the first page, and finds out whether checksums are any good.
func (d *demuxer) firstPage() (page, error) {
	p, err := d.page(0)
	if errors.Is(err, errChecksum) {
		d.unchecked = true
		p, err = d.page(0)
	}
	return p, err
}

// streamName says what a stream is that is not decoded here, by its first
// packet.
func streamName(packet []byte) string {
	for magic, name := range map[string]string{
		"Speex   ": "Speex", "\x80theora": "Theora", "fishead": "Skeleton", "PCM     ": "PCM",
	} {
		if strings.HasPrefix(string(packet), magic) {
			return name
		}
	}
	return "?"
}
