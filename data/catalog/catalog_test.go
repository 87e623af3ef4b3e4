package catalog

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// diskFiles is the least that Files must do: walk folders that hold nothing odd.
func diskFiles(_ context.Context, paths []string, yield func(root, name string, info fs.FileInfo, err error) error) error {
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			if path == root {
				return yield(filepath.Dir(root), filepath.Base(root), info, nil)
			}
			name, err := filepath.Rel(root, path)
			return errors.Join(err, yield(root, filepath.ToSlash(name), info, nil))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// wave is a WAV file of one channel, 8000 Hz, 16 bit, as its specification
// lays it out: RIFF, fmt with format tag 1, data.
func wave(frames int) []byte {
	size := uint32(2 * frames)
	b := []byte("RIFF")
	b = binary.LittleEndian.AppendUint32(b, 36+size)
	b = append(b, "WAVEfmt "...)
	b = binary.LittleEndian.AppendUint32(b, 16)
	for _, n := range []uint16{1, 1} { // PCM, mono
		b = binary.LittleEndian.AppendUint16(b, n)
	}
	for _, n := range []uint32{8000, 16000} { // frames and bytes a second
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	for _, n := range []uint16{2, 16} { // bytes a frame, bits a sample
		b = binary.LittleEndian.AppendUint16(b, n)
	}
	b = append(b, "data"...)
	b = binary.LittleEndian.AppendUint32(b, size)
	return append(b, make([]byte, size)...)
}

// folder makes a folder of files.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// walk lists what a catalogue finds, a line each: the name, the line of the
// metadata, and the code of a problem or the queue of a recording.
func walk(t *testing.T, req desk.ImportRequest) []string {
	t.Helper()
	var got []string
	err := New(diskFiles, time.UTC).Walk(t.Context(), req, func(f desk.Found) error {
		switch {
		case f.Problem != nil && f.Line > 0:
			got = append(got, fmt.Sprintf("%s:%d %s", f.Name, f.Line, f.Problem.Code))
		case f.Problem != nil:
			got = append(got, f.Name+" "+string(f.Problem.Code))
		default:
			got = append(got, strings.TrimSpace(f.Name+" "+f.Meta.Queue))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
}

func TestARecordingIsDescribed(t *testing.T) {
	root := folder(t, map[string]string{"a/call.wav": string(wave(8000))})
	info, err := os.Stat(filepath.Join(root, "a", "call.wav"))
	if err != nil {
		t.Fatal(err)
	}
	expected := desk.Found{
		Root: root, Name: "a/call.wav",
		Recording: review.Recording{
			Path: review.Hide(filepath.Join(root, "a", "call.wav")), Size: 44 + 16000, Modified: info.ModTime(),
			Format: "wav pcm-s16", Rate: 8000, Channels: 1, Frames: 8000,
		},
	}
	err = New(diskFiles, time.UTC).Walk(t.Context(), desk.ImportRequest{Paths: []string{root}}, func(f desk.Found) error {
		f.Mark = 0 // TestMark
		if diff := cmp.Diff(expected, f); diff != "" {
			t.Errorf("found (-want +got):\n%s", diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Exports come with licences, sidecars and thumbnails: nobody wants to read
// that they are no calls. A recording that cannot be heard must be told of.
func TestOnlyWhatClaimsToBeARecordingIsAProblem(t *testing.T) {
	good := string(wave(80))
	root := folder(t, map[string]string{
		"a.wav": good, "b-without-extension": good, "c.txt": good,
		"LICENSE": "Apache", "calls.csv": "file\na.wav\n", "call.json": "{}", "empty.txt": "", "photo.jpg": "\xff\xd8\xff\xe0",
		"empty.WAV": "", "text.wav": "not sound", "song.mp3": "ID3\x03", "torn.wav": good[:20], "torn.bin": good[:20],
	})
	want(t, walk(t, desk.ImportRequest{Paths: []string{root}}),
		"a.wav", "b-without-extension", "c.txt", "empty.WAV empty-recording", "song.mp3 not-a-recording",
		"text.wav not-a-recording", "torn.bin bad-wav", "torn.wav bad-wav")
}

// Telephones and meeting rooms record what only ffmpeg can decode: such a folder
// is imported with it, and told of without.
func TestRecordingsThatNeedFFmpeg(t *testing.T) {
	files := map[string]string{"a.wav": string(wave(80))}
	for _, name := range []string{"call.m4a", "call.amr"} {
		data, err := os.ReadFile(filepath.Join("..", "audio", "ffmpeg", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(data)
	}
	req := desk.ImportRequest{Paths: []string{folder(t, files)}}
	want(t, walk(t, req), "a.wav", "call.amr", "call.m4a")
	t.Setenv("PATH", t.TempDir())
	want(t, walk(t, req), "a.wav", "call.amr needs-ffmpeg", "call.m4a needs-ffmpeg")
}

func TestAFileThatWasNamedIsToldOf(t *testing.T) {
	root := folder(t, map[string]string{"notes.txt": "no sound", "empty": ""})
	want(t, walk(t, desk.ImportRequest{Paths: []string{filepath.Join(root, "notes.txt"), filepath.Join(root, "empty")}}),
		"notes.txt not-a-recording", "empty empty-recording")
}

// Problems that Files tells of are passed on if they matter: a folder may hold
// recordings, a link to a text does not.
func TestProblemsOfFiles(t *testing.T) {
	odd := review.Fail("odd", nil)
	files := func(_ context.Context, _ []string, yield func(string, string, fs.FileInfo, error) error) error {
		for _, name := range []string{"2026.11/", "call.wav", "readme.txt"} {
			if err := yield("/calls", name, nil, odd); err != nil {
				return err
			}
		}
		return nil
	}
	var got []string
	err := New(files, time.UTC).Walk(t.Context(), desk.ImportRequest{Paths: []string{"/calls"}}, func(f desk.Found) error {
		got = append(got, f.Name+" "+string(f.Problem.Code))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, got, "2026.11/ odd", "call.wav odd")
}

func TestNamesWithAnyLetters(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // its file names cannot hold these
	}
	sound := string(wave(80))
	const decomposed = "Gespra\u0308ch.wav" // as macOS writes names
	root := folder(t, map[string]string{decomposed: sound, "line\nbreak.wav": sound, "録音.wav": sound})
	table := filepath.Join(folder(t, map[string]string{
		"calls.csv": "file,queue\nGespräch.wav,Süd\n\"line\nbreak.wav\",Nord\n録音.wav,東\n",
	}), "calls.csv")
	want(t, walk(t, desk.ImportRequest{Paths: []string{root}, Metadata: table}),
		decomposed+" Süd", "line\nbreak.wav Nord", "録音.wav 東")
}

// Problems come in the order of the lines, and a recording that is broken is
// told of once, not again as a line without recording.
func TestProblemsOfTheMetadataComeLast(t *testing.T) {
	root := folder(t, map[string]string{
		"a.wav": string(wave(80)), "broken.wav": "no sound",
		"calls.csv": "file,start,queue\nno-such.wav,,X\nz.wav,soon,X\na.wav,,Tech\nbroken.wav,,X\n,,X\n",
	})
	req := desk.ImportRequest{Paths: []string{root}, Metadata: filepath.Join(root, "calls.csv")}
	want(t, walk(t, req), "a.wav Tech", "broken.wav not-a-recording",
		"calls.csv:2 metadata-no-recording", "calls.csv:3 metadata-start", "calls.csv:6 metadata-no-key")
}

// Whatever goes wrong with a line, no message may give away whom it is about.
func TestNoProblemHoldsWhatACellSays(t *testing.T) {
	root := folder(t, map[string]string{
		"calls.csv": "file,start,duration,agent,customer\nsecret.wav,secret,1,secret,secret\n" +
			"secret.wav,,secret,secret,secret\nsecret.wav\nsecret.wav,,,secret,secret\nsecret.wav,,,secret2,secret\n",
	})
	req := desk.ImportRequest{Paths: []string{root}, Metadata: filepath.Join(root, "calls.csv")}
	problems := 0
	err := New(diskFiles, time.UTC).Walk(t.Context(), req, func(f desk.Found) error {
		problems++
		if said := fmt.Sprint(f.Problem, f.Name); strings.Contains(said, "secret") {
			t.Errorf("line %d: %s", f.Line, said)
		}
		return nil
	})
	if err != nil || problems != 5 {
		t.Errorf("%d problems, %v", problems, err)
	}
}

func TestMetadataThatCannotBeUsedStopsTheImport(t *testing.T) {
	root := folder(t, map[string]string{"a.wav": string(wave(80)), "bad.csv": "colour\nred\n", "book.csv": "PK\x03\x04"})
	for name, code := range map[string]review.Code{
		"no-such.csv": Unreadable, ".": Unreadable, "bad.csv": NoColumns, "book.csv": NotText,
	} {
		req := desk.ImportRequest{Paths: []string{root}, Metadata: filepath.Join(root, name)}
		err := New(diskFiles, time.UTC).Walk(t.Context(), req, func(desk.Found) error {
			t.Errorf("%s: yielded", name)
			return nil
		})
		if review.CodeOf(err) != code {
			t.Errorf("%s answers %v, want %s", name, err, code)
		}
		if err != nil && strings.Contains(err.Error(), root) {
			t.Errorf("%s: the error gives the path away: %v", name, err)
		}
	}
}

// many is a catalogue of n recordings that are not on a disk. It probes in an
// order that depends on the scheduler, as a disk would answer.
func many(n int) *Catalog {
	files := func(_ context.Context, _ []string, yield func(string, string, fs.FileInfo, error) error) error {
		for i := range n {
			if err := yield("/calls", fmt.Sprintf("%06d.wav", i), fakeInfo{}, nil); err != nil {
				return err
			}
		}
		return nil
	}
	var turn atomic.Int64
	c := New(files, time.UTC)
	c.probe = func(context.Context, string) (audio.Info, int64, error) {
		for range turn.Add(7) % 5 {
			runtime.Gosched()
		}
		return audio.Info{Container: "wav", Codec: "pcm-s16", Rate: 8000, Channels: 1, Frames: 8000}, 0, nil
	}
	return c
}

type fakeInfo struct{ fs.FileInfo }

func (fakeInfo) Size() int64        { return 16044 }
func (fakeInfo) ModTime() time.Time { return time.Unix(0, 0) }

func TestTheOrderOfNamesIsKept(t *testing.T) {
	var names []string
	err := many(5000).Walk(t.Context(), desk.ImportRequest{Paths: []string{"/calls"}}, func(f desk.Found) error {
		names = append(names, f.Name)
		return nil
	})
	if err != nil || len(names) != 5000 || !slices.IsSorted(names) {
		t.Errorf("%d names, sorted %t, %v", len(names), slices.IsSorted(names), err)
	}
}

func TestCancelEndsAWalk(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	yielded := 0
	err := many(100_000).Walk(ctx, desk.ImportRequest{Paths: []string{"/calls"}}, func(desk.Found) error {
		if yielded++; yielded == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || yielded > 10+ahead {
		t.Errorf("yielded %d, %v", yielded, err)
	}
}

func TestTheErrorOfYieldEndsAWalk(t *testing.T) {
	full := errors.New("disk full")
	yielded := 0
	err := many(100_000).Walk(t.Context(), desk.ImportRequest{Paths: []string{"/calls"}}, func(desk.Found) error {
		yielded++
		return full
	})
	if !errors.Is(err, full) || yielded != 1 {
		t.Errorf("yielded %d, %v", yielded, err)
	}
}

func TestTheErrorOfFilesEndsAWalk(t *testing.T) {
	gone := review.Fail("gone", nil)
	files := func(_ context.Context, _ []string, yield func(string, string, fs.FileInfo, error) error) error {
		return errors.Join(yield("/calls", "a.wav", fakeInfo{}, nil), gone)
	}
	err := New(files, time.UTC).Walk(t.Context(), desk.ImportRequest{Paths: []string{"/calls"}}, func(desk.Found) error { return nil })
	if !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
}
