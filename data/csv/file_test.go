package csv

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/earshot-app/earshot/review"
)

func TestWriteFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "ranking.csv")
	for _, content := range []string{"first", "second, and longer", ""} {
		if err := WriteFile(t.Context(), name, says(content)); err != nil {
			t.Fatal(err)
		}
		if got := only(t, name); got != content {
			t.Errorf("the file holds %q, want %q", got, content)
		}
	}
}

// Whatever goes wrong half-way, the old file is there, whole, and alone.
func TestWriteFileLeavesTheOldFile(t *testing.T) {
	lost := errors.New("library gone")
	ctx, cancel := context.WithCancel(t.Context())
	tests := []struct {
		name  string
		write func(io.Writer) error
		want  error
	}{
		{"the rows fail", func(w io.Writer) error {
			_, _ = io.WriteString(w, strings.Repeat("half", 10_000))
			return lost
		}, lost},
		{"a person stops it", func(w io.Writer) error {
			_, _ = io.WriteString(w, strings.Repeat("half", 10_000))
			cancel()
			_, err := io.WriteString(w, strings.Repeat("half", 10_000))
			return err
		}, review.Fail(review.Cancelled, nil)},
		{"a person stopped it before", says("all"), review.Fail(review.Cancelled, nil)},
	}
	for _, test := range tests {
		name := filepath.Join(t.TempDir(), "ranking.csv")
		if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := WriteFile(ctx, name, test.write); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if got := only(t, name); got != "old" {
			t.Errorf("%s: the file holds %.20q", test.name, got)
		}
	}
}

// A library holds months of listening; no table is worth it. It is told by what
// is in it, since a person may have given it any name.
func TestWriteFileNeverReplacesALibrary(t *testing.T) {
	const library = "SQLite format 3\x00\x10\x00\x02\x02"
	name := filepath.Join(t.TempDir(), "ranking.csv")
	if err := os.WriteFile(name, []byte(library), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.csv")
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{name, link} {
		if err := WriteFile(t.Context(), file, says("rows")); !errors.Is(err, review.Fail(InItsPlace, nil)) {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
	}
	if got := only(t, name); got != library {
		t.Errorf("the library holds %q", got)
	}
}

// Whoever may, could lose /dev/null to a file of that name.
func TestWriteFileNeverReplacesADevice(t *testing.T) {
	name := filepath.Join(t.TempDir(), "d") // the system takes no long ones
	socket, err := net.Listen("unix", name)
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), name, says("x")); review.CodeOf(err) != NotWritten {
		t.Errorf("%v", err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().IsRegular() {
		t.Errorf("it is %v now, %v", info.Mode(), err)
	}
	if err := socket.Close(); err != nil {
		t.Error(err)
	}
}

func TestWriteFileLeavesNothingWhereNothingWas(t *testing.T) {
	folder := t.TempDir()
	broken := func(io.Writer) error { return errors.New("library gone") }
	if err := WriteFile(t.Context(), filepath.Join(folder, "ranking.csv"), broken); err == nil {
		t.Error("a failure was kept quiet")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("left %v, %v", entries, err)
	}
}

// Customers' words are not for everyone on the machine, unless someone decided
// so before.
func TestWriteFileKeepsPermissions(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // has no such permissions
	}
	name := filepath.Join(t.TempDir(), "moments.csv")
	mode := func() os.FileMode {
		t.Helper()
		if err := WriteFile(t.Context(), name, says("x")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	if got := mode(); got != 0o600 {
		t.Errorf("a new file has %v", got)
	}
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	if got := mode(); got != 0o640 {
		t.Errorf("a file that the group may read has %v", got)
	}
}

func TestWriteFileFollowsALink(t *testing.T) {
	folder := t.TempDir()
	target, link := filepath.Join(folder, "shared.csv"), filepath.Join(folder, "link.csv")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), link, says("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(target); err != nil || string(got) != "new" {
		t.Errorf("the link's target holds %q, %v", got, err)
	}
}

func TestWriteFileSaysWhyNot(t *testing.T) {
	folder := t.TempDir()
	missing := filepath.Join(folder, "no such folder", "ranking.csv")
	if err := WriteFile(t.Context(), missing, says("x")); review.CodeOf(err) != NoFolder {
		t.Errorf("a missing folder answers %v", err)
	}
	if err := os.Mkdir(filepath.Join(folder, "ranking.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(t.Context(), filepath.Join(folder, "ranking.csv"), says("x")); review.CodeOf(err) != NotWritten {
		t.Errorf("a folder in the file's place answers %v", err)
	}
	for cause, want := range map[error]review.Code{
		fs.ErrPermission: NotAllowed, syscall.EROFS: NotAllowed, syscall.ENOSPC: DiskFull, syscall.EIO: NotWritten,
	} {
		err := reason(fmt.Errorf("write: %w", cause), filepath.Join(folder, "x.csv"))
		var e *review.Error
		if !errors.As(err, &e) || e.Code != want || e.Args["file"] != "x.csv" {
			t.Errorf("%v answers %v, want %s of x.csv", cause, err, want)
		}
	}
}

func says(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

// only reads a file and checks that nothing else is in its folder.
func only(t *testing.T, name string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
