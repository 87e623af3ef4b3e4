package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/desk"
)

// walked is the digest of what a walk yields, and whether it yields no problem.
func walked(t interface{ Fatal(why ...any) }, root string) (d desk.Digest, whole bool) {
	whole = true
	err := Walk(context.Background(), []string{root}, func(_, name string, info fs.FileInfo, err error) error {
		if err != nil {
			whole = false
			return nil
		}
		d.Add([]byte(name), info.Size(), info.ModTime())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, whole
}

// A glance sees what a walk yields, whatever lies there.
func TestAGlanceSeesWhatAWalkYields(t *testing.T) {
	name := rapid.SampledFrom([]string{"a", "b.wav", "deep", ".hidden", "ä", "line\nbreak", "c.wav"})
	kind := rapid.SampledFrom([]string{"file", "file", "file", "folder", "folder", "link"})
	rapid.Check(t, func(rt *rapid.T) {
		root, err := os.MkdirTemp(t.TempDir(), "tree")
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 12).Draw(rt, "things") {
			in, at := root, name.Draw(rt, "in")
			if info, err := os.Lstat(filepath.Join(root, at)); err == nil && info.IsDir() {
				in = filepath.Join(root, at)
			}
			at = filepath.Join(in, name.Draw(rt, "name"))
			var made error
			switch kind.Draw(rt, "kind") {
			case "file":
				made = os.WriteFile(at, make([]byte, rapid.IntRange(0, 9).Draw(rt, "size")), 0o600)
			case "folder":
				made = os.Mkdir(at, 0o700)
			case "link":
				made = os.Symlink(filepath.Join(root, name.Draw(rt, "to")), at)
			}
			_ = made // what is there already stays
		}
		want, wantWhole := walked(rt, root)
		got, whole, err := Glance(context.Background(), root, func(int64) {})
		if err != nil || whole != wantWhole || whole && got != want {
			rt.Fatalf("%+v, whole %t, %v, where a walk has %+v, whole %t", got, whole, err, want, wantWhole)
		}
	})
}

func TestAGlanceAtOneFile(t *testing.T) {
	root := tree(t, "a.wav", "b.wav")
	want, _ := walked(t, filepath.Join(root, "a.wav"))
	if got, whole, err := Glance(t.Context(), filepath.Join(root, "a.wav"), func(int64) {}); err != nil || !whole || got != want || got.Files != 1 {
		t.Errorf("%+v, whole %t, %v, want %+v", got, whole, err, want)
	}
}

func TestAGlanceEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, whole, err := Glance(ctx, tree(t, "a.wav"), func(int64) {}); !errors.Is(err, context.Canceled) || whole {
		t.Errorf("whole %t, %v", whole, err)
	}
}
