package live

import (
	"bufio"
	"context"
	"io"
)

// maxLine bounds a line that is read.
const maxLine = 1 << 20

// Lines reads what somebody types, a line at a time.
type Lines struct{ scanner *bufio.Scanner }

// NewLines reads lines from in.
func NewLines(in io.Reader) *Lines {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxLine)
	return &Lines{scanner}
}

// Next is the next line, "" at the end. It answers what reading does.
func (l *Lines) Next() (string, error) {
	l.scanner.Scan()
	return l.scanner.Text(), l.scanner.Err()
}

// Rest hands on the other lines as they come. The channel is closed after the
// last; a line that comes after ctx ended ends the reading.
func (l *Lines) Rest(ctx context.Context) <-chan []byte {
	lines := make(chan []byte)
	go func() {
		defer close(lines)
		for l.scanner.Scan() {
			select {
			case lines <- append([]byte(nil), l.scanner.Bytes()...):
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}
