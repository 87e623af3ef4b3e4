package ffmpeg

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/earshot-app/earshot/review"
)

// Whatever a file holds, it is told what it is, or that it is nothing.
func FuzzIdentify(f *testing.F) {
	names, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("\x00\x00\x00\x08ftypM4A \x00\x00\x00\x01moov\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x00\x00\x00\x00trak"))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := File{Path: "call.g729", Content: bytes.NewReader(data), Size: int64(len(data))}
		if k, ok := file.identify(); ok && (k.codec == "" || k.demuxer == "" || k.container == "") {
			t.Errorf("it is %+v", k)
		}
	})
}

// What ffprobe says of a damaged file can be odd, and of another version too.
func FuzzReport(f *testing.F) {
	f.Add([]byte(`{"streams":[{"codec_name":"aac","profile":"LC","sample_rate":"8000","channels":2,"duration":"0.5"}]}`))
	f.Add([]byte(`{"streams":[{"codec_name":"opus","sample_rate":"48000","channels":6}],"format":{"duration":"-1e999"}}`))
	f.Add([]byte(`{"streams":[]}`))
	f.Fuzz(func(t *testing.T, said []byte) {
		info, seconds, err := mp4.read(said)
		if review.CodeOf(err) == review.Internal || seconds != seconds {
			t.Fatalf("%v seconds, %v", seconds, err)
		}
		if err == nil && (info.Rate < 1 || info.Channels < 1 || info.Channels > 2 || info.Codec == "") {
			t.Fatalf("%+v", info)
		}
	})
}
