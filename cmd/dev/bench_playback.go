package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// playbackGroup measures decoding, the waveform, seeking and speed, each beside
// the program that people would use for it, and the engine beside its limits.
// Both sides are whole programs, starting included, unless it says otherwise;
// speech is that of the demo calls.
var playbackGroup = group{name: "playback", kits: []kit{building, decoding, comparing}, run: benchPlayback}

// An input is a recording made for the bench by a command whose last argument,
// the file, is left out; the mark is for decoding it.
type input struct {
	what string
	file string
	make []string
	mark mark
}

// inputs are those to be decoded: an hour of 8 kHz, but the wide one, which is
// 20 minutes.
var inputs = []input{
	{"WAV, 16 bit", "hour.wav", nil, 1},
	{"WAV, µ-law", "mulaw.wav", ffmpeg("-c:a", "pcm_mulaw"), 1},
	{"GSM, mono", "hour.gsm", []string{"sox", "hour.wav", "-c1"}, 1},
	{"WAV49, mono", "wav49.wav", []string{"sox", "hour.wav", "-c1", "-e", "gsm-full-rate"}, 1},
	{"MP3, 32 kbit/s", "hour.mp3", ffmpeg("-c:a", "libmp3lame", "-b:a", "32k"), 1},
	{"MP3, 44.1 kHz", "wide.mp3", append(wide, "-c:a", "libmp3lame", "-b:a", "128k"), 1},
	{"Opus, 24 kbit/s", "hour.opus", ffmpeg("-c:a", "libopus", "-application", "voip", "-b:a", "24k"), 0.5},
	{"FLAC", "hour.flac", ffmpeg("-c:a", "flac"), 0.5},
	{"Vorbis", "hour.ogg", ffmpeg("-c:a", "libvorbis"), 0.5},
}

// wide adds noise to the speech, so that no part of the spectrum is empty.
var wide = ffmpeg("-t", "1200", "-filter_complex", "[0]aresample=44100[speech];"+
	"anoisesrc=c=pink:r=44100:a=0.05:d=1200[noise];[speech][noise]amix=2:duration=first", "-ac", "2")

// quietly is ffmpeg without questions and chatter.
var quietly = []string{"ffmpeg", "-nostdin", "-v", "error", "-y"}

// ffmpeg is a command that makes something of the hour.
func ffmpeg(args ...string) []string { return slices.Concat(quietly, []string{"-i", "hour.wav"}, args) }

func ffmpegAs(args ...string) contender {
	return contender{name: "ffmpeg", args: slices.Concat(quietly, args)}
}

func sox(args ...string) contender {
	return contender{name: "sox", args: append([]string{"sox"}, args...)}
}

func benchPlayback(ctx context.Context, b *bench) error {
	fmt.Fprintln(b.out, "Making the recordings (a minute or two)")
	if err := b.makeInputs(ctx); err != nil {
		return err
	}
	fmt.Fprint(b.out, "\n", costHead)
	for _, part := range []func(context.Context) error{b.decoding, b.waveform, b.seeking, b.speed, b.distances, b.toTheEar, b.engine} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// makeInputs makes an hour of the demo calls one after the other, and all else
// of that.
func (b *bench) makeInputs(ctx context.Context) error {
	calls, err := filepath.Glob(filepath.Join("assets", "demo", "*.wav"))
	if err != nil {
		return err
	}
	var list strings.Builder
	for _, call := range calls {
		full, err := filepath.Abs(call)
		if err != nil {
			return err
		}
		fmt.Fprintf(&list, "file '%s'\n", filepath.ToSlash(full))
	}
	if err := os.WriteFile(b.file("calls.txt"), []byte(list.String()), 0o600); err != nil {
		return err
	}
	hour := append(slices.Clone(quietly), "-f", "concat", "-safe", "0", "-stream_loop", "-1", "-i", "calls.txt",
		"-t", "3600", "-c:a", "pcm_s16le")
	minute := ffmpeg("-t", "60", "-ac", "1")
	all := append([]input{{"the hour", "hour.wav", hour, 0}, {"a minute", "minute.wav", minute, 0}}, inputs[1:]...)
	for _, in := range all {
		cmd := command(ctx, in.make[0], append(slices.Clone(in.make[1:]), in.file)...)
		cmd.Dir = b.dir
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("make %s: %w", in.what, err)
		}
	}
	return nil
}

func (b *bench) decoding(ctx context.Context) error {
	for _, in := range inputs {
		file := b.file(in.file)
		peer := ffmpegAs("-i", file, "-f", "null", "-")
		if err := b.compare(ctx, "decode "+in.what, in.mark, byCPU, b.own("bench", "decode", file), peer); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) waveform(ctx context.Context) error {
	hour := b.file("hour.wav")
	return b.compare(ctx, "peaks of an hour, WAV", 5, byCPU, b.own("bench", "peaks", hour),
		sox(hour, "-n", "stat"),
		ffmpegAs("-i", hour, "-filter_complex", "showwavespic", "-frames:v", "1", b.file("wave.png")))
}

// seeking goes by wall time, which is what a person waits for. Whoever seeks in
// the window has it open, and whoever seeks with ffmpeg starts it each time, so
// that starting counts on the one side only. Some formats are slower at some
// places, so that there are five.
func (b *bench) seeking(ctx context.Context) error {
	for _, in := range inputs {
		if in.file == "wide.mp3" {
			continue
		}
		file := b.file(in.file)
		own := b.own("bench", "seek", file, "--at", "611,1234,1802.5,2377,3011", "--json")
		own.tells = 5
		peer := ffmpegAs("-ss", "1800", "-i", file, "-t", "0.1", "-f", "null", "-")
		if err := b.compare(ctx, "seek "+in.what, 10, byWall, own, peer); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) speed(ctx context.Context) error {
	hour := b.file("hour.wav")
	return b.compare(ctx, "an hour at 1.5×", 1, byCPU, b.faster(hour, "1.5")...)
}

// faster are the contenders that change the speed of a recording. What they
// write is named after them.
func (b *bench) faster(file, speed string) []contender {
	return []contender{
		b.own("decode", file, "--speed", speed, "-o", b.file("earshot.wav")),
		sox(file, "-b16", b.file("sox.wav"), "tempo", "-s", speed),
		ffmpegAs("-i", file, "-af", "atempo="+speed, b.file("ffmpeg.wav")),
	}
}

// distances compares how far from the speech they were made of the faster and
// slower ones sound.
func (b *bench) distances(ctx context.Context) error {
	fmt.Fprint(b.out, "\n                               earshot           peer              ratio\n")
	minute, err := readWAV(b.file("minute.wav"))
	if err != nil {
		return err
	}
	original := spectra(minute)
	for _, speed := range []float64{0.5, 1.5, 2, 3} {
		contenders := b.faster(b.file("minute.wav"), fmt.Sprint(speed))
		var found []float64
		for _, c := range contenders {
			if _, err := c.run(ctx); err != nil {
				return err
			}
			changed, err := readWAV(b.file(c.name + ".wav"))
			if err != nil {
				return err
			}
			found = append(found, distance(original, changed, speed))
		}
		for i, d := range found[1:] {
			fmt.Fprintf(b.out, "spectral distance at %-6s %9.2f dB %12s %9.2f dB %12s\n",
				fmt.Sprint(speed, "×"), found[0], contenders[i+1].name, d, mark(1).judge(d/found[0]))
		}
	}
	return nil
}

// engine plays for some seconds as the window does.
func (b *bench) engine(ctx context.Context) error {
	const most = 0.05 // of a core
	fmt.Fprintln(b.out)
	for _, in := range inputs {
		out, err := exec.CommandContext(ctx, b.earshot(), "bench", "play", b.file(in.file), "--json").Output()
		if err != nil {
			return fmt.Errorf("play %s: %w", in.what, err)
		}
		var played struct {
			Core   float64
			Memory int64
		}
		if err := json.Unmarshal(out, &played); err != nil {
			return fmt.Errorf("play %s: %w", in.what, err)
		}
		verdict := ""
		if played.Core > most {
			verdict = "  MISSED"
		}
		fmt.Fprintf(b.out, "play %-30s %5.2f %% of a core, %d MB   mark %g %%%s\n",
			in.what, 100*played.Core, played.Memory>>20, 100*most, verdict)
	}
	return nil
}
