package listen

import (
	"testing"

	"github.com/earshot-app/earshot/assets/text"
)

func TestAFormatIsSaidAsPeopleSayIt(t *testing.T) {
	for _, c := range []struct{ format, en, de string }{
		{"wav mulaw", "WAV µ-law", "WAV µ-law"},
		{"wav pcm-u8", "WAV 8-bit", "WAV 8 Bit"},
		{"rf64 pcm-s24", "WAV 24-bit", "WAV 24 Bit"},
		{"wav float32", "WAV 32-bit float", "WAV 32 Bit Gleitkomma"},
		{"mp3 mp3", "MP3", "MP3"},
		{"ogg opus", "Ogg Opus", "Ogg Opus"},
		{"raw G.729", "G.729", "G.729"},
		{"amr AMR-WB", "AMR AMR-WB", "AMR AMR-WB"},
	} {
		if en, de := formatName(text.For("en"), c.format), formatName(text.For("de"), c.format); en != c.en || de != c.de {
			t.Errorf("%s is said %q and %q, want %q and %q", c.format, en, de, c.en, c.de)
		}
	}
}
