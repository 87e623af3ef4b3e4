package ffmpeg_test

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/data/audio/ffmpeg"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// recordings are half a second each (testdata/make.sh), in whole packets where
// the format has no way to say that the last one is longer.
var recordings = []struct {
	name, codec    string // of the file, and its container and codec
	told           string // to a person without ffmpeg
	rate, channels int
	frames         int64
	demuxer        []string // what ffmpeg must be told to decode it
}{
	{"call.m4a", "mp4 aac", "AAC (MP4)", 8000, 2, 4000, nil},
	{"alac.m4a", "mp4 alac", "Apple Lossless (MP4)", 8000, 2, 4000, nil},
	{"call.3gp", "mp4 amr-nb", "AMR (MP4)", 8000, 1, 4000, nil},
	{"call.aac", "adts aac", "AAC", 8000, 2, 5 * 1024, nil},
	{"call.webm", "matroska opus", "Opus (WebM)", 48000, 2, 24384, nil}, // 508 ms with the codec's delay
	{"streamed.mka", "matroska vorbis", "Vorbis (WebM)", 8000, 2, 4352, nil},
	{"call.amr", "amr amr-nb", "AMR", 8000, 1, 25 * 160, nil},
	{"call.awb", "amr amr-wb", "AMR-WB", 16000, 1, 25 * 320, nil},
	{"call.wma", "asf wmav2", "Windows Media", 8000, 2, 4096, nil},
	{"call.spx", "ogg speex", "Ogg", 8000, 1, 4000, nil},
	{"call.au", "au pcm-s16", "AU", 8000, 2, 4000, nil},
	{"call.aiff", "aiff pcm-s16", "AIFF", 8000, 2, 4000, nil},
	{"mulaw.aifc", "aiff mulaw", "AIFF-C", 8000, 2, 4000, nil},
	{"call.caf", "caf pcm-s16", "CAF", 8000, 2, 4000, nil},
	{"call.w64", "w64 pcm-s16", "Wave64", 8000, 2, 4000, nil},
	{"g723.wav", "wav g723-1", "WAV", 8000, 1, 17 * 240, nil},
	{"call.g722", "raw g722", "G.722", 16000, 1, 8000, nil},
	{"call.g729", "raw g729", "G.729", 8000, 1, 50 * 80, nil},
	{"call.g726", "raw g726", "G.726", 8000, 1, 4000, []string{"-f", "g726"}},
	{"call.g726-32", "raw g726", "G.726", 8000, 1, 4000, []string{"-f", "g726le"}},
}

func TestRecordingsAreWhatTheyAreAndSoundAsFFmpegDecodesThem(t *testing.T) {
	cache(t)
	for _, r := range recordings {
		t.Run(r.name, func(t *testing.T) {
			d := open(t, filepath.Join("testdata", r.name))
			container, codec, _ := strings.Cut(r.codec, " ")
			is := format.Info{Container: container, Codec: codec, Rate: r.rate, Channels: r.channels, Frames: r.frames}
			if diff := cmp.Diff(is, d.Info()); diff != "" {
				t.Errorf("it is (-want +got):\n%s", diff)
			}
			got, want := formattest.Seeks(t, d), reference(t, r.demuxer, r.name)
			// Beyond what ffmpeg decodes there is silence; what it has beyond is cut.
			want = append(want, make([]float32, len(got))...)[:len(got)]
			if !formattest.Equal(got, want) {
				t.Error("other samples came than from ffmpeg itself")
			}
		})
	}
}

func TestLosslessRecordingsAreTheirSource(t *testing.T) {
	cache(t)
	want := formattest.ReadS16(t, "testdata/source.s16")
	for _, name := range []string{"alac.m4a", "call.au", "call.aiff", "call.caf", "call.w64"} {
		if got := formattest.Plays(t, open(t, "testdata/"+name)); !formattest.Equal(got, want) {
			t.Errorf("%s: %d samples differ from its source of %d", name, len(got), len(want))
		}
	}
}

// reference is what ffmpeg itself writes.
func reference(t *testing.T, demuxer []string, name string) []float32 {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.s16")
	args := append([]string{"-nostdin", "-v", "error"}, demuxer...)
	args = append(args, "-i", "testdata/"+name, "-f", "s16le", out)
	if text, err := exec.CommandContext(t.Context(), "ffmpeg", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return formattest.ReadS16(t, out)
}

func TestWithoutFFmpegTheCodecIsNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, r := range recordings {
		_, err := probe(t.Context(), filepath.Join("testdata", r.name))
		var failed *review.Error
		if !errors.As(err, &failed) || failed.Code != ffmpeg.Needed || failed.Args["codec"] != r.told {
			t.Errorf("%s: %v, want %s for %s", r.name, err, ffmpeg.Needed, r.told)
		}
	}
}

func TestNamesOfFilesAreNeitherOptionsNorAddresses(t *testing.T) {
	cache(t)
	call, err := filepath.Abs("testdata/call.m4a")
	if err != nil {
		t.Fatal(err)
	}
	content := formattest.Read(t, call)
	t.Chdir(t.TempDir())
	for _, name := range []string{
		"-i.m4a", "-", "größe 電話.m4a", "a\nb.m4a", "%d.m4a", "http:call.m4a", "concat:a|b.m4a", "$(touch x).m4a", "'.m4a",
	} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		formattest.Plays(t, open(t, name))
	}
}

// ffmpeg would open the files and addresses that these name.
func TestListsOfOtherFilesAreNoRecordings(t *testing.T) {
	secret, err := filepath.Abs("testdata/call.m4a")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"list.m4a":  "#EXTM3U\n#EXTINF:10,\nhttp://localhost/call.ts\n",
		"list.g722": "#EXTM3U\n#EXTINF:10,\nfile:" + secret + "\n",
		"list.amr":  "ffconcat version 1.0\nfile " + secret + "\n",
		"note.g729": "Dear agent, this is no sound at all.",
		"photo.mp4": "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
		"empty.aac": "",
	} {
		if info, err := probe(t.Context(), write(t, name, content)); review.CodeOf(err) != format.NotARecording {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
}

func TestDamagedFilesSaySo(t *testing.T) {
	m4a := string(formattest.Read(t, "testdata/call.m4a"))
	for name, c := range map[string]struct {
		content string
		want    review.Code
	}{
		"no table of packets": {m4a[:len(m4a)/2], ffmpeg.Failed},
		"a mark alone":        {"#!AMR\n", format.Empty},
		"a mark, no sound":    {"caff\x00\x01\x00\x00" + m4a[:500], ffmpeg.Failed},
	} {
		if info, err := probe(t.Context(), write(t, "call", c.content)); review.CodeOf(err) != c.want {
			t.Errorf("%s: %+v, %v, want %s", name, info, err, c.want)
		}
	}
}

func TestMoreThanTwoChannelsAreRefused(t *testing.T) {
	_, err := probe(t.Context(), write(t, "six.au", au(6, 6*1000, 1000)))
	if review.CodeOf(err) != format.TooManyChannels {
		t.Error(err)
	}
}

func TestARecordingThatWasCutOffPlaysToThereAndSaysSo(t *testing.T) {
	cache(t)
	d := open(t, write(t, "call.au", au(1, 4*8000, 2*8000)))
	samples, err := formattest.Play(d)
	var broke *review.Error
	if !errors.As(err, &broke) || broke.Code != format.Broken || broke.Args["at"] != 2*time.Second {
		t.Errorf("of four seconds, two of which are there: %v", err)
	}
	if len(samples) != 2*8000 {
		t.Errorf("%d samples came of 16000", len(samples))
	}
}

// A sweep is like itself nowhere but at the same time.
func TestAfterPacketsThatAreDamagedSoundIsHeardAtItsTime(t *testing.T) {
	cache(t)
	content := formattest.Read(t, "testdata/sweep.m4a")
	whole := formattest.Plays(t, open(t, "testdata/sweep.m4a"))
	for i := len(content) * 4 / 10; i < len(content)/2; i++ {
		content[i] = 0xFF
	}
	damaged := formattest.Plays(t, open(t, write(t, "damaged.m4a", string(content))))
	if formattest.Equal(whole, damaged) {
		t.Fatal("nothing was damaged")
	}
	last := len(whole) - 8000
	if db := formattest.Ratio(damaged[last:], whole[last:]); db < 40 {
		t.Errorf("the last of four seconds is %.1f dB like that of the whole recording", db)
	}
}

func TestCancelEndsTheOpening(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := probe(ctx, "testdata/call.m4a"); review.CodeOf(err) != review.Cancelled {
		t.Error(err)
	}
}

// Ten hours, which cannot have been decoded at once.
func TestARecordingPlaysWhileItIsDecodedAndCloseEndsThat(t *testing.T) {
	folder := cache(t)
	const frames = 10 * 3600 * 8000
	name := write(t, "long.au", au(1, frames, 0))
	if err := os.Truncate(name, int64(frames+len(au(1, 0, 0)))); err != nil { // no disk is used for that
		t.Fatal(err)
	}
	source, err := openFile(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := source.ReadFrames(make([]float32, 100)); n != 100 || err != nil {
		t.Fatal(n, err)
	}
	if err := source.SeekFrame(frames - 1); err != nil {
		t.Fatal(err)
	}
	read := make(chan error)
	go func() {
		_, err := source.ReadFrames(make([]float32, 1))
		read <- err
	}()
	if err := source.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-read; review.CodeOf(err) != review.Cancelled {
		t.Errorf("a read of what is not decoded ended with %v", err)
	}
	if left, _ := filepath.Glob(folder + "/*/*"); len(left) > 0 {
		t.Errorf("the spool is still there: %v", left)
	}
}

func TestWithoutRoomToDecodeThatIsSaid(t *testing.T) {
	occupied := write(t, "file", "no folder")
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, occupied)
	}
	if _, err := openFile(t.Context(), "testdata/call.m4a"); review.CodeOf(err) != ffmpeg.NoSpool {
		t.Error(err)
	}
}

// au is a file of µ-law at 8 kHz that promises some bytes and holds some, all
// 0: magic, offset, size, encoding 1, rate, channels, comment.
func au(channels, promised, held int) string {
	b := []byte(".snd")
	for _, n := range []int{32, promised, 1, 8000, channels, 0, 0} {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return string(b) + string(make([]byte, held))
}

// cache has the cache folder of the user in a folder of the test.
func cache(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"XDG_CACHE_HOME", "HOME", "LocalAppData"} {
		t.Setenv(name, folder)
	}
	return folder
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func with(path string, do func(ffmpeg.File) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	stat, err := file.Stat()
	if err != nil {
		return err
	}
	return do(ffmpeg.File{Path: path, Content: file, Size: stat.Size()})
}

func probe(ctx context.Context, path string) (info format.Info, err error) {
	err = with(path, func(f ffmpeg.File) (err error) {
		info, err = ffmpeg.Probe(ctx, f)
		return err
	})
	return info, err
}

func openFile(ctx context.Context, path string) (source playback.Source, err error) {
	err = with(path, func(f ffmpeg.File) (err error) {
		source, err = ffmpeg.Open(ctx, f)
		return err
	})
	return source, err
}

// decoder is an opened recording with what Probe says of it.
type decoder struct {
	playback.Source
	info format.Info
}

func (d decoder) Info() format.Info { return d.info }

func open(t *testing.T, path string) format.Decoder {
	t.Helper()
	info, err := probe(t.Context(), path)
	if err != nil {
		t.Fatalf("%q: %v", path, err)
	}
	source, err := openFile(t.Context(), path)
	if err != nil {
		t.Fatalf("%q: %v", path, err)
	}
	t.Cleanup(func() {
		if err := source.Close(); err != nil {
			t.Error(err)
		}
	})
	return decoder{source, info}
}
