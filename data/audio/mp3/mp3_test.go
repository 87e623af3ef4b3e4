package mp3_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
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
			got := formattest.Plays(t, formattest.Open(t, mp3.Format, file))
			want := formattest.ReadS16(t, strings.TrimSuffix(file, ".mp3")+".s16")
			if len(got) != len(want) {
				t.Fatalf("%d samples, want %d", len(got), len(want))
			}
			for i := range want {
				if off := math.Abs(float64(got[i]-want[i])) * (1 << 15); off > largest {
					t.Fatalf("sample %d is %v steps off", i, off)
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
		info := open(t, formattest.Read(t, file)).Info()
		if info.Container != "mp3" || info.Codec != "mp3" || info.Rate != rate || info.Channels != channels || info.Problems != nil {
			t.Errorf("%s: %+v", file, info)
		}
	}
}

func TestAfterASeekTheSamplesAreThoseOfStraightDecoding(t *testing.T) {
	for _, file := range recordings(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			formattest.Seeks(t, formattest.Open(t, mp3.Format, file))
		})
	}
}

// Tags hold pictures, lyrics and the names of agents; none of it is sound.
func TestTagsAreSkipped(t *testing.T) {
	file := formattest.Read(t, "testdata/44100-joint-vbr.mp3")
	want := formattest.Plays(t, open(t, file))
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
		if !formattest.Equal(formattest.Plays(t, d), want) || d.Info().Problems != nil {
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
	frame := formattest.Read(t, "testdata/8000-mono-alone.mp3")[:72]
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
	label := formattest.Read(t, "testdata/8000-joint-cbr.mp3")[:144]
	_, err := mp3.New(bytes.NewReader(label), int64(len(label)))
	if review.CodeOf(err) != format.Empty && review.CodeOf(err) != format.NotARecording {
		t.Errorf("%v, want %s", err, format.Empty)
	}
}

// A label is believed only if the file is as long as it says.
func TestALabelThatLiesIsNotBelieved(t *testing.T) {
	constant, variable := formattest.Read(t, "testdata/8000-joint-cbr.mp3"), formattest.Read(t, "testdata/44100-joint-vbr.mp3")
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
		want := formattest.Plays(t, open(t, c.file))
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
		if got := formattest.Plays(t, d); len(got) < len(want) || len(got) > len(want)+2*1152 || !formattest.Equal(got[:len(want)], want) {
			t.Errorf("%s: %d samples, want %d and some padding", name, len(got), len(want))
		}
	}
}

// Frames may carry a checksum of two bytes behind the header. Here each is made
// from one without, at the next higher bitrate to have room for it.
func TestChecksumsAreSkipped(t *testing.T) {
	file := formattest.Read(t, "testdata/8000-mono-alone.mp3")
	var checked []byte
	for at := 0; at < len(file); at += 144 {
		frame := make([]byte, 216)
		copy(frame, file[at:at+4])
		frame[1] &^= 1
		frame[2] = frame[2]&0x0F | 3<<4
		copy(frame[6:], file[at+4:at+144])
		checked = append(checked, frame...)
	}
	if !formattest.Equal(formattest.Plays(t, open(t, checked)), formattest.Plays(t, open(t, file))) {
		t.Error("other samples came")
	}
}

// Joined recordings may change from one channel to two; the number that is
// played is that of the first.
func TestChannelsThatChangeAreMappedToThoseOfTheStart(t *testing.T) {
	mono := formattest.Read(t, "testdata/8000-mono-alone.mp3")
	stereo := formattest.Read(t, "testdata/8000-joint-cbr.mp3")[216:] // without its label
	monoAlone, stereoAlone := formattest.Plays(t, open(t, mono)), formattest.Plays(t, open(t, stereo))
	for i, x := range formattest.Seeks(t, open(t, join(mono, stereo))) {
		want := float32(0)
		if second := i - len(monoAlone); second < 0 {
			want = monoAlone[i]
		} else if second > 2*576 { // before, both overlap
			want = (stereoAlone[2*second] + stereoAlone[2*second+1]) / 2
		} else {
			continue
		}
		if x != want {
			t.Fatalf("one channel: sample %d is %v, want %v", i, x, want)
		}
	}
	for i, x := range formattest.Seeks(t, open(t, join(stereo, mono))) {
		want := float32(0)
		if second := i - len(stereoAlone); second < 0 {
			want = stereoAlone[i]
		} else if second > 2*2*576 {
			want = monoAlone[second/2]
		} else {
			continue
		}
		if x != want {
			t.Fatalf("two channels: sample %d is %v, want %v", i, x, want)
		}
	}
}

// VBRI is the label of Fraunhofer's encoders.
func TestAVBRIFrameIsNoSound(t *testing.T) {
	file := formattest.Read(t, "testdata/8000-mono-alone.mp3")
	label := make([]byte, 144)
	copy(label, file[:4])
	copy(label[36:], "VBRI\x00\x01")
	if !formattest.Equal(formattest.Plays(t, open(t, join(label, file))), formattest.Plays(t, open(t, file))) {
		t.Error("other samples came")
	}
}

// Whatever a file holds, it plays to its end or to where it says that it broke,
// and a seek gives what straight decoding gave.
func FuzzRead(f *testing.F) {
	for _, file := range recordings(f) {
		data := formattest.Read(f, file)
		f.Add(data, uint16(len(data)/2))
	}
	f.Fuzz(func(t *testing.T, file []byte, at uint16) {
		formattest.Survives(t, mp3.Format, file)
		d, err := mp3.New(bytes.NewReader(file), int64(len(file)))
		if err != nil || d.Info().Frames > 1<<18 {
			return
		}
		straight, _ := formattest.Play(d)
		channels := d.Info().Channels
		if len(straight) == 0 {
			return
		}
		frame := int(at) % (len(straight) / channels)
		if err := d.SeekFrame(int64(frame)); err != nil {
			t.Fatal(err)
		}
		if got, _ := formattest.Play(d); !formattest.Equal(got, straight[frame*channels:]) {
			t.Fatalf("after a seek to %d other samples came", frame)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	for _, file := range recordings(b) {
		data := formattest.Read(b, file)
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

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func le(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		_ = binary.Write(&b, binary.LittleEndian, v) // a bytes.Buffer never fails
	}
	return b.Bytes()
}
