package instance

import (
	"net"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.uber.org/goleak"
)

// short is a folder whose path leaves room for a socket's name.
func short(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "es")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

func TestASecondStartHandsItsFoldersToTheFirst(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	library, folder := filepath.Join(t.TempDir(), "a.earshot"), short(t)
	one, handed, err := Claim(library, folder, []string{"/calls/october"})
	if err != nil || handed {
		t.Fatalf("the first start: handed %t, %v", handed, err)
	}
	got := make(chan []string, 1)
	one.Listen(func(paths []string) { got <- paths })

	_, handed, err = Claim(library, folder, []string{"/calls/november"})
	if err != nil || !handed {
		t.Fatalf("the second start: handed %t, %v", handed, err)
	}
	if paths := <-got; !slices.Equal(paths, []string{"/calls/november"}) {
		t.Errorf("the first was handed %v", paths)
	}

	other, handed, err := Claim(library+"2", folder, nil)
	if err != nil || handed {
		t.Errorf("a start with another library: handed %t, %v", handed, err)
	}
	other.Close()
	one.Close()
	again, handed, err := Claim(library, folder, nil)
	if err != nil || handed {
		t.Fatalf("a start after the first has ended: handed %t, %v", handed, err)
	}
	again.Close()
}

// A start that was killed leaves its socket behind; that must keep nobody out.
func TestASocketThatNobodyListensToIsTakenOver(t *testing.T) {
	library, folder := filepath.Join(t.TempDir(), "a.earshot"), short(t)
	if err := os.WriteFile(socketFile(library, folder), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	one, handed, err := Claim(library, folder, nil)
	if err != nil || handed {
		t.Fatalf("handed %t, %v", handed, err)
	}
	one.Close()
}

// Someone else's words on the socket must neither hang nor end the first start.
func TestNonsenseOnTheSocketIsLetGo(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	library, folder := filepath.Join(t.TempDir(), "a.earshot"), short(t)
	one, _, err := Claim(library, folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan []string, 2)
	one.Listen(func(paths []string) { got <- paths })
	file := socketFile(library, folder)
	conn, err := net.Dial("unix", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("hello?\n")); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	if err := hand(file, []string{"/calls"}); err != nil {
		t.Fatal(err)
	}
	if paths := <-got; !slices.Equal(paths, []string{"/calls"}) {
		t.Errorf("handed %v", paths)
	}
	one.Close()
}
