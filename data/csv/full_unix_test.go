//go:build unix

package csv

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/earshot-app/earshot/review"
)

// What a run of this test in a program of its own is told: how large a file may
// become there, and which file it writes.
const roomVariable, fileVariable = "EARSHOT_TEST_ROOM", "EARSHOT_TEST_FILE"

// The system takes no more than a part of the file, as on a full disk, wherever
// in it that happens: the old file stays, alone, and a person is told.
func TestWriteFileWhereNoMoreGoesOnTheDisk(t *testing.T) {
	const size = 100_000
	if room := os.Getenv(roomVariable); room != "" {
		writeWithin(t, room, size)
		return
	}
	for _, room := range []int{0, 1, 4095, 4096, 4097, 50_000, size - 1} {
		name := filepath.Join(t.TempDir(), "calls.csv")
		if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), fmt.Sprint(roomVariable, "=", room), fileVariable+"="+name)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("with room for %d bytes: %v\n%s", room, err, out)
		}
		if got := only(t, name); got != "old" {
			t.Errorf("with room for %d bytes the file holds %.20q", room, got)
		}
	}
}

func writeWithin(t *testing.T, room string, size int) {
	signal.Ignore(syscall.SIGXFSZ) // which would end the program; without it the write fails
	var limit syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit)
	if err != nil {
		t.Fatal(err)
	}
	if limit.Cur, err = strconv.ParseUint(room, 10, 64); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	row := strings.Repeat("x", 98) + "\r\n"
	err = WriteFile(t.Context(), os.Getenv(fileVariable), func(w io.Writer) error {
		for range size / len(row) {
			if _, err := io.WriteString(w, row); err != nil {
				return err
			}
		}
		return nil
	})
	if review.CodeOf(err) != NotWritten {
		t.Errorf("answered %v", err)
	}
}
