package ffmpeg

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/earshot-app/earshot/data/audio/format"
)

// A kind is one kind of file that ffmpeg is asked to read.
type kind struct {
	container string   // as in format.Info
	codec     string   // in plain words, as far as the file tells
	demuxer   string   // of ffmpeg
	options   []string // of the demuxer
	counted   bool     // only its packets tell how long it is
}

// input are the arguments that have ffmpeg or ffprobe read the file at path.
// With the protocol written out a path is never an option or an address.
func (k kind) input(path string) []string {
	args := append([]string{"-protocol_whitelist", "file,pipe", "-f", k.demuxer}, k.options...)
	return append(args, "-i", "file:"+path)
}

var (
	mp4      = kind{container: "mp4", codec: "AAC", demuxer: "mov"}
	matroska = kind{container: "matroska", codec: "WebM", demuxer: "matroska"}
	adts     = kind{container: "adts", codec: "AAC", demuxer: "aac", counted: true}
)

// marks are what files begin with.
var marks = []struct {
	mark string
	kind kind
}{
	{"\x1A\x45\xDF\xA3", matroska},
	{"#!AMR\n", kind{container: "amr", codec: "AMR", demuxer: "amr", counted: true}},
	{"#!AMR-WB\n", kind{container: "amr", codec: "AMR-WB", demuxer: "amr", counted: true}},
	{"#!iLBC", kind{container: "ilbc", codec: "iLBC", demuxer: "ilbc", counted: true}},
	{"\x30\x26\xB2\x75\x8E\x66\xCF\x11", kind{container: "asf", codec: "Windows Media", demuxer: "asf"}},
	{".snd", kind{container: "au", codec: "AU", demuxer: "au"}},
	{"riff\x2E\x91\xCF\x11", kind{container: "w64", codec: "Wave64", demuxer: "w64"}},
	{"caff", kind{container: "caf", codec: "CAF", demuxer: "caf"}},
	{"OggS", kind{container: "ogg", codec: "Ogg", demuxer: "ogg"}},
}

// chunked are what files of chunks, which begin with four letters and their
// size, say next.
var chunked = map[string]kind{
	"FORM AIFF": {container: "aiff", codec: "AIFF", demuxer: "aiff"},
	"FORM AIFC": {container: "aiff", codec: "AIFF-C", demuxer: "aiff"},
	"RIFF WAVE": {container: "wav", codec: "WAV", demuxer: "wav"},
}

// extensions are those of recordings without a header. The G.726 of Asterisk
// says its rate, and packs codes from the low bits as RFC 3551 does; the one of
// ffmpeg from the high bits.
var extensions = map[string]kind{
	".g722":    {container: "raw", codec: "G.722", demuxer: "g722"},
	".g723":    {container: "raw", codec: "G.723.1", demuxer: "g723_1", counted: true},
	".g723_1":  {container: "raw", codec: "G.723.1", demuxer: "g723_1", counted: true},
	".g729":    {container: "raw", codec: "G.729", demuxer: "g729"},
	".g726":    {container: "raw", codec: "G.726", demuxer: "g726", options: []string{"-code_size", "4"}},
	".g726-16": {container: "raw", codec: "G.726", demuxer: "g726le", options: []string{"-code_size", "2"}},
	".g726-24": {container: "raw", codec: "G.726", demuxer: "g726le", options: []string{"-code_size", "3"}},
	".g726-32": {container: "raw", codec: "G.726", demuxer: "g726le", options: []string{"-code_size", "4"}},
	".g726-40": {container: "raw", codec: "G.726", demuxer: "g726le", options: []string{"-code_size", "5"}},
}

// looked is how much of a file is read to know what it is.
const looked = 1 << 12

// identify tells what the file is.
func (f File) identify() (kind, bool) {
	start := make([]byte, looked)
	n, _ := f.Content.ReadAt(start, 0) // what cannot be read is no kind
	start = start[:n]
	k, ok := byContent(start[:min(n, format.HeadSize)])
	switch {
	case !ok && f.adts():
		return adts, true
	case !ok:
		k, ok = extensions[strings.ToLower(filepath.Ext(f.Path))]
		ok = ok && n > 0 && !text(start)
	case f.Codec != "":
		k.codec = f.Codec
	case k.container == mp4.container:
		k.codec = mp4Codec(f.Content, f.Size)
	case k.container == matroska.container:
		k.codec = matroskaCodec(start)
	}
	return k, ok
}

func byContent(head []byte) (kind, bool) {
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.mark)) {
			return m.kind, true
		}
	}
	if len(head) < 12 {
		return kind{}, false
	}
	if string(head[4:8]) == "ftyp" {
		return mp4, !picture(string(head[8:12]))
	}
	k, ok := chunked[string(head[:4])+" "+string(head[8:12])]
	return k, ok
}

// picture reports whether a brand of MP4 is one of photographs (HEIF, AVIF,
// Canon raw), which lie in the same boxes.
func picture(brand string) bool {
	for _, begin := range []string{"hei", "hev", "mif", "msf", "avi", "crx"} {
		if strings.HasPrefix(brand, begin) {
			return true
		}
	}
	return false
}

// adts reports whether three frames of AAC, or all there are, follow each other
// from the start (ISO/IEC 14496-3, 1.A.2): twelve bits, layer 0, a known rate and
// a length that holds the header. One frame could be the silence of µ-law.
func (f File) adts() bool {
	at := int64(0)
	for range 3 {
		var head [6]byte
		if n, _ := f.Content.ReadAt(head[:], at); n < len(head) {
			return at > 0 && at == f.Size
		}
		length := int64(head[3]&3)<<11 | int64(head[4])<<3 | int64(head[5])>>5
		if head[0] != 0xFF || head[1]&0xF6 != 0xF0 || head[2]>>2&0xF > 12 || length < 7 {
			return false
		}
		at += length
	}
	return true
}

// text reports whether bytes are letters: of compressed sound nearly two thirds
// are not.
func text(start []byte) bool {
	letters := 0
	for _, b := range start {
		if b >= ' ' && b < 0x7F || b == '\n' || b == '\r' || b == '\t' {
			letters++
		}
	}
	return letters > len(start)*3/4
}
