package catalog

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// scratch makes a file that only this process and its owner can read, and that
// is gone with it: where the system allows, it has no name any more.
func scratch() (*os.File, error) {
	file, err := os.CreateTemp("", "earshot-*")
	if err != nil {
		return nil, fmt.Errorf("make a scratch file: %w", err)
	}
	_ = os.Remove(file.Name()) // fails on Windows, where closeScratch does it
	return file, nil
}

func closeScratch(file *os.File) error {
	if file == nil {
		return nil
	}
	err := file.Close()
	_ = os.Remove(file.Name()) // it has none any more, but on Windows
	return err
}

// A spool keeps the rows of a table, one behind the other, in a scratch file.
type spool struct {
	file *os.File
	out  *bufio.Writer
	size int64
}

// spoolBuffer is how much is written at once.
const spoolBuffer = 1 << 18

// add appends a record and answers where it lies.
func (s *spool) add(record []byte) (at int64, err error) {
	if s.file == nil {
		if s.file, err = scratch(); err != nil {
			return 0, err
		}
		s.out = bufio.NewWriterSize(s.file, spoolBuffer)
	}
	at = s.size
	var length [binary.MaxVarintLen32]byte
	n := binary.PutUvarint(length[:], uint64(len(record)))
	_, _ = s.out.Write(length[:n]) // the next answers its error
	if _, err = s.out.Write(record); err != nil {
		return 0, fmt.Errorf("spool a table: %w", err)
	}
	s.size += int64(n + len(record))
	return at, nil
}

// seal ends adding.
func (s *spool) seal() error {
	if s.file == nil {
		return nil
	}
	return s.out.Flush()
}

// read returns the record at a place. Most are read at once with their length.
func (s *spool) read(at int64) ([]byte, error) {
	buffer := make([]byte, min(512, s.size-at))
	if _, err := s.file.ReadAt(buffer, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read a spooled row: %w", err)
	}
	length, n := binary.Uvarint(buffer)
	if n <= 0 || int64(length) > s.size-at-int64(n) {
		return nil, errors.New("a spooled row is broken")
	}
	if int(length) <= len(buffer)-n {
		return buffer[n : n+int(length)], nil
	}
	record := make([]byte, length)
	if _, err := s.file.ReadAt(record, at+int64(n)); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read a spooled row: %w", err)
	}
	return record, nil
}

// each yields all records, with where they lie, in the order in which they were
// added.
func (s *spool) each(yield func(record []byte, at int64) error) error {
	if s.file == nil {
		return nil
	}
	in := bufio.NewReaderSize(io.NewSectionReader(s.file, 0, s.size), 1<<16)
	var record []byte
	var at int64
	for {
		length, err := binary.ReadUvarint(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read spooled rows: %w", err)
		}
		record = append(record[:0], make([]byte, length)...)
		if _, err := io.ReadFull(in, record); err != nil {
			return fmt.Errorf("read spooled rows: %w", err)
		}
		if err := yield(record, at); err != nil {
			return err
		}
		at += int64(len(binary.AppendUvarint(nil, length))) + int64(length)
	}
}

func (s *spool) close() error { return closeScratch(s.file) }
