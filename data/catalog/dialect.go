package catalog

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/earshot-app/earshot/review"
)

// The encodings of tables, by the names of a desk.Arrangement.
const (
	utf8Text    = "utf-8"
	utf16Little = "utf-16le"
	utf16Big    = "utf-16be"
	windows1252 = "windows-1252"
)

// separators are what parts cells, the likeliest first.
const separators = ",;\t|"

// head is how much of a table is looked at to know its shape. A header is
// shorter by far.
const head = 64 << 10

// decoded returns the text of a table as UTF-8, but that of 8-bit encodings,
// which are read line by line: see [splitter]. It answers the encoding by its
// marks and its zero bytes, unless one was asked for.
func decoded(r io.Reader, asked string) (text *bufio.Reader, encoding string, err error) {
	raw := bufio.NewReaderSize(r, head)
	start, err := raw.Peek(head)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	encoding = asked
	switch {
	case bytes.HasPrefix(start, []byte("\xff\xfe")):
		encoding = utf16Little
	case bytes.HasPrefix(start, []byte("\xfe\xff")):
		encoding = utf16Big
	case encoding == "":
		encoding = encodingOf(start)
	}
	endian := unicode.LittleEndian
	switch encoding {
	case utf16Big:
		endian = unicode.BigEndian
	case utf16Little:
	default:
		if mark := []byte("\uFEFF"); bytes.HasPrefix(start, mark) {
			_, _ = raw.Discard(len(mark)) // it is in the buffer
			encoding = utf8Text
		}
		return raw, encoding, nil
	}
	wide := unicode.UTF16(endian, unicode.UseBOM).NewDecoder()
	return bufio.NewReaderSize(transform.NewReader(raw, wide), head), encoding, nil
}

// encodingOf guesses the encoding of a table without a mark. Every second byte
// of UTF-16 is zero where the text is Latin. What is in an 8-bit encoding is,
// but for English, no UTF-8; a few torn letters in UTF-8 do not make it one.
func encodingOf(start []byte) string {
	line, _, _ := bytes.Cut(start, []byte("\n"))
	var zeros [2]int
	for i, b := range line {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(line) / 2; {
	case half > 0 && zeros[0] == 0 && zeros[1] > half/2:
		return utf16Little
	case half > 0 && zeros[1] <= 1 && zeros[0] > half/2:
		return utf16Big
	}
	whole, torn := 0, 0
	for len(start) > 0 {
		r, size := utf8.DecodeRune(start)
		switch {
		case r == utf8.RuneError && size == 1 && !utf8.FullRune(start):
			size = len(start) // cut off by the end of what is looked at
		case r == utf8.RuneError && size == 1:
			torn++
		case size > 1:
			whole++
		}
		start = start[size:]
	}
	if torn > whole {
		return windows1252
	}
	return utf8Text
}

// isText refuses what no encoding makes a table of: its first line holds
// control characters.
func isText(line string) bool {
	return !strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' && r != '\r' })
}

// latin reads a line of Windows-1252.
func latin(line string) string {
	text, err := charmap.Windows1252.NewDecoder().String(line)
	if err != nil {
		return strings.ToValidUTF8(line, "\uFFFD") // it knows every byte
	}
	return text
}

// badArrangement says which part of an arrangement means nothing.
func badArrangement(name, value string) error {
	return review.Fail(review.BadArgument, review.Args{"name": name, "value": value})
}
