package ffmpeg

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

const (
	// patience is how long ffprobe may take, and ffmpeg be silent: a disk that
	// was asleep or a network folder answers sooner.
	patience = 30 * time.Second
	// grace is how long what has been killed may hold its pipes.
	grace = time.Second
	// answer is the most of what ffprobe says of one stream.
	answer = 1 << 16
	// longest is the most frames a recording may have: a month at 48 kHz.
	longest = 48000 * 86400 * 31
)

// report is what ffprobe says, as JSON.
type report struct {
	Streams []struct {
		Codec    string `json:"codec_name"`
		Profile  string `json:"profile"`
		Rate     string `json:"sample_rate"`
		Channels int    `json:"channels"`
		Duration string `json:"duration"` // seconds
	} `json:"streams"`
	Format struct {
		Duration string `json:"duration"`
	} `json:"format"`
}

// inspect asks ffprobe what the file at path is.
func inspect(ctx context.Context, k kind, path string) (format.Info, error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	var said []byte
	err := ask(ctx, k, path, []string{
		"-show_entries", "stream=codec_name,profile,sample_rate,channels,duration:format=duration", "-of", "json",
	}, func(r io.Reader) (err error) {
		said, err = io.ReadAll(io.LimitReader(r, answer))
		return err
	})
	if err != nil {
		return format.Info{}, k.failed(err)
	}
	info, seconds, err := k.read(said)
	if err != nil {
		return format.Info{}, err
	}
	if k.counted || seconds <= 0 {
		if seconds, err = count(ctx, k, path); err != nil {
			return format.Info{}, k.failed(err)
		}
	}
	frames := math.Round(seconds * float64(info.Rate))
	if !(frames >= 1 && frames <= longest) {
		return format.Info{}, review.Fail(format.Empty, nil)
	}
	info.Frames = int64(frames)
	return info, nil
}

func (k kind) failed(err error) error {
	return review.Fail(Failed, review.Args{"container": strings.ToUpper(k.container)}).Because(err)
}

// read returns all that a report says, but for the frames: its length, 0 for
// none, is in seconds.
func (k kind) read(said []byte) (info format.Info, seconds float64, err error) {
	var r report
	if err := json.Unmarshal(said, &r); err != nil {
		return info, 0, k.failed(fmt.Errorf("read what ffprobe says: %w", err))
	}
	if len(r.Streams) == 0 {
		return info, 0, review.Fail(format.Empty, nil)
	}
	s := r.Streams[0]
	rate, _ := strconv.Atoi(s.Rate) // one that is no number is none
	switch {
	case s.Codec == "" || s.Codec == "unknown" || rate < 1:
		args := review.Args{"container": strings.ToUpper(k.container), "codec": k.codec}
		return info, 0, review.Fail(format.UnsupportedCodec, args)
	case s.Channels < 1 || s.Channels > 2:
		return info, 0, review.Fail(format.TooManyChannels, review.Args{"channels": s.Channels})
	}
	info = format.Info{Container: k.container, Codec: codecName(s.Codec, s.Profile), Rate: rate, Channels: s.Channels}
	if seconds = number(s.Duration); seconds <= 0 {
		seconds = number(r.Format.Duration)
	}
	return info, seconds, nil
}

// codecName is what data/audio calls a codec of ffmpeg.
func codecName(name, profile string) string {
	name = strings.TrimPrefix(name, "adpcm_g")
	for _, order := range []string{"le", "be"} {
		if strings.HasPrefix(name, "pcm_") {
			name = strings.TrimSuffix(name, order)
		}
	}
	switch {
	case strings.HasPrefix(profile, "HE-AAC"):
		return "he-aac"
	case strings.HasPrefix(name, "72"):
		return "g" + strings.TrimSuffix(name, "le")
	case name == "pcm_mulaw" || name == "pcm_alaw":
		return strings.TrimPrefix(name, "pcm_")
	}
	return strings.ReplaceAll(name, "_", "-")
}

// number is 0 for what is none, as "N/A".
func number(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}

// count adds up the packets of a recording, in seconds.
func count(ctx context.Context, k kind, path string) (seconds float64, err error) {
	err = ask(ctx, k, path, []string{
		"-show_entries", "packet=pts_time,duration_time", "-of", "csv=print_section=0",
	}, func(r io.Reader) error {
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			fields := strings.Split(lines.Text(), ",")
			if len(fields) < 2 {
				continue
			}
			begin, err := strconv.ParseFloat(fields[0], 64)
			if err != nil {
				begin = seconds // one without a time follows the last
			}
			seconds = max(seconds, begin+number(fields[1]))
		}
		return lines.Err()
	})
	return seconds, err
}

// ask runs ffprobe on the first track of sound, and has its output read.
func ask(ctx context.Context, k kind, path string, what []string, read func(io.Reader) error) error {
	args := append([]string{"-v", "quiet", "-select_streams", "a:0"}, what...)
	cmd := program(ctx, "ffprobe", append(args, k.input(path)...))
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start ffprobe: %w", err)
	}
	failed := read(out)
	if err := cmd.Wait(); err != nil {
		return fmt.Errorf("run ffprobe: %w", err)
	}
	return failed
}

// program is killed when ctx ends, and must be waited for.
func program(ctx context.Context, name string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.WaitDelay = grace
	hide(cmd)
	return cmd
}
