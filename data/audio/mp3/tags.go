package mp3

import "encoding/binary"

// maxTags bounds the walk through a file of nothing but tags.
const maxTags = 100

// skipID3 returns where what follows the ID3v2 tags at a place begins (ID3
// tag version 2.4.0, 3.1).
func skipID3(f *file, at int64) int64 {
	for range maxTags {
		b := f.bytes(at, 10)
		if !isID3(b) {
			return at
		}
		// four times seven bits, so that no tag holds a sync word
		size := int64(b[6])<<21 | int64(b[7])<<14 | int64(b[8])<<7 | int64(b[9])
		if b[5]&0x10 != 0 {
			size += 10 // a footer
		}
		at += 10 + size
	}
	return at
}

func isID3(b []byte) bool {
	return len(b) >= 10 && string(b[:3]) == "ID3" && b[3] != 0xFF && b[4] != 0xFF &&
		b[6]|b[7]|b[8]|b[9] < 0x80
}

// trimTags returns where the tags at the end of a file begin: ID3v1 of 128
// bytes, and APE (APEv2 specification: the last 32 bytes tell the size).
func trimTags(f *file, start int64) int64 {
	end := f.size
	for range maxTags {
		size := tagBefore(f, end)
		if size == 0 || end-size < start {
			break
		}
		end -= size
	}
	return end
}

// tagBefore returns the size of the tag that ends at a place, 0 for none.
func tagBefore(f *file, end int64) int64 {
	if b := f.bytes(end-128, 128); len(b) == 128 && string(b[:3]) == "TAG" {
		return 128
	}
	b := f.bytes(end-32, 32)
	if len(b) < 32 || string(b[:8]) != "APETAGEX" {
		return 0
	}
	const hasHeader = 1 << 31
	size := int64(binary.LittleEndian.Uint32(b[12:]))
	if binary.LittleEndian.Uint32(b[20:])&hasHeader != 0 {
		size += 32
	}
	return max(size, 32)
}
