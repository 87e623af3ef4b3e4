package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzSettings starts the app with whatever lies where its settings should: what
// comes of it is kept as it is.
func FuzzSettings(f *testing.F) {
	for _, seed := range []string{`{"theme":"dark","width":1280,"height":800,"sound":{"speed":1.5}}`, `{"width":1e39,"sound":{"speed":"fast"}}`, `{`, "", "null"} {
		f.Add([]byte(seed))
	}
	root := f.TempDir()
	folders := Folders{Data: root, Config: filepath.Join(root, "config"), Cache: root}
	if err := os.MkdirAll(folders.Config, 0o700); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(folders.settings(), raw, 0o600); err != nil {
			t.Fatal(err)
		}
		read := folders.Settings()
		if err := folders.SaveSettings(read); err != nil {
			t.Fatalf("%+v cannot be kept: %v", read, err)
		}
		if again := folders.Settings(); !cmp.Equal(read, again) {
			t.Fatalf("%+v is %+v after a restart", read, again)
		}
	})
}
