package mp3_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/mp3"
	"github.com/earshot-app/earshot/review"
)

// testdata/make.sh tells how the recordings and what they should decode to
// were made.
func recordings(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.mp3")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d recordings in testdata (%v)", len(files), err)
	}
	return files
}

// What ffmpeg gives is rounded to whole 16-bit steps, so the difference that a
// listener would get is at most a quarter of one more.
func TestSamplesAreThoseOfFfmpeg(t *testing.T) {
	const largest = 0.5 + 0.25
	for _, file := range recordings(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			d := open(t, read(t, file))
			got, want := readAll(t, d), expected(t, file)
			if len(got) != len(want) || d.Info().Frames*int64(d.Info().Channels) != int64(len(want)) {
				t.Fatalf("%d samples and %d frames, want %d samples", len(got), d.Info().Frames, len(want))
			}
			for i, w := range want {
				if off := math.Abs(float64(got[i])*(1<<15) - float64(w)); off > largest {
					t.Fatalf("sample %d is %v, want %v", i, got[i]*(1<<15), w)
				}
			}
		})
	}
}

func TestInfoNamesWhatTheHeadersSay(t *testing.T) {
	for _, file := range recordings(t) {
		parts := strings.Split(filepath.Base(file), "-")
		rate, _ := strconv.Atoi(parts[0])
		channels := 2
		if parts[1] == "mono" {
			channels = 1
		}
		info := open(t, read(t, file)).Info()
		if info.Container != "mp3" || info.Codec != "mp3" || info.Rate != rate || info.Channels != channels || info.Problems != nil {
			t.Errorf("%s: %+v", file, info)
		}
	}
}

func TestAfterASeekTheSamplesAreThoseOfStraightDecoding(t *testing.T) {
	for _, file := range recordings(t) {
		d := open(t, read(t, file))
		straight := readAll(t, d)
		info := d.Info()
		random := rand.New(rand.NewPCG(1, 2))
		for range 50 {
			frame := random.Int64N(info.Frames + 1)
			if err := d.SeekFrame(frame); err != nil {
				t.Fatalf("%s: seek to %d: %v", file, frame, err)
			}
			want := straight[frame*int64(info.Channels):]
			want = want[:min(len(want), 2*2000)]
			if got := readSome(t, d, len(want)); !equal(got, want) {
				t.Fatalf("%s: after a seek to %d of %d other samples came", file, frame, info.Frames)
			}
		}
		for _, frame := range []int64{-1, info.Frames + 1} {
			if err := d.SeekFrame(frame); review.CodeOf(err) != review.BadArgument {
				t.Errorf("%s: seek to %d of %d: %v", file, frame, info.Frames, err)
			}
		}
	}
}

// Tags hold pictures, lyrics and the names of agents; none of it is sound.
func TestTagsAreSkipped(t *testing.T) {
	file := read(t, "testdata/44100-joint-vbr.mp3")
	want := readAll(t, open(t, file))
	// an ID3v2.4 tag of 300 bytes with a footer, with what looks like frames inside
	id3 := append([]byte("ID3\x04\x00\x10\x00\x00\x02\x2C"), bytes.Repeat([]byte("\xFF\xFB\x50\xC0"), 75)...)
	id3 = append(id3, "3DI\x04\x00\x10\x00\x00\x02\x2C"...)
	v1 := append([]byte("TAG"), make([]byte, 125)...)
	ape := append([]byte("APETAGEX\xD0\x07\x00\x00"), le(uint32(32+8), uint32(1), uint32(1<<31), uint64(0))...)
	ape = append(append(ape, "12345678"...), ape...)
	for name, tagged := range map[string][]byte{
		"ID3v2":       join(id3, file),
		"two ID3v2":   join(id3, id3, file),
		"ID3v1":       join(file, v1),
		"APE":         join(file, ape),
		"all of them": join(id3, file, ape, v1),
		"junk before": join([]byte("\xFF\xFB\x50 not a frame\xFF\xFB\x90"), file),
	} {
		d := open(t, tagged)
		if !equal(readAll(t, d), want) || d.Info().Problems != nil {
			t.Errorf("%s: other samples came, or %v", name, d.Info().Problems)
		}
	}
}

// What is no MP3 must be left to other formats, even if its bytes look like the
// header of a frame here and there.
func TestOtherFilesAreNotTakenForMP3(t *testing.T) {
	noise := make([]byte, 1<<20)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	frame := read(t, "testdata/8000-mono-alone.mp3")[:72]
	for name, file := range map[string][]byte{
		"noise":              noise,
		"µ-law silence":      bytes.Repeat([]byte{0xFF}, 1000),
		"Layer II":           bytes.Repeat([]byte{0xFF, 0xFD, 0x54, 0xC4}, 1000),
		"free format":        bytes.Repeat([]byte{0xFF, 0xFB, 0x04, 0xC4}, 1000),
		"a tag of nothing":   []byte("ID3\x04\x00\x00\x00\x00\x00\x00"),
		"one frame in noise": join(noise[:100], frame, noise[:1000]),
		"a text":             []byte("Dear agent,"),
	} {
		_, err := mp3.New(bytes.NewReader(file), int64(len(file)))
		if review.CodeOf(err) != format.NotARecording {
			t.Errorf("%s: %v, want %s", name, err, format.NotARecording)
		}
		if name == "a text" && mp3.Format.Match(file) {
			t.Errorf("%s matches", name)
		}
	}
}

func TestALabelWithoutSoundIsEmpty(t *testing.T) {
	label := read(t, "testdata/8000-joint-cbr.mp3")[:144]
	_, err := mp3.New(bytes.NewReader(label), int64(len(label)))
	if review.CodeOf(err) != format.Empty && review.CodeOf(err) != format.NotARecording {
		t.Errorf("%v, want %s", err, format.Empty)
	}
}

func TestACutOffRecordingPlaysAsFarAsItIsGood(t *testing.T) {
	for _, file := range recordings(t) {
		whole := read(t, file)
		straight := readAll(t, open(t, whole))
		d := open(t, whole[:len(whole)*2/3-7]) // within a frame
		got := readAll(t, d)
		if len(got) < len(straight)/3 || len(got) >= len(straight) || !equal(got, straight[:len(got)]) {
			t.Errorf("%s: %d of %d samples, or other ones", file, len(got), len(straight))
		}
		if code := problem(d); code != format.Truncated {
			t.Errorf("%s: problem %q, want %s", file, code, format.Truncated)
		}
	}
}

// How much is missing is known from the number of frames in the label.
func TestACutOffRecordingSaysHowMuchIsMissing(t *testing.T) {
	file := read(t, "testdata/8000-joint-cbr.mp3")
	const frame = 216 // 24 kbit/s at 8 kHz
	d := open(t, file[:len(file)-5*frame])
	problems := d.Info().Problems
	if len(problems) != 1 || problems[0].Args["missing"] != 5*72*time.Millisecond {
		t.Errorf("problems %v, want 360 ms missing", problems)
	}
}

func TestAfterADamagedPartAllSamplesAreAtTheirTime(t *testing.T) {
	file := read(t, "testdata/8000-mono-alone.mp3")
	const frame, samples = 144, 576 // 16 kbit/s at 8 kHz
	want := readAll(t, open(t, file))
	for name, c := range map[string]struct {
		file       []byte
		from, good int // frames that are wrong, up to the first that is right
	}{
		"overwritten":         {join(file[:3*frame+50], make([]byte, 200), file[3*frame+250:]), 3, 7},
		"a header":            {join(file[:3*frame], []byte("oops"), file[3*frame+4:]), 2, 6},
		"a bitrate":           {join(file[:3*frame+2], []byte{0x84}, file[3*frame+3:]), 3, 6},
		"half a frame gone":   {join(file[:3*frame+50], file[3*frame+120:]), 3, 6},
		"a little put in":     {join(file[:3*frame+50], make([]byte, 30), file[3*frame+50:]), 3, 6},
		"the side info":       {join(file[:3*frame+4], bytes.Repeat([]byte{0xFF}, 8), file[3*frame+12:]), 3, 6},
		"a tag in the middle": {join(file[:3*frame], []byte("ID3\x03\x00\x00\x00\x00\x00\x05abcde"), file[3*frame:]), 3, 3},
	} {
		d := open(t, c.file)
		got := readAll(t, d)
		if len(got) != len(want) {
			t.Errorf("%s: %d samples, want %d", name, len(got), len(want))
			continue
		}
		if !equal(got[:c.from*samples], want[:c.from*samples]) || !equal(got[c.good*samples:], want[c.good*samples:]) {
			t.Errorf("%s: samples outside of frames %d to %d changed", name, c.from, c.good)
		}
		if code := problem(d); code != mp3.Damaged && c.from != c.good {
			t.Errorf("%s: problem %q, want %s", name, code, mp3.Damaged)
		}
	}
}

func TestDamageIsSaidWithItsTime(t *testing.T) {
	file := read(t, "testdata/8000-mono-alone.mp3")
	copy(file[7*144:], make([]byte, 288))
	d := open(t, file)
	readAll(t, d)
	problems := d.Info().Problems
	if len(problems) != 1 || problems[0].Code != mp3.Damaged || problems[0].Args["at"] != 7*72*time.Millisecond {
		t.Errorf("problems %v, want damage at 504 ms", problems)
	}
}

// Samples before the damage are decoded when it is met, not before; then a seek
// must still give what straight decoding gave.
func TestASeekInADamagedRecordingIsExact(t *testing.T) {
	file := read(t, "testdata/8000-joint-cbr.mp3")
	random := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		at := 300 + random.IntN(len(file)-600)
		copy(file[at:], "damage")
		d := open(t, file)
		straight := readAll(t, d)
		for range 10 {
			frame := random.IntN(len(straight) / 2)
			if err := d.SeekFrame(int64(frame)); err != nil {
				t.Fatal(err)
			}
			if got := readSome(t, d, len(straight)-2*frame); !equal(got, straight[2*frame:]) {
				t.Fatalf("after a seek to %d other samples came", frame)
			}
		}
	}
}

// A label is believed only if the file is as long as it says.
func TestALabelThatLiesIsNotBelieved(t *testing.T) {
	constant, variable := read(t, "testdata/8000-joint-cbr.mp3"), read(t, "testdata/44100-joint-vbr.mp3")
	for name, c := range map[string]struct {
		file   []byte
		frames uint32
		bytes  uint32
	}{
		"too many, constant":  {constant, 30, 0},
		"too few, constant":   {constant, 3, 0},
		"huge, variable":      {variable, 1 << 30, 0},
		"too few, variable":   {variable, 1, 0},
		"none, variable":      {variable, 0, 0},
		"frames and bytes":    {variable, 1 << 31, 1 << 31},
		"bytes, constant":     {constant, 4, 1000},
		"all that there is":   {variable, math.MaxUint32, math.MaxUint32},
		"no bytes, no frames": {constant, 0, math.MaxUint32},
	} {
		want := readAll(t, open(t, c.file))
		file := bytes.Clone(c.file)
		at := bytes.Index(file, []byte("Info"))
		if at < 0 {
			at = bytes.Index(file, []byte("Xing"))
		}
		binary.BigEndian.PutUint32(file[at+8:], c.frames)
		if c.bytes > 0 {
			binary.BigEndian.PutUint32(file[at+12:], c.bytes)
		}
		d := open(t, file)
		// without a length the padding at the end cannot be told from sound
		if got := readAll(t, d); len(got) < len(want) || len(got) > len(want)+2*1152 || !equal(got[:len(want)], want) {
			t.Errorf("%s: %d samples, want %d and some padding", name, len(got), len(want))
		}
	}
}

// Frames may carry a checksum of two bytes behind the header. Here each is made
// from one without, at the next higher bitrate to have room for it.
func TestChecksumsAreSkipped(t *testing.T) {
	file := read(t, "testdata/8000-mono-alone.mp3")
	var checked []byte
	for at := 0; at < len(file); at += 144 {
		frame := make([]byte, 216)
		copy(frame, file[at:at+4])
		frame[1] &^= 1
		frame[2] = frame[2]&0x0F | 3<<4
		copy(frame[6:], file[at+4:at+144])
		checked = append(checked, frame...)
	}
	if !equal(readAll(t, open(t, checked)), readAll(t, open(t, file))) {
		t.Error("other samples came")
	}
}

// VBRI is the label of Fraunhofer's encoders.
func TestAVBRIFrameIsNoSound(t *testing.T) {
	file := read(t, "testdata/8000-mono-alone.mp3")
	label := make([]byte, 144)
	copy(label, file[:4])
	copy(label[36:], "VBRI\x00\x01")
	if !equal(readAll(t, open(t, join(label, file))), readAll(t, open(t, file))) {
		t.Error("other samples came")
	}
}

func TestAFileThatShrinksWhilePlayingSaysWhereItBroke(t *testing.T) {
	file := bytes.Repeat(read(t, "testdata/8000-mono-alone.mp3"), 200)
	shrinking := &shrinkingFile{bytes.NewReader(file), int64(len(file))}
	d, err := mp3.New(shrinking, int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	shrinking.size = 100 * 144 // 100 frames of 72 ms, after what has been read by now
	if err := d.SeekFrame(d.Info().Frames / 2); err != nil {
		t.Fatal(err)
	}
	_, err = d.ReadFrames(make([]float32, 100))
	var broken *review.Error
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != d.Info().Duration()/2 {
		t.Errorf("%v, want %s in the middle", err, format.Broken)
	}
	shrinking.size = int64(len(file)) // the network is back
	if n, err := d.ReadFrames(make([]float32, 100)); err != nil || n == 0 {
		t.Errorf("when the file is whole again: %d, %v", n, err)
	}
}

type shrinkingFile struct {
	r    *bytes.Reader
	size int64
}

func (f *shrinkingFile) ReadAt(p []byte, at int64) (int, error) {
	if at >= f.size {
		return 0, io.EOF
	}
	n, err := f.r.ReadAt(p[:min(int64(len(p)), f.size-at)], at)
	if err == nil && n < len(p) {
		err = io.EOF
	}
	return n, err
}

func FuzzRead(f *testing.F) {
	for _, file := range recordings(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint16(len(data)/2))
	}
	f.Fuzz(func(t *testing.T, file []byte, at uint16) {
		d, err := mp3.New(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			if review.CodeOf(err) == review.Internal {
				t.Fatalf("a broken file must name its reason: %v", err)
			}
			return
		}
		info := d.Info()
		if info.Frames < 1 || info.Frames > 1152*int64(len(file)) || info.Channels < 1 || info.Channels > 2 {
			t.Fatalf("a file of %d bytes has %+v", len(file), info)
		}
		straight, err := drain(d)
		if code := review.CodeOf(err); !errors.Is(err, io.EOF) && code != format.Broken {
			t.Fatal(err)
		}
		frames := len(straight) / info.Channels
		if errors.Is(err, io.EOF) && int64(frames) != info.Frames || frames == 0 {
			return
		}
		frame := int(at) % frames
		if err := d.SeekFrame(int64(frame)); err != nil {
			t.Fatal(err)
		}
		if got, _ := drain(d); !equal(got, straight[frame*info.Channels:]) {
			t.Fatalf("after a seek to %d of %d other samples came", frame, frames)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, file := range recordings(b) {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(strings.TrimSuffix(filepath.Base(file), ".mp3"), func(b *testing.B) {
			d, err := mp3.New(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				b.Fatal(err)
			}
			dst := make([]float32, 2*4096)
			for b.Loop() {
				if err := d.SeekFrame(0); err != nil {
					b.Fatal(err)
				}
				for {
					if _, err := d.ReadFrames(dst); err != nil {
						break
					}
				}
			}
			played := d.Info().Duration() * time.Duration(b.N)
			b.ReportMetric(float64(played)/float64(b.Elapsed()), "×real-time")
		})
	}
}

// drain reads to the error that ends it, checking every sample.
func drain(d *mp3.Reader) (all []float32, err error) {
	dst := make([]float32, 2*1000)
	for {
		n, err := d.ReadFrames(dst)
		for _, x := range dst[:n*d.Info().Channels] {
			if x-x != 0 {
				return all, errors.New("a sample is no number")
			}
		}
		all = append(all, dst[:n*d.Info().Channels]...)
		if err != nil {
			return all, err
		}
		if n == 0 {
			return all, errors.New("nothing was read, without a reason")
		}
	}
}

func readAll(t *testing.T, d *mp3.Reader) []float32 {
	t.Helper()
	all, err := drain(d)
	if !errors.Is(err, io.EOF) {
		t.Fatalf("after %d samples: %v", len(all), err)
	}
	return all
}

// readSome reads count samples, in pieces that end anywhere.
func readSome(t *testing.T, d *mp3.Reader, count int) []float32 {
	t.Helper()
	some := make([]float32, count)
	channels := d.Info().Channels
	for rest := some; len(rest) > 0; {
		n, err := d.ReadFrames(rest[:min(len(rest), 700*channels)])
		if err != nil {
			t.Fatalf("with %d samples to come: %v", len(rest), err)
		}
		rest = rest[n*channels:]
	}
	return some
}

func problem(d *mp3.Reader) review.Code {
	for _, p := range d.Info().Problems {
		return p.Code
	}
	return ""
}

func open(t *testing.T, file []byte) *mp3.Reader {
	t.Helper()
	d, err := mp3.New(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func expected(t *testing.T, file string) []int16 {
	t.Helper()
	raw := read(t, strings.TrimSuffix(file, filepath.Ext(file))+".s16")
	samples := make([]int16, len(raw)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(raw[2*i:]))
	}
	return samples
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func le(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		_ = binary.Write(&b, binary.LittleEndian, v) // a bytes.Buffer never fails
	}
	return b.Bytes()
}

func equal(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
