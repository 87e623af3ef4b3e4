package wav

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/earshot-app/earshot/data/audio/adpcm"
	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/g711"
	"github.com/earshot-app/earshot/data/audio/gsm"
)

// Format tags, from Microsoft's mmreg.h.
const (
	tagPCM        = 0x0001
	tagMSADPCM    = 0x0002
	tagFloat      = 0x0003
	tagALaw       = 0x0006
	tagMuLaw      = 0x0007
	tagIMAADPCM   = 0x0011
	tagGSM        = 0x0031
	tagExtensible = 0xFFFE
)

// unsupported are the tags that call recorders are known to write and that are
// not decoded here, or not in every variant, by the name people know them by.
var unsupported = map[uint16]string{
	tagMSADPCM: "MS ADPCM", tagIMAADPCM: "IMA ADPCM", 0x0014: "G.723", 0x0022: "TrueSpeech",
	tagGSM: "GSM 6.10", 0x0040: "G.721", 0x0042: "G.723.1", 0x0045: "G.726",
	0x0050: "MPEG audio", 0x0055: "MP3", 0x0064: "G.726", 0x0065: "G.722",
	0x0083: "G.729", 0x00FF: "AAC", 0x0161: "WMA", 0x028F: "G.722", 0xA109: "Speex",
}

func codecName(tag uint16, width int) string {
	switch tag {
	case tagPCM:
		return fmt.Sprintf("PCM %d bit", 8*width)
	case tagFloat:
		return fmt.Sprintf("float %d bit", 8*width)
	}
	if name, ok := unsupported[tag]; ok {
		return name
	}
	return fmt.Sprintf("0x%04X", tag)
}

// A codec turns samples of width bytes into floats, full scale ±1. One that is
// packed has blocks of samples instead, and neither width nor decode.
type codec struct {
	name   string
	width  int
	decode func(dst []float32, src []byte)
	packed block.Packing
}

// frameSize is bytes a frame, of a codec that is not packed.
func (c codec) frameSize(channels int) int64 { return int64(c.width * channels) }

// frames is how many frames size bytes hold.
func (c codec) frames(size int64, channels int) int64 {
	if c.packed != nil {
		return block.Frames(c.packed, size)
	}
	return size / c.frameSize(channels)
}

// packedFor returns the codec of a tag that puts samples of so many bits into
// blocks of align bytes.
func packedFor(tag uint16, align, bits, channels int) (codec, bool) {
	switch {
	case tag == tagGSM && align == gsm.Microsoft.Size() && channels == 1:
		return codec{name: "gsm", packed: gsm.Microsoft}, true
	case tag == tagIMAADPCM && bits == 4:
		p, ok := adpcm.IMA(align, channels)
		return codec{name: "adpcm-ima", packed: p}, ok
	case tag == tagMSADPCM && bits == 4:
		p, ok := adpcm.Microsoft(align, channels)
		return codec{name: "adpcm-ms", packed: p}, ok
	}
	return codec{}, false
}

// codecFor returns the codec of a tag whose samples are width bytes wide.
// Samples of fewer bits than their bytes hold are aligned to the top, so the
// width alone sets the scale.
func codecFor(tag uint16, width int) (codec, bool) {
	switch {
	case tag == tagPCM && width == 1:
		return codec{name: "pcm-u8", width: 1, decode: decodeU8}, true
	case tag == tagPCM && width == 2:
		return codec{name: "pcm-s16", width: 2, decode: decodeS16}, true
	case tag == tagPCM && width == 3:
		return codec{name: "pcm-s24", width: 3, decode: decodeS24}, true
	case tag == tagPCM && width == 4:
		return codec{name: "pcm-s32", width: 4, decode: decodeS32}, true
	case tag == tagFloat && width == 4:
		return codec{name: "float32", width: 4, decode: decodeF32}, true
	case tag == tagFloat && width == 8:
		return codec{name: "float64", width: 8, decode: decodeF64}, true
	case tag == tagALaw && width == 1:
		return codec{name: "alaw", width: 1, decode: lookUp(g711.ALaw)}, true
	case tag == tagMuLaw && width == 1:
		return codec{name: "mulaw", width: 1, decode: lookUp(g711.MuLaw)}, true
	}
	return codec{}, false
}

func decodeU8(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = float32(int(src[i])-128) / (1 << 7)
	}
}

func decodeS16(dst []float32, src []byte) {
	for i := manyS16(dst, src); i < len(dst); i++ {
		dst[i] = float32(int16(binary.LittleEndian.Uint16(src[2*i:]))) / (1 << 15)
	}
}

func decodeS24(dst []float32, src []byte) {
	for i := range dst {
		b := src[3*i : 3*i+3]
		high := uint32(b[0])<<8 | uint32(b[1])<<16 | uint32(b[2])<<24
		dst[i] = float32(int32(high)) / (1 << 31)
	}
}

func decodeS32(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = float32(int32(binary.LittleEndian.Uint32(src[4*i:]))) / (1 << 31)
	}
}

func decodeF32(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = finite(math.Float32frombits(binary.LittleEndian.Uint32(src[4*i:])))
	}
}

func decodeF64(dst []float32, src []byte) {
	for i := range dst {
		dst[i] = finite(float32(math.Float64frombits(binary.LittleEndian.Uint64(src[8*i:]))))
	}
}

// finite silences what is not a number: one such sample would spread through
// every filter after it.
func finite(x float32) float32 {
	if x-x != 0 {
		return 0
	}
	return x
}

func lookUp(table *[256]float32) func(dst []float32, src []byte) {
	return func(dst []float32, src []byte) {
		for i := range dst {
			dst[i] = table[src[i]]
		}
	}
}
