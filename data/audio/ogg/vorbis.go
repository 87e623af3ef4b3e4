package ogg

import (
	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/vorbis"
)

// newVorbis opens Vorbis in Ogg (Vorbis I, annex A).
func newVorbis(d *demuxer, identification []byte) (block.Codec, format.Info, error) {
	const count = 2 // titles and setup
	packets, err := d.headers(func(n int, _ []byte) bool { return n == count })
	if err != nil {
		return nil, format.Info{}, err
	}
	decoder, err := vorbis.New(identification, packets[1])
	if err != nil {
		return nil, format.Info{}, err
	}
	// A packet is played together with the one before it, which may not be whole
	// where reading begins.
	c := &packetCodec{demuxer: d, decoder: decoder, lead: 4 * int64(decoder.MaxFrames())}
	return c.open(format.Info{Codec: "vorbis", Rate: decoder.Rate(), Channels: decoder.Channels()})
}
