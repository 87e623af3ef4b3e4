package hub_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
)

// A shelf holds the recordings of a session, by the hash of their content.
type shelf map[string][]byte

func (s shelf) add(content []byte) (hash string) {
	sum := sha256.Sum256(content)
	hash = hex.EncodeToString(sum[:])
	s[hash] = content
	return hash
}

func (s shelf) open(_ context.Context, hash string) (io.ReaderAt, int64, error) {
	content, ok := s[hash]
	if !ok {
		return nil, 0, errors.New("not a call of this session")
	}
	return bytes.NewReader(content), int64(len(content)), nil
}

// noise is what no compression makes smaller.
func noise(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
}

// A sheet is memory to write a recording to.
type sheet struct{ bytes []byte }

func (s *sheet) WriteAt(p []byte, at int64) (int, error) {
	if end := int(at) + len(p); end > len(s.bytes) {
		s.bytes = append(s.bytes, make([]byte, end-len(s.bytes))...)
	}
	return copy(s.bytes[at:], p), nil
}

// lend has the host hand out recordings until the test ends.
func (r *room) lend(t testing.TB, open hub.Opener) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var lending sync.WaitGroup
	lending.Go(func() { _ = r.conn.Lend(ctx, open) })
	t.Cleanup(func() { stop(); lending.Wait() })
}

// fetch asks until the host lends.
func fetch(t *testing.T, c *hub.Conn, hash string, progress func(done, of int64)) ([]byte, error) {
	t.Helper()
	for {
		var got sheet
		err := c.Fetch(t.Context(), hash, &got, progress)
		if review.CodeOf(err) != hub.HostAway {
			return got.bytes, err
		}
	}
}

func TestARecordingArrivesAsTheHostHasIt(t *testing.T) {
	r := open(t)
	here := shelf{}
	r.lend(t, here.open)
	a := r.join(t, someone(t, 2))
	const part = 256 << 10
	for _, size := range []int{1, part - 1, part, part + 1, 9*part + 17} {
		hash := here.add(noise(size))
		var last, steps int64
		got, err := fetch(t, a, hash, func(done, of int64) {
			if done < last || of != int64(size) {
				t.Errorf("progress went from %d to %d of %d", last, done, of)
			}
			last = done
			steps++
		})
		if err != nil || !bytes.Equal(got, here[hash]) {
			t.Errorf("%d bytes: got %d, %v", size, len(got), err)
		}
		if want := int64(size+part-1) / part; last != int64(size) || steps != want {
			t.Errorf("%d bytes: progress ended at %d in %d steps, want %d", size, last, steps, want)
		}
	}
}

func TestOnlyTheSessionsRecordingsAreLent(t *testing.T) {
	r := open(t)
	here := shelf{}
	r.lend(t, here.open)
	a := r.join(t, someone(t, 2))
	for _, hash := range []string{"", "../library.earshot", "/etc/passwd", hex.EncodeToString(make([]byte, 32))} {
		_, err := fetch(t, a, hash, func(int64, int64) {})
		wantCode(t, err, hub.NoSessionAudio)
	}
}

func TestAnotherRecordingIsNoticed(t *testing.T) {
	r := open(t)
	here := shelf{}
	hash := here.add(noise(1 << 20))
	here[hash] = noise(1<<20 + 1)[1:] // edited since the draw
	r.lend(t, here.open)
	_, err := fetch(t, r.join(t, someone(t, 2)), hash, func(int64, int64) {})
	wantCode(t, err, hub.AudioChanged)
}

func TestFetchingEndsWithItsContext(t *testing.T) {
	r := open(t)
	here := shelf{}
	hash := here.add(noise(4 << 20))
	r.lend(t, here.open)
	a := r.join(t, someone(t, 2))
	if _, err := fetch(t, a, hash, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	err := a.Fetch(ctx, hash, &sheet{}, func(done, of int64) { stop() })
	wantCode(t, err, review.Cancelled)
}

func TestNobodyLendsWithoutTheHost(t *testing.T) {
	r := open(t)
	err := r.join(t, someone(t, 2)).Fetch(t.Context(), "00", &sheet{}, func(int64, int64) {})
	wantCode(t, err, hub.HostAway)
}

// One member who asks for everything at once is told to wait; what another asks
// for comes meanwhile.
func TestWhoAsksForTooMuchWaitsAlone(t *testing.T) {
	r := open(t)
	here := shelf{}
	hash := here.add(noise(64))
	slow := make(chan struct{})
	r.lend(t, func(ctx context.Context, asked string) (io.ReaderAt, int64, error) {
		if asked != hash {
			<-slow
		}
		return here.open(ctx, asked)
	})
	defer close(slow)
	b := r.join(t, someone(t, 3))
	if _, err := fetch(t, b, hash, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	in := r.intrude(t, someone(t, 9))
	answers, err := in.SubscribeSync("_INBOX." + in.me + ".r")
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		asked := []byte(`{"hash":"slow","at":0,"size":262144}`)
		if err := in.PublishRequest("rs."+r.sid+".req."+in.me+".audio", "_INBOX."+in.me+".r", asked); err != nil {
			t.Fatal(err)
		}
	}
	for range 20 - 8 {
		answer, err := answers.NextMsgWithContext(t.Context())
		if err != nil || answer.Header.Get("Refused") != "busy" {
			t.Fatalf("the ninth and later got %v, %v; want that the host is busy", answer, err)
		}
	}
}
