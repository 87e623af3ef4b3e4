package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/data/bucket/buckettest"
)

// A bucket is a source like a folder: its recordings become calls, are looked at
// again, and are cut without being copied; nothing of the credentials is kept.
func TestABucketIsASource(t *testing.T) {
	program, err := buckettest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := buckettest.Serve(t, program)
	dir, _ := recordings(t, 3)
	files, err := filepath.Glob(filepath.Join(dir, "*.wav"))
	if err != nil || len(files) != 3 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s.Put(t, "calls/2026/11/"+filepath.Base(file), content)
	}
	c := newCtl(t)
	environment := s.Env(buckettest.Owner, buckettest.OwnerSecret)
	for _, name := range []string{"AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		t.Setenv(name, environment(name))
	}
	if in := get[imported](c, "import", "s3://calls/2026"); in.Calls != 3 || in.Recordings != 3 || len(in.Problems) != 0 {
		t.Fatalf("import: %+v", in)
	}
	calls := get[[]callRow](c, "calls")
	if len(calls) != 3 || calls[0].Duration != 80 {
		t.Fatalf("calls: %+v", calls)
	}
	if again := get[imported](c, "import", "s3://calls/2026"); again.Calls != 0 || again.Updated != 0 {
		t.Errorf("a second look: %+v", again)
	}
	clip := filepath.Join(t.TempDir(), "clip.wav")
	get[any](c, "clip", calls[0].UID, "--from", "10", "--to", "12", "-o", clip)
	if info, err := os.Stat(clip); err != nil || info.Size() < 2*8000*2 {
		t.Errorf("the clip: %v, %v", info, err)
	}
	kept, err := filepath.Glob(filepath.Join(c.home, "*", "*", "*"))
	if err != nil || len(kept) == 0 {
		t.Fatalf("%v, %v", kept, err)
	}
	for _, file := range kept {
		content, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(content), buckettest.OwnerSecret) {
			t.Errorf("%s holds the secret", filepath.Base(file))
		}
	}
}
