package audio

import (
	"io"

	"github.com/earshot-app/earshot/review/playback"
)

// Content is an open recording that is no file on this machine's disk. It is
// read from several goroutines at once.
type Content interface {
	io.ReaderAt
	io.Closer
	Size() int64
}

// Read reads content from its beginning. Closing what is answered closes content.
func Read(content Content) io.ReadCloser {
	return reading{io.NewSectionReader(content, 0, content.Size()), content}
}

type reading struct {
	io.Reader
	io.Closer
}

// OpenContent opens a recording that lies elsewhere. The extension, with its
// dot, is that of its name. Closing the source closes content; when this
// fails, content is closed. ffmpeg is not asked: it reads files.
func OpenContent(content Content, extension string) (playback.Source, error) {
	decoder, err := decode(content, content.Size(), extension)
	if err != nil {
		content.Close()
		return nil, err
	}
	return &source{Decoder: decoder, info: decoder.Info(), file: content}, nil
}

// ProbeContent says what such a recording is, as [Probe] does of a file. It
// leaves content open.
func ProbeContent(content Content, extension string) (Info, error) {
	decoder, err := decode(content, content.Size(), extension)
	if err != nil {
		return Info{}, err
	}
	return decoder.Info(), nil
}
