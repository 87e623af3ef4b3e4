package ogg

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	capture  = "OggS"
	headSize = 27
	// maxPage is a page of 255 segments of 255 bytes.
	maxPage = headSize + 255 + 255*255
	// nowhere is the position of a page on which no packet ends; furthest is
	// one that only a damaged page has.
	nowhere  = -1
	furthest = 1 << 48
)

var (
	errPage     = errors.New("there is no Ogg page where one should be")
	errChecksum = errors.New("the checksum of an Ogg page is wrong")
)

// A page is one page of any stream (RFC 3533, 6). Its bytes are good until the
// next one is read.
type page struct {
	start, end int64 // in the file
	continued  bool  // its first packet began on an earlier page
	begins     bool  // it is the first of its stream
	after      bool  // it comes right after the one that was read before
	last       bool  // it is the last of its stream
	granule    int64 // where its last packet ends, or nowhere
	serial     uint32
	number     uint32 // of the page in its stream
	segments   []byte
	body       []byte
}

// packetSize is the size of the first packet, as much of it as is here.
func (p *page) packetSize() (size int) {
	for _, s := range p.segments {
		size += int(s)
		if s < 255 {
			break
		}
	}
	return size
}

// page reads the page at at. After the last it returns io.EOF.
func (d *demuxer) page(at int64) (page, error) {
	if at >= d.size {
		return page{}, io.EOF
	}
	data, err := d.bytes(at)
	if err != nil {
		return page{}, fmt.Errorf("read page: %w", err)
	}
	p, err := parsePage(data, !d.unchecked)
	p.start, p.end = at, at+int64(headSize+len(p.segments)+len(p.body))
	return p, err
}

// bytes returns what lies at at: as much as the largest page, unless the file ends
// before. It reads ahead, as recorders that write what they hear at once make
// pages of a hundred bytes.
func (d *demuxer) bytes(at int64) ([]byte, error) {
	from, want := at-d.ahead, min(maxPage, d.size-at)
	if from < 0 || from+want > int64(d.held) {
		length := want
		if from >= 0 && from <= int64(d.held) { // it is read on, not sought in
			length = min(int64(len(d.buffer)), d.size-at)
		}
		n, err := d.r.ReadAt(d.buffer[:length], at)
		d.ahead, d.held, from = at, n, 0
		if int64(n) < want {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF // the file became shorter since it was opened
			}
			return nil, err
		}
	}
	return d.buffer[from:][:want], nil
}

// parsePage reads the page that begins data.
func parsePage(data []byte, checked bool) (page, error) {
	if len(data) < headSize || string(data[:4]) != capture || data[4] != 0 {
		return page{}, errPage
	}
	body := headSize + int(data[26])
	if body > len(data) {
		return page{}, errPage
	}
	p := page{
		continued: data[5]&1 != 0, begins: data[5]&2 != 0, last: data[5]&4 != 0,
		granule: int64(binary.LittleEndian.Uint64(data[6:])), serial: binary.LittleEndian.Uint32(data[14:]),
		number:   binary.LittleEndian.Uint32(data[18:]),
		segments: data[headSize:body],
	}
	if p.granule < nowhere || p.granule > furthest {
		return page{}, errPage
	}
	end := body
	for _, s := range p.segments {
		end += int(s)
	}
	if end > len(data) {
		return page{}, errPage
	}
	p.body = data[body:end]
	if checked && checksum(data[:end]) != binary.LittleEndian.Uint32(data[22:]) {
		return page{}, errChecksum
	}
	return p, nil
}

// crcTable is that of polynomial 0x04C11DB7, the highest bit first.
var crcTable = func() (table [256]uint32) {
	for i := range table {
		crc := uint32(i) << 24
		for range 8 {
			carry := crc>>31 != 0
			crc <<= 1
			if carry {
				crc ^= 0x04C11DB7
			}
		}
		table[i] = crc
	}
	return table
}()

// checksum is that of a page, whose own four bytes count as zeros.
func checksum(data []byte) (crc uint32) {
	for i, b := range data {
		if i >= 22 && i < 26 {
			b = 0
		}
		crc = crc<<8 ^ crcTable[byte(crc>>24)^b]
	}
	return crc
}
