package listen

import (
	"strings"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
)

// codecs are what people call the codecs of telephony and music, in every
// language.
var codecs = map[string]string{
	"mulaw": "µ-law", "alaw": "A-law", "gsm": "GSM", "adpcm-ima": "IMA ADPCM", "adpcm-ms": "MS ADPCM",
	"mp3": "MP3", "flac": "FLAC", "opus": "Opus", "vorbis": "Vorbis",
}

// containers are the files whose names are not just their letters. A raw
// recording is in no container.
var containers = map[string]string{"rf64": "WAV", "ogg": "Ogg", "matroska": "WebM", "raw": ""}

// formatName says a recording's format, such as "wav mulaw", as people do:
// "WAV µ-law".
func formatName(t *text.Catalog, format string) string {
	container, codec, _ := strings.Cut(format, " ")
	file, known := containers[container]
	if !known {
		file = strings.ToUpper(container)
	}
	sound, known := codecs[codec]
	if !known {
		sound = sampleName(t, codec)
	}
	if file == sound {
		return file
	}
	return strings.TrimSpace(file + " " + sound)
}

// sampleName says plain samples by their bits: "pcm-s16", "float32". Any other
// name is left as it is.
func sampleName(t *text.Catalog, codec string) string {
	if bits, ok := strings.CutPrefix(codec, "pcm-"); ok && len(bits) > 1 {
		return t.Say("listen.pcm", review.Args{"bits": bits[1:]})
	}
	if bits, ok := strings.CutPrefix(codec, "float"); ok {
		return t.Say("listen.float", review.Args{"bits": bits})
	}
	return codec
}
