package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/data/bucket/buckettest"
)

// A bucket is a source like a folder: its recordings become calls, are looked at
// again, and are cut without being copied; nothing of the credentials is kept.
func TestABucketIsASource(t *testing.T) {
	c, _ := inBucket(t)
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

// A table that lies in the bucket is read there, and a recording that has another
// key is the same call.
func TestABucketHoldsItsTableAndMovesItsRecordings(t *testing.T) {
	c, s := inBucket(t)
	s.Put(t, "calls/2026/calls.csv", []byte("file,category\n0.wav,Late\n1.wav,Moved\nnowhere.wav,Late\n"))
	in := get[imported](c, "import", "s3://calls/2026", "--metadata", "s3://calls/2026/calls.csv")
	if in.Calls != 3 || len(in.Problems) != 1 || in.Problems[0].Line != 4 || in.Problems[0].File != "calls.csv" || in.FilesAlone != 1 {
		t.Fatalf("import: %+v", in)
	}
	s.Move(t, "calls/2026/11/1.wav", "calls/2026/12/1.wav")
	again := get[rescanned](c, "rescan")
	if again.Moved != 1 || again.Gone != 0 || again.Calls != 0 || again.Recordings != 0 {
		t.Errorf("after a move: %+v", again)
	}
	moved := 0
	for _, call := range get[[]callRow](c, "calls") {
		if call.Category == "Moved" {
			moved++
		}
	}
	if moved != 1 {
		t.Errorf("%d calls are filed under the category of the one that moved", moved)
	}
	c.refuse(1, "missing-recording", "import", "s3://calls/2026", "--metadata", "s3://calls/2026/none.csv")
}

// inBucket is a terminal before a bucket "calls" with three recordings that differ.
func inBucket(t *testing.T) (*ctl, buckettest.Server) {
	t.Helper()
	program, err := buckettest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := buckettest.Serve(t, program)
	dir := t.TempDir()
	for i := range 3 {
		file := filepath.Join(dir, fmt.Sprint(i, ".wav"))
		writeWAV(t, file)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		content[100] = byte(i)
		s.Put(t, "calls/2026/11/"+filepath.Base(file), content)
	}
	c := newCtl(t)
	environment := s.Env(buckettest.Owner, buckettest.OwnerSecret)
	for _, name := range []string{"AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		t.Setenv(name, environment(name))
	}
	return c, s
}
