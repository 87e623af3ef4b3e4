package bucket

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// gateway is the real S3 server of these tests, over a folder: a bucket is a
// folder in it.
const gateway = "github.com/versity/versitygw/cmd/versitygw@v1.8.0"

// The server's owner, and a user whom nothing is granted.
const (
	owner, ownerSecret   = "owner", "owner-secret"
	nobody, nobodySecret = "nobody", "nobody-secret"
)

// server is a running gateway.
type server struct{ folder, url string }

// program builds the gateway once for all tests.
func program(folder string) (string, error) {
	install := exec.Command("go", "install", gateway)
	install.Env = append(os.Environ(), "GOBIN="+folder, "GOFLAGS=-mod=mod", "CGO_ENABLED=0")
	if said, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the server: %w\n%s", err, said)
	}
	return filepath.Join(folder, "versitygw"), nil
}

// serve runs the gateway until the test ends.
func serve(t *testing.T) server {
	t.Helper()
	s := server{folder: t.TempDir()}
	address := free(t)
	s.url = "http://" + address
	run := exec.Command(binary, "--port", address, "--access", owner, "--secret", ownerSecret, "--quiet",
		"--iam-dir", t.TempDir(), "posix", s.folder)
	var said bytes.Buffer
	run.Stdout, run.Stderr = &said, &said
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = run.Process.Kill()
		_ = run.Wait()
		if t.Failed() {
			t.Logf("the server said:\n%s", said.String())
		}
	})
	for range 200 {
		if answer, err := http.Get(s.url); err == nil {
			answer.Body.Close()
			s.admit(t)
			return s
		}
		time.Sleep(50 * time.Millisecond) // until it listens
	}
	t.Fatal("the server does not answer")
	return s
}

// admit makes the user nobody.
func (s server) admit(t *testing.T) {
	t.Helper()
	create := exec.Command(binary, "admin", "--access", owner, "--secret", ownerSecret, "--endpoint-url", s.url,
		"create-user", "--access", nobody, "--secret", nobodySecret, "--role", "user")
	if said, err := create.CombinedOutput(); err != nil {
		t.Fatalf("create the user: %v\n%s", err, said)
	}
}

// put writes an object, as the gateway keeps it: a file of the bucket's folder.
func (s server) put(t *testing.T, key string, content []byte) {
	t.Helper()
	path := filepath.Join(s.folder, filepath.FromSlash(key))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// env is the environment of someone with credentials.
func (s server) env(key, secret string) func(string) string {
	return func(name string) string {
		return map[string]string{
			"AWS_ENDPOINT_URL": s.url, "AWS_REGION": "us-east-1",
			"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret,
		}[name]
	}
}

func free(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
