package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"testing"
	"time"
)

// A hub whose parent says nothing for long ends, although its pipe is open: a
// parent that hangs, or whose end of the pipe another process holds.
func TestAHubEndsWithAParentThatHangs(t *testing.T) {
	config, err := json.Marshal(Config{Dir: t.TempDir(), Session: "abcdefghijklmnop", Host: make([]byte, 32), Listen: []string{"127.0.0.1:0"}})
	if err != nil {
		t.Fatal(err)
	}
	silent, open := io.Pipe() // nothing is written, and it does not end
	defer open.Close()
	var said bytes.Buffer
	in := io.MultiReader(bytes.NewReader(append(config, '\n')), silent)
	if err := pipe(context.Background(), in, &said, 2*time.Second); err != nil {
		t.Error(err)
	}
	if !bytes.Contains(said.Bytes(), []byte(`"closed"`)) {
		t.Errorf("it said %s", said.Bytes())
	}
}
