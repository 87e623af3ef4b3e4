package audio

import (
	"io"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/mp3"
	"github.com/earshot-app/earshot/data/audio/wav"
	"github.com/earshot-app/earshot/review"
)

// mp3InWAV is MP3 behind the header of a WAV. It must come before wav.Format,
// which knows the codec by name only; to a WAV of any other codec it is not a
// recording.
var mp3InWAV = format.Format{Match: wav.Format.Match, Open: openMP3InWAV}

func openMP3InWAV(r io.ReaderAt, size int64) (format.Decoder, error) {
	data, ok := wav.Stream(r, size, wav.TagMP3)
	if !ok {
		return nil, review.Fail(format.NotARecording, nil)
	}
	decoder, err := mp3.New(data, data.Size())
	if err != nil {
		return nil, err
	}
	return wrapped{decoder}, nil
}

// wrapped is MP3 whose container is WAV.
type wrapped struct{ *mp3.Reader }

func (w wrapped) Info() format.Info {
	info := w.Reader.Info()
	info.Container = "wav"
	return info
}
