// Package raw opens recordings without a header, as Asterisk and Kamailio write
// them: nothing but samples. Only the extension of the file's name tells what
// they are, so [Open] comes after all formats that are told by their content,
// and looks whether the bytes can be sound at all: a text or an archive that is
// called .raw is refused.
//
//	.ulaw .ul .ulw .mu        µ-law, 8 kHz
//	.alaw .al .alw            A-law, 8 kHz
//	.pcm                      µ-law as in Asterisk, or else as .raw
//	.sln .slin .raw           16-bit signed, little-endian, 8 kHz
//	.sln12 … .sln192          the same at 12, 16, 24, 32, 44.1, 48, 96, 192 kHz
//	.gsm                      GSM 06.10
//
// All are mono, but for .raw, in which Asterisk's MixMonitor also writes both
// parties of a call, frame by frame (its option D).
package raw

import (
	"io"
	"strings"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/gsm"
	"github.com/earshot-app/earshot/review"
)

const gsmCodec = "gsm"

// A kind is one thing that an extension may stand for.
type kind struct {
	codec   string
	rate    int
	packing block.Packing
}

var (
	muLaw  = kind{"mulaw", 8000, muLawSamples}
	aLaw   = kind{"alaw", 8000, aLawSamples}
	mono   = linear(8000, 1)
	stereo = linear(8000, 2)
)

func linear(rate, channels int) kind {
	return kind{"pcm-s16", rate, linearSamples(channels)}
}

// kinds are what an extension may stand for, the likeliest first.
var kinds = map[string][]kind{
	".ulaw": {muLaw}, ".ul": {muLaw}, ".ulw": {muLaw}, ".mu": {muLaw},
	".alaw": {aLaw}, ".al": {aLaw}, ".alw": {aLaw},
	".pcm": {muLaw, mono},
	".raw": {mono, stereo}, ".sln": {mono}, ".slin": {mono},
	".sln12": {linear(12000, 1)}, ".sln16": {linear(16000, 1)}, ".sln24": {linear(24000, 1)},
	".sln32": {linear(32000, 1)}, ".sln44": {linear(44100, 1)}, ".sln48": {linear(48000, 1)},
	".sln96": {linear(96000, 1)}, ".sln192": {linear(192000, 1)},
	".gsm": {{gsmCodec, gsm.Rate, gsm.Raw}},
}

// Open opens the recording in r, which is size bytes long and in a file whose
// name ends in extension. It fails with format.NotARecording when the extension
// is none of the above, or the bytes are no sound, and with format.Empty when
// they are nothing but one value.
func Open(extension string, r io.ReaderAt, size int64) (format.Decoder, error) {
	candidates := kinds[strings.ToLower(extension)]
	if len(candidates) == 0 {
		return nil, review.Fail(format.NotARecording, nil)
	}
	if one, err := constant(r, size); err != nil {
		return nil, err
	} else if one {
		return nil, review.Fail(format.Empty, nil)
	}
	best, chosen := least, kind{}
	for _, k := range candidates {
		score, err := k.plausible(r, size)
		if err != nil {
			return nil, err
		}
		if score > best+clearly {
			best, chosen = score, k
		}
	}
	if chosen.rate == 0 {
		return nil, review.Fail(format.NotARecording, nil)
	}
	return block.NewReader(format.Info{
		Container: "raw", Codec: chosen.codec, Rate: chosen.rate,
		Channels: chosen.packing.Channels(), Frames: block.Frames(chosen.packing, size),
	}, block.NewFixed(chosen.packing, r, size)), nil
}
