package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
)

// tree makes files in a new folder; a name with a trailing slash is a folder.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range names {
		full := filepath.Join(root, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(full, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte("sound"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// names walks paths and lists what is yielded: the name, and the code of what
// is left out.
func names(t *testing.T, paths ...string) []string {
	t.Helper()
	var got []string
	err := Walk(t.Context(), paths, func(_, name string, info fs.FileInfo, err error) error {
		if err != nil {
			name = fmt.Sprintf("%s: %s", name, review.CodeOf(err))
		} else if info.Size() != 5 {
			t.Errorf("%s has %d bytes, not 5", name, info.Size())
		}
		got = append(got, name)
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
		t.Errorf("walked (-want +got):\n%s", diff)
	}
}

func TestEveryFileOfATreeInTheOrderOfNames(t *testing.T) {
	root := tree(t, "b.wav", "a/2.wav", "a/1.wav", "a/deep/er/3.wav", "c.txt", "empty/")
	want(t, names(t, root), "a/1.wav", "a/2.wav", "a/deep/er/3.wav", "b.wav", "c.txt")
}

func TestHiddenFilesAndFoldersAreLeftOut(t *testing.T) {
	root := tree(t, ".DS_Store", "._call.wav", ".trash/call.wav", "call.wav")
	want(t, names(t, root), "call.wav")
}

func TestAHiddenFileThatIsNamedIsWalked(t *testing.T) {
	root := tree(t, ".call.wav", ".archive/old.wav")
	want(t, names(t, filepath.Join(root, ".call.wav"), filepath.Join(root, ".archive")), "old.wav", ".call.wav")
}

// Exports have names in any script, and a name may hold all but a slash.
func TestNamesAreYieldedAsTheyAre(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // its file names cannot hold these
	}
	odd := []string{" leading.wav", "Gespräch mit Łódź.wav", "line\nbreak.wav", "not \xff utf-8.wav", "録音.wav"}
	want(t, names(t, tree(t, odd...)), odd...)
}

func TestAFileIsWalkedBelowItsFolder(t *testing.T) {
	root := tree(t, "a/call.wav", "a/other.wav")
	err := Walk(t.Context(), []string{filepath.Join(root, "x", "..", "a", "call.wav")},
		func(gotRoot, name string, _ fs.FileInfo, err error) error {
			if gotRoot != filepath.Join(root, "a") || name != "call.wav" || err != nil {
				t.Errorf("yielded %q below %q, %v", name, gotRoot, err)
			}
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
}

func TestARelativePathIsMadeAbsolute(t *testing.T) {
	root := tree(t, "calls/a.wav")
	t.Chdir(root)
	err := Walk(t.Context(), []string{"calls/."}, func(gotRoot, _ string, _ fs.FileInfo, _ error) error {
		if !filepath.IsAbs(gotRoot) || filepath.Base(gotRoot) != "calls" {
			t.Errorf("root is %q", gotRoot)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A recording that is found twice would be two calls.
func TestOverlappingPathsYieldAFileOnce(t *testing.T) {
	root := tree(t, "a/1.wav", "b/2.wav", "a-b/3.wav")
	a := filepath.Join(root, "a")
	want(t, names(t, a, a+"/", filepath.Join(a, "1.wav"), filepath.Join(root, "a-b")), "1.wav", "3.wav")
	want(t, names(t, a, root), "a/1.wav", "a-b/3.wav", "b/2.wav")
}

func TestLinks(t *testing.T) {
	root := tree(t, "calls/1.wav", "elsewhere/2.wav")
	calls := filepath.Join(root, "calls")
	for name, target := range map[string]string{
		"file.wav":   filepath.Join(root, "elsewhere", "2.wav"),
		"folder":     filepath.Join(root, "elsewhere"),
		"gone.wav":   filepath.Join(root, "gone"),
		"loop":       calls,
		"up":         "..",
		"itself.wav": "itself.wav",
	} {
		if err := os.Symlink(target, filepath.Join(calls, name)); err != nil {
			t.Fatal(err)
		}
	}
	want(t, names(t, calls),
		"1.wav", "file.wav", "folder/: linked-folder", "gone.wav: broken-link",
		"itself.wav: broken-link", "loop/: linked-folder", "up/: linked-folder")
	want(t, names(t, filepath.Join(calls, "folder")), "2.wav")
	want(t, names(t, filepath.Join(calls, "folder"), calls),
		"1.wav", "file.wav", "folder/: linked-folder", "gone.wav: broken-link",
		"itself.wav: broken-link", "loop/: linked-folder", "up/: linked-folder", "2.wav")
}

func TestAPathThatDoesNotExistStopsTheWalkBeforeItStarts(t *testing.T) {
	root := tree(t, "a.wav")
	for _, path := range []string{filepath.Join(root, "no-such"), ""} {
		err := Walk(t.Context(), []string{root, path}, func(string, string, fs.FileInfo, error) error {
			t.Error("yielded a file")
			return nil
		})
		if review.CodeOf(err) != NoPath {
			t.Errorf("%q: got %v, want %s", path, err, NoPath)
		}
	}
}

func TestWhatIsRemovedMeanwhileIsNoProblem(t *testing.T) {
	root := tree(t, "a.wav", "b/1.wav", "c.wav", "d.wav")
	var got []string
	err := Walk(t.Context(), []string{root}, func(_, name string, _ fs.FileInfo, err error) error {
		got = append(got, name)
		return errors.Join(err, os.RemoveAll(filepath.Join(root, "b")), os.RemoveAll(filepath.Join(root, "c.wav")))
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, got, "a.wav", "d.wav")
}

func TestWalkReturnsTheErrorOfYield(t *testing.T) {
	stop := errors.New("stop")
	calls := 0
	err := Walk(t.Context(), []string{tree(t, "a.wav", "b.wav")}, func(string, string, fs.FileInfo, error) error {
		calls++
		return stop
	})
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("got %v after %d files", err, calls)
	}
}

func TestCancelEndsTheWalk(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	err := Walk(ctx, []string{tree(t, "a/1.wav", "a/2.wav", "b.wav")}, func(string, string, fs.FileInfo, error) error {
		calls++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("got %v after %d files", err, calls)
	}
}

func TestCountCountsWhatIsWalked(t *testing.T) {
	root := tree(t, "a/1.wav", "a/.hidden/2.wav", "a/.3.wav", "b/c/4.json", "5.wav", "empty/")
	n, err := Count(t.Context(), []string{root, filepath.Join(root, "a")})
	if walked := len(names(t, root)); err != nil || n != int64(walked) || n != 3 {
		t.Errorf("counted %d of %d, %v", n, walked, err)
	}
	if _, err := Count(t.Context(), []string{filepath.Join(root, "gone")}); review.CodeOf(err) != NoPath {
		t.Errorf("a path that is gone answers %v", err)
	}
}
