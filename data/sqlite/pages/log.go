package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	logHeaderSize   = 32
	frameHeaderSize = 24
)

// readLog finds the last committed version of each page in the log. A frame whose
// checksum is wrong counts all the same when it belongs to this life of the log
// and a commit follows it: what it holds is newer than what the file has.
func (f *File) readLog() error {
	header := make([]byte, logHeaderSize)
	if _, err := io.ReadFull(f.log, header); err != nil {
		return logEnd(err)
	}
	size := pageSize(binary.BigEndian.Uint32(header[8:]))
	var order binary.ByteOrder = binary.LittleEndian
	switch number := binary.BigEndian.Uint32(header); {
	case number == 0x377f0683:
		order = binary.BigEndian
	case number != 0x377f0682:
		return nil
	}
	if size == 0 {
		return nil
	}
	f.size = size
	sum := [2]uint32{binary.BigEndian.Uint32(header[24:]), binary.BigEndian.Uint32(header[28:])}
	open := map[uint32]int64{} // not committed yet
	frame := make([]byte, frameHeaderSize+size)
	most := f.count // pages there can be: a frame adds one at most
	for at := int64(logHeaderSize); ; at += int64(len(frame)) {
		if _, err := f.log.ReadAt(frame, at); err != nil {
			return logEnd(err)
		}
		if string(frame[8:16]) != string(header[16:24]) {
			return nil // of an earlier life
		}
		is := checksum(order, checksum(order, sum, frame[:8]), frame[frameHeaderSize:])
		sum = [2]uint32{binary.BigEndian.Uint32(frame[16:]), binary.BigEndian.Uint32(frame[20:])}
		page, after := binary.BigEndian.Uint32(frame), binary.BigEndian.Uint32(frame[4:])
		if most++; page > 0 {
			open[page] = at + frameHeaderSize
		}
		if after > 0 && is == sum {
			for n, place := range open {
				f.logged[n] = place
			}
			clear(open)
			f.count = min(after, most)
		}
	}
}

func logEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return fmt.Errorf("read the file's log: %w", err)
}

// checksum goes on with a checksum of the log over data.
func checksum(order binary.ByteOrder, sum [2]uint32, data []byte) [2]uint32 {
	for i := 0; i+8 <= len(data); i += 8 {
		sum[0] += order.Uint32(data[i:]) + sum[1]
		sum[1] += order.Uint32(data[i+4:]) + sum[0]
	}
	return sum
}
