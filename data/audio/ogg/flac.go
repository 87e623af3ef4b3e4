package ogg

import (
	"strings"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/flac"
	"github.com/earshot-app/earshot/data/audio/format"
)

// The first packet of FLAC in Ogg (RFC 9639, 10.1): its mark and version, how
// many headers follow, then what a FLAC file begins with.
const (
	flacMark = "\x7FFLAC\x01"
	flacInfo = len("\x7FFLAC") + 2 + 2 + len("fLaC") // where the STREAMINFO block begins
)

func matchFLAC(packet []byte) bool { return strings.HasPrefix(string(packet), flacMark) }

// independent is a FLAC decoder: its packets need nothing that came before.
type independent struct{ *flac.Decoder }

func (independent) Reset() {}

// newFLAC opens FLAC in Ogg. Of its headers the one that says that it is the
// last is believed; their number is often 0, which is unknown.
func newFLAC(d *demuxer, first []byte) (block.Codec, format.Info, error) {
	if len(first) < flacInfo+4 {
		return nil, format.Info{}, errPage
	}
	decoder, err := flac.NewDecoder(first[flacInfo+4:])
	if err != nil {
		return nil, format.Info{}, err
	}
	last := func(header []byte) bool { return len(header) > 0 && header[0]&0x80 != 0 }
	if last(first[flacInfo:]) {
		err = d.begin()
	} else {
		_, err = d.headers(func(_ int, packet []byte) bool { return last(packet) })
	}
	if err != nil {
		return nil, format.Info{}, err
	}
	c := &packetCodec{demuxer: d, decoder: independent{decoder}}
	return c.open(format.Info{Codec: decoder.Name(), Rate: decoder.Rate(), Channels: decoder.Channels()})
}
