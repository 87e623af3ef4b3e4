// Package instance lets a library have one window: a second start with the same
// library hands its arguments to the first, and ends.
//
//	first, handed, err := instance.Claim(library, folder, paths)
//	if handed {
//		return // the first start has them
//	}
//	first.Listen(func(paths []string) { … })
//	defer first.Close()
//
// The two talk over a socket in a folder that nobody else may open, a line of JSON
// each way.
package instance

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/adrg/xdg"
)

// patience is how long a start waits for the other side of the socket.
const patience = 2 * time.Second

// A First is the start that has the window, and hears of later ones.
type First struct {
	socket net.Listener
	done   sync.WaitGroup
}

// Claim makes this start the first one with that library, or hands paths to the
// one that is. An error means that neither worked. The socket lies in the
// user's runtime folder, or in fallback where the system has none.
func Claim(library, fallback string, paths []string) (f *First, handed bool, err error) {
	file := socketFile(library, fallback)
	if hand(file, paths) == nil {
		return nil, true, nil
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, false, err
	}
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) { // left by one that was killed
		return nil, false, err
	}
	socket, err := net.Listen("unix", file)
	if err != nil {
		return nil, false, err
	}
	return &First{socket: socket}, false, nil
}

// socketFile is one for each library; its name is short, since a socket's path
// may have about a hundred bytes only.
func socketFile(library, fallback string) string {
	sum := sha256.Sum256([]byte(library))
	folder := fallback
	if info, err := os.Stat(xdg.RuntimeDir); err == nil && info.IsDir() {
		folder = filepath.Join(xdg.RuntimeDir, "earshot")
	}
	return filepath.Join(folder, hex.EncodeToString(sum[:8])+".sock")
}

// hand gives paths to the first start and waits until it has them.
func hand(file string, paths []string) error {
	conn, err := net.DialTimeout("unix", file, patience)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if err := handOver(conn, paths); err != nil {
		return err
	}
	var taken bool
	return json.NewDecoder(conn).Decode(&taken)
}

// Listen calls later with what each later start hands over, from a goroutine
// of its own, until Close.
func (f *First) Listen(later func(paths []string)) {
	f.done.Go(func() {
		for {
			conn, err := f.socket.Accept()
			if err != nil { // closed
				return
			}
			if paths, err := take(conn); err == nil {
				later(paths)
			}
		}
	})
}

func take(conn net.Conn) ([]string, error) {
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	paths, err := handed(conn)
	if err != nil {
		return nil, err
	}
	return paths, json.NewEncoder(conn).Encode(true)
}

// handOver writes paths, as bytes: in a text, JSON would change a name that is no
// Unicode.
func handOver(w io.Writer, paths []string) error {
	raw := make([][]byte, len(paths))
	for i, path := range paths {
		raw[i] = []byte(path)
	}
	return json.NewEncoder(w).Encode(raw)
}

// mostHanded is more than a system lets a program be started with, in bytes.
const mostHanded = 32 << 20

// handed reads what handOver writes.
func handed(r io.Reader) ([]string, error) {
	var raw [][]byte
	if err := json.NewDecoder(io.LimitReader(r, mostHanded)).Decode(&raw); err != nil {
		return nil, err
	}
	paths := make([]string, len(raw))
	for i, path := range raw {
		paths[i] = string(path)
	}
	return paths, nil
}

// Close ends Listen, and lets the next start be the first one.
func (f *First) Close() {
	_ = f.socket.Close() // it also removes the file
	f.done.Wait()
}
