//go:build unix

package csv

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What killed programs have left goes with the next export of the same name;
// what another program writes at that time, or a person made, stays.
func TestWriteFileCleansUpAfterTheKilled(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "calls.csv")
	const left, held = ".calls.csv.1234567890.earshot-part", ".calls.csv.1234567891.earshot-part"
	stay := []string{".calls.csv.1", ".calls.csv.swp", ".moments.csv.1234567890.earshot-part", "calls.csv.earshot-part"}
	for _, file := range append([]string{left, held}, stay...) {
		if err := os.WriteFile(filepath.Join(folder, file), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other, err := os.Open(filepath.Join(folder, held))
	if err != nil || !hold(other) {
		t.Fatal("cannot hold a file", err)
	}
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := WriteFile(t.Context(), name, says("new")); err != nil {
		t.Fatal(err)
	}
	want := append([]string{held, "calls.csv"}, stay...)
	slices.Sort(want)
	if got := names(t, folder); !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}

// Two programs that export to one name at a time do not take each other's parts
// away.
func TestWriteFileWhileAnotherWritesTheSame(t *testing.T) {
	name := filepath.Join(t.TempDir(), "calls.csv")
	err := WriteFile(t.Context(), name, func(w io.Writer) error {
		if err := WriteFile(t.Context(), name, says("first")); err != nil {
			return err
		}
		return says("last")(w)
	})
	if got := only(t, name); err != nil || got != "last" {
		t.Errorf("the file holds %q, %v", got, err)
	}
}

// A part that has a name, as on a disk without nameless files, is put in place
// or taken away all the same.
func TestANamedPart(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "calls.csv")
	for _, done := range []bool{false, true} {
		p, err := named(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.WriteString("new"); err != nil {
			t.Fatal(err)
		}
		if got := names(t, folder); len(got) != 1 {
			t.Errorf("while it is written the folder holds %q", got)
		}
		if done {
			err = p.put(name)
		}
		if err != nil || p.close() != nil {
			t.Fatal(err)
		}
		if got := names(t, folder); done != slices.Equal(got, []string{"calls.csv"}) || !done && len(got) > 0 {
			t.Errorf("in the end it holds %q", got)
		}
	}
}

func names(t *testing.T, folder string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}
