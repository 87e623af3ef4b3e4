// Package buckettest runs a real S3 server over a folder, for tests.
package buckettest

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
	Owner, OwnerSecret   = "owner", "owner-secret"
	Nobody, NobodySecret = "nobody", "nobody-secret"
)

// A Server is a running gateway.
type Server struct {
	URL    string
	folder string
}

// Build builds the gateway into a folder and answers its program.
func Build(folder string) (program string, err error) {
	install := exec.Command("go", "install", gateway)
	install.Env = append(os.Environ(), "GOBIN="+folder, "GOFLAGS=-mod=mod", "CGO_ENABLED=0")
	if said, err := install.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the server: %w\n%s", err, said)
	}
	return filepath.Join(folder, "versitygw"), nil
}

// Serve runs a program of [Build] until the test ends.
func Serve(t *testing.T, program string) Server {
	t.Helper()
	s := Server{folder: t.TempDir()}
	address := Free(t)
	s.URL = "http://" + address
	run := exec.Command(program, "--port", address, "--access", Owner, "--secret", OwnerSecret, "--quiet",
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
		if answer, err := http.Get(s.URL); err == nil {
			answer.Body.Close()
			s.admit(t, program)
			return s
		}
		time.Sleep(50 * time.Millisecond) // until it listens
	}
	t.Fatal("the server does not answer")
	return s
}

// admit makes the user Nobody.
func (s Server) admit(t *testing.T, program string) {
	t.Helper()
	create := exec.Command(program, "admin", "--access", Owner, "--secret", OwnerSecret, "--endpoint-url", s.URL,
		"create-user", "--access", Nobody, "--secret", NobodySecret, "--role", "user")
	if said, err := create.CombinedOutput(); err != nil {
		t.Fatalf("create the user: %v\n%s", err, said)
	}
}

// Put writes an object, as the gateway keeps it: a file of the bucket's folder.
func (s Server) Put(t *testing.T, key string, content []byte) {
	t.Helper()
	path := filepath.Join(s.folder, filepath.FromSlash(key))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Move gives an object another key.
func (s Server) Move(t *testing.T, from, to string) {
	t.Helper()
	path := filepath.Join(s.folder, filepath.FromSlash(to))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(s.folder, filepath.FromSlash(from)), path); err != nil {
		t.Fatal(err)
	}
}

// Env is the environment of someone with credentials.
func (s Server) Env(key, secret string) func(string) string {
	return func(name string) string {
		return map[string]string{
			"AWS_ENDPOINT_URL": s.URL, "AWS_REGION": "us-east-1",
			"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret,
		}[name]
	}
}

// Free is an address that nobody listens at.
func Free(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
