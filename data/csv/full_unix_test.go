//go:build unix

package csv

import (
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/earshot-app/earshot/review"
)

// The system takes no more than a part of the file, as on a full disk, wherever
// in it that happens: the old file stays, alone, and a person is told.
func TestWriteFileWhereNoMoreGoesOnTheDisk(t *testing.T) {
	signal.Ignore(syscall.SIGXFSZ) // which would end the test; without it the write fails
	defer signal.Reset(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Error(err)
		}
	}()
	const size = 100_000
	row := strings.Repeat("x", 98) + "\r\n"
	for _, room := range []uint64{0, 1, 4095, 4096, 4097, 50_000, size - 1} {
		name := filepath.Join(t.TempDir(), "calls.csv")
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		less := limit
		less.Cur = room
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &less); err != nil {
			t.Fatal(err)
		}
		err := WriteFile(t.Context(), name, func(w io.Writer) error {
			for range size / len(row) {
				if _, err := io.WriteString(w, row); err != nil {
					return err
				}
			}
			return nil
		})
		if review.CodeOf(err) != NotWritten {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
		if got := only(t, name); got != "old" {
			t.Errorf("with room for %d bytes the file holds %.20q", room, got)
		}
	}
}
