package bucket

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/data/bucket/buckettest"
	"github.com/earshot-app/earshot/review"
)

var binary string // of the gateway

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "earshot-bucket")
	if err == nil {
		binary, err = buckettest.Build(folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// open opens the buckets of someone.
func open(t *testing.T, s buckettest.Server, key, secret string) *Buckets {
	t.Helper()
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_ACCESS_KEY_ID", key)
	t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
	b := New(s.Env(key, secret))
	t.Cleanup(b.Close)
	return b
}

// seen walks addresses and answers what it is told.
func seen(b *Buckets, addresses ...string) (names []string, err error) {
	err = b.Walk(context.Background(), addresses, func(root, name string, info fs.FileInfo, err error) error {
		names = append(names, fmt.Sprintf("%s | %s | %d", root, name, info.Size()))
		return err
	})
	return names, err
}

func TestEveryObjectUnderTheAddressIsFoundOnce(t *testing.T) {
	s := buckettest.Serve(t, binary)
	for i := range 1100 { // more than one page of the listing
		s.Put(t, fmt.Sprintf("calls/2026/11/%04d.wav", i), []byte("x"))
	}
	s.Put(t, "calls/2026/Grüße an 世界 (1)+%20.wav", []byte("four"))
	s.Put(t, "calls/2026/.hidden/a.wav", nil)
	s.Put(t, "calls/2026x/beside.wav", nil)
	b := open(t, s, buckettest.Owner, buckettest.OwnerSecret)

	names, err := seen(b, "s3://calls/2026/")
	if err != nil || len(names) != 1101 {
		t.Fatalf("%d objects, %v", len(names), err)
	}
	if want := "s3://calls/2026 | Grüße an 世界 (1)+%20.wav | 4"; !slices.Contains(names, want) {
		t.Errorf("no %q", want)
	}
	single, err := seen(b, "s3://calls/2026x/beside.wav")
	if want := []string{"s3://calls/2026x | beside.wav | 0"}; err != nil || !slices.Equal(single, want) {
		t.Errorf("one object by its address: %v, %v", single, err)
	}
}

func TestRangesAreWhatTheFileHolds(t *testing.T) {
	s := buckettest.Serve(t, binary)
	random := rand.New(rand.NewPCG(1, 2))
	content := make([]byte, 20*blockSize+12345) // more blocks than are kept
	for i := range content {
		content[i] = byte(random.Uint32())
	}
	s.Put(t, "calls/long.wav", content)
	o, err := open(t, s, buckettest.Owner, buckettest.OwnerSecret).Open(context.Background(), "s3://calls/long.wav")
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if o.Size() != int64(len(content)) {
		t.Fatalf("size %d, not %d", o.Size(), len(content))
	}
	for range 60 {
		at := random.IntN(len(content))
		got := make([]byte, random.IntN(2*blockSize))
		n, err := o.ReadAt(got, int64(at))
		want := content[at:min(at+len(got), len(content))]
		if !bytes.Equal(got[:n], want) || (err != nil) != (len(want) < len(got)) || err != nil && !errors.Is(err, io.EOF) {
			t.Fatalf("%d bytes at %d: %d, %v", len(got), at, n, err)
		}
	}
}

func TestARecordingThatIsReplacedIsNotMixedWithItself(t *testing.T) {
	s := buckettest.Serve(t, binary)
	s.Put(t, "calls/a.wav", bytes.Repeat([]byte("old"), blockSize))
	o, err := open(t, s, buckettest.Owner, buckettest.OwnerSecret).Open(context.Background(), "s3://calls/a.wav")
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	o.version.ETag = "another" // as after it was replaced
	if _, err := o.ReadAt(make([]byte, 10), 0); err == nil {
		t.Error("bytes of another version were answered")
	}
}

func TestAccessErrorsNameWhatIsMissing(t *testing.T) {
	s := buckettest.Serve(t, binary)
	s.Put(t, "calls/a.wav", []byte("x"))
	for _, test := range []struct {
		name, key, secret, address string
		want                       review.Code
		permission                 any
	}{
		{"no credentials", "", "", "s3://calls", NoCredentials, nil},
		{"wrong secret", buckettest.Owner, "wrong", "s3://calls", WrongKey, nil},
		{"unknown key", "stranger", "wrong", "s3://calls", WrongKey, nil},
		{"not granted", buckettest.Nobody, buckettest.NobodySecret, "s3://calls", Denied, mayList},
		{"no bucket", buckettest.Owner, buckettest.OwnerSecret, "s3://other", NoBucket, nil},
		{"nothing there", buckettest.Owner, buckettest.OwnerSecret, "s3://calls/2025", NothingThere, nil},
		{"no such profile", buckettest.Owner, buckettest.OwnerSecret, "s3://nobody@calls", NoProfile, nil},
		{"no address", buckettest.Owner, buckettest.OwnerSecret, "s3://", BadAddress, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := seen(open(t, s, test.key, test.secret), test.address)
			var failed *review.Error
			if !errors.As(err, &failed) || failed.Code != test.want || failed.Args["permission"] != test.permission {
				t.Errorf("%v (%v), not %s", err, review.CodeOf(err), test.want)
			}
		})
	}
	_, err := open(t, s, buckettest.Nobody, buckettest.NobodySecret).Open(context.Background(), "s3://calls/a.wav")
	if review.CodeOf(err) != Denied {
		t.Errorf("opening what is not granted: %v", err)
	}
}

func TestAServerThatDoesNotAnswerIsSaidSo(t *testing.T) {
	s := buckettest.Server{URL: "http://" + buckettest.Free(t)}
	_, err := seen(open(t, s, buckettest.Owner, buckettest.OwnerSecret), "s3://calls")
	if review.CodeOf(err) != Unreachable {
		t.Errorf("%v", err)
	}
	s.URL = "calls.example"
	if _, err = seen(open(t, s, buckettest.Owner, buckettest.OwnerSecret), "s3://calls"); review.CodeOf(err) != BadServer {
		t.Errorf("%v", err)
	}
}

func TestAProfileBringsItsServerAndCredentials(t *testing.T) {
	s := buckettest.Serve(t, binary)
	s.Put(t, "calls/a.wav", []byte("x"))
	folder := t.TempDir()
	config, secrets := filepath.Join(folder, "config"), filepath.Join(folder, "credentials")
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(config, "[profile quality]\nendpoint_url = "+s.URL+"\nregion = us-east-1\n")
	write(secrets, "[quality]\naws_access_key_id = "+buckettest.Owner+"\naws_secret_access_key = "+buckettest.OwnerSecret+"\n")
	t.Setenv("AWS_CONFIG_FILE", config)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", secrets)
	b := New(os.Getenv)
	defer b.Close()
	names, err := seen(b, "s3://quality@calls")
	if want := []string{"s3://quality@calls | a.wav | 1"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("%v, %v", names, err)
	}
}

// What is public needs no credentials: a profile that only names a server asks it
// without, and the server says whether that will do.
func TestAProfileMayOnlyNameAServer(t *testing.T) {
	s := buckettest.Serve(t, binary)
	s.Put(t, "calls/a.wav", []byte("x"))
	b := open(t, s, "", "")
	config := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(config, []byte("[profile public]\nendpoint_url = "+s.URL+"\nregion = us-east-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", config)
	if _, err := seen(b, "s3://public@calls"); review.CodeOf(err) != NoCredentials {
		t.Errorf("the server was not asked: %v", err)
	}
}
