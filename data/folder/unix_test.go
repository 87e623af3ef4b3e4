//go:build unix

package folder

import (
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
)

// Opening a named pipe waits for ever; listing one must not.
func TestPipesAndSocketsAreToldOf(t *testing.T) {
	root := tree(t, "call.wav")
	if err := syscall.Mkfifo(filepath.Join(root, "pipe.wav"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root) // a socket's path must be short
	socket, err := net.Listen("unix", "socket.wav")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	want(t, names(t, root), "call.wav", "pipe.wav: not-a-file", "socket.wav: not-a-file")
	want(t, names(t, filepath.Join(root, "pipe.wav")), "pipe.wav: not-a-file")
	want(t, names(t, os.DevNull), "null: not-a-file")
}

// A path that is longer than the system takes is a folder that cannot be read,
// even by the superuser, whom permissions do not stop.
func TestAFolderThatCannotBeReadIsToldOf(t *testing.T) {
	root := tree(t, "a.wav", "z.wav")
	t.Chdir(root)
	name, deepest := strings.Repeat("d", 250), ""
	for range 17 { // 4250 letters; Linux takes 4095
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chdir(name); err != nil {
			t.Fatal(err)
		}
	}
	var codes []review.Code
	err := Walk(t.Context(), []string{root}, func(_, name string, _ fs.FileInfo, err error) error {
		codes = append(codes, review.CodeOf(err))
		if err != nil {
			deepest = name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]review.Code{"", UnreadableFolder, ""}, codes); diff != "" {
		t.Errorf("codes (-want +got):\n%s", diff)
	}
	if !strings.HasSuffix(deepest, name+"/") {
		t.Errorf("the problem is not told under the folder's name")
	}
}
