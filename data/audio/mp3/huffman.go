package mp3

import (
	"math"
	"strconv"
	"strings"
	"sync"
)

const (
	// rootBits is how much of a code the first look-up covers.
	rootBits = 8
	// longestPair is a code of 19 bits and two signs, without linbits.
	longestPair = 21
	// largest is the largest value: 15 and 13 linbits.
	largest = 15 + 1<<13 - 1
)

// linbits is how many bits follow a value of 15, by table (table B.7).
var linbits = [32]int{
	16: 1, 17: 2, 18: 3, 19: 4, 20: 6, 21: 8, 22: 10, 23: 13,
	24: 4, 25: 5, 26: 6, 27: 7, 28: 8, 29: 9, 30: 11, 31: 13,
}

// A code looks up pairs or quads: by their first rootBits, then, for the longer
// ones, by what follows.
type code struct {
	root [1 << rootBits]entry
	more []entry
}

// An entry is a leaf: the values in bits 0 to 7 (x and y, or four flags),
// whether x and y have a sign in 8 and 9, the length of the code in 10 to 15,
// and that with the signs from 16 on. Or it is a link, with the top bit set: how
// many bits to look up next in 10 to 15, from which entry on in 16 to 30.
type entry uint32

const link entry = 1 << 31

func (e entry) length() int { return int(e >> 10 & 63) }
func (e entry) total() int  { return int(e &^ link >> 16) }

func newLeaf(values uint64, length int) entry {
	e := entry(values) | entry(length)<<10 | entry(length)<<16
	if values&15 != 0 {
		e += 1<<8 + 1<<16
	}
	if values>>4 != 0 {
		e += 1<<9 + 1<<16
	}
	return e
}

// A leaf is an entry and its code, at the top of the bits.
type leaf struct {
	bits uint64
	entry
}

// newCode makes the look-up of a tree from the text of its leaves. In each, the
// last digit is the length, what stands before are the values.
func newCode(text string) *code {
	var leaves []leaf
	at := uint64(0)
	for _, s := range strings.Fields(text) {
		last := len(s) - 1
		length := int(digits(s[last:], 36))
		leaves = append(leaves, leaf{at, newLeaf(digits(s[:last], 16), length)})
		at += 1 << (64 - length)
	}
	c := &code{}
	c.linkLong(leaves)
	for _, l := range leaves {
		c.add(l)
	}
	return c
}

func digits(s string, base int) uint64 {
	d, err := strconv.ParseUint(s, base, 8)
	if err != nil {
		panic("the code tables, which are constant: " + err.Error())
	}
	return d
}

// linkLong makes room for the leaves that are too long for the root.
func (c *code) linkLong(leaves []leaf) {
	var deepest [1 << rootBits]int
	for _, l := range leaves {
		first := l.bits >> (64 - rootBits)
		deepest[first] = max(deepest[first], l.length()-rootBits)
	}
	for first, width := range deepest {
		if width > 0 {
			c.root[first] = link | entry(width)<<10 | entry(len(c.more))<<16
			c.more = append(c.more, make([]entry, 1<<width)...)
		}
	}
}

// add puts a leaf wherever its code is the beginning.
func (c *code) add(l leaf) {
	first := l.bits >> (64 - rootBits)
	to, free := c.root[first:], rootBits-l.length()
	if e := c.root[first]; e&link != 0 {
		to = c.more[e.total()+int(l.bits<<rootBits>>(64-e.length())):]
		free += e.length()
	}
	for i := range 1 << free {
		to[i] = l.entry
	}
}

// find returns the leaf at the top of window.
func (c *code) find(window uint64) entry {
	e := c.root[window>>(64-rootBits)]
	if e&link != 0 {
		e = c.more[e.total()+int(window<<rootBits>>(64-e.length()))]
	}
	return e
}

// codeTables are computed once, when the first recording is opened.
type codeTables struct {
	pairs          [32]*code
	quadsA, quadsB *quadTable
	// power is |value|^(4/3) (2.4.3.4).
	power [largest + 1]float32
	// small is the same for the values that need no linbits, then for their
	// negatives.
	small [32]float32
}

var tables = sync.OnceValue(func() *codeTables {
	t := &codeTables{quadsA: newQuadTable(false), quadsB: newQuadTable(true)}
	for number, text := range pairLeaves {
		t.pairs[number] = newCode(text)
	}
	for number := 17; number < 24; number++ {
		t.pairs[number] = t.pairs[16]
		t.pairs[number+8] = t.pairs[24]
	}
	for i := range t.power {
		t.power[i] = float32(float64(i) * math.Cbrt(float64(i)))
	}
	for i := range 16 {
		t.small[i], t.small[16+i] = t.power[i], -t.power[i]
	}
	return t
})

// readLines reads the Huffman codes of a granule (2.4.2.7) up to the bit end:
// the value^(4/3) of each line, with its sign. It returns how many lines were
// sent; the rest are 0.
func (t *codeTables) readLines(b *bits, g *granule, end int, lines *[granuleSize]float32) int {
	at := 0
	for region, next := range g.regionEnd {
		table := g.tables[region]
		switch {
		case at >= next:
			continue
		case t.pairs[table] == nil: // table 0, or one that is not defined
			clear(lines[at:next])
			at = next
		case linbits[table] == 0:
			at += t.readPairs(b, t.pairs[table], end, lines[at:next])
		default:
			at += t.readLargePairs(b, table, end, lines[at:next])
		}
	}
	quads := t.quadsA
	if g.quadB {
		quads = t.quadsB
	}
	at += readQuads(b, quads, end, lines[at:])
	clear(lines[at:])
	return at
}

// readPairs fills dst with pairs that have no linbits, and returns how many
// lines there were before the end.
func (t *codeTables) readPairs(b *bits, c *code, end int, dst []float32) int {
	window, left := b.window(), end-b.pos
	fresh := bitsAhead // bits of the window that can still be used
	for i := 0; i+1 < len(dst); i += 2 {
		if fresh < longestPair {
			b.pos = end - left
			window, fresh = b.window(), bitsAhead
		}
		e := c.find(window)
		total := e.total()
		if left -= total; left < 0 {
			b.pos = end
			return i
		}
		fresh -= total
		signs := window << (e.length() & 63)
		window <<= total & 63 // at once: the next code waits for nothing else
		dst[i] = t.small[(uint(signs>>63)<<4|uint(e>>4&15))&31]
		signs <<= e >> 9 & 1
		dst[i+1] = t.small[(uint(signs>>63)<<4|uint(e&15))&31]
	}
	b.pos = end - left
	return len(dst)
}

// readLargePairs is readPairs for the tables with linbits.
func (t *codeTables) readLargePairs(b *bits, table, end int, dst []float32) int {
	c, extra := t.pairs[table], linbits[table]
	for i := 0; i+1 < len(dst); i += 2 {
		e := c.find(b.window())
		if b.pos += e.length(); b.pos > end {
			b.pos = end
			return i
		}
		dst[i] = t.readLarge(b, uint(e>>4&15), extra)
		dst[i+1] = t.readLarge(b, uint(e&15), extra)
	}
	return len(dst)
}

// readLarge reads what follows a code for one of its values: linbits if it is
// 15, and the sign if it is not 0.
func (t *codeTables) readLarge(b *bits, value uint, extra int) float32 {
	switch value {
	case 0:
		return 0
	case 15:
		value += uint(b.read(extra))
	}
	if b.flag() {
		return -t.power[value]
	}
	return t.power[value]
}

// quadBits is the length of the longest code of a quad with four signs.
const quadBits = 10

// A quadTable tells of the next quadBits how many are a quad with its signs, in
// bits 8 and up, and the four values, each in two bits: 0, 1, or 2 for -1.
type quadTable [1 << quadBits]uint16

// newQuadTable makes the table of code A or B.
func newQuadTable(b bool) *quadTable {
	var t quadTable
	a := newCode(quadLeaves)
	for i := range t {
		window := uint64(i) << (64 - quadBits)
		e := a.find(window)
		length, flags := e.length(), uint(e&15)
		if b {
			length, flags = 4, uint(^window>>60)
		}
		window <<= length
		for line := range 4 {
			if flags>>(3-line)&1 == 1 {
				t[i] |= 1 << (2 * line) << (window >> 63)
				window <<= 1
				length++
			}
		}
		t[i] |= uint16(length) << 8
	}
	return &t
}

// readQuads reads the lines of which none is larger than 1, as long as there
// are bits.
func readQuads(b *bits, quads *quadTable, end int, dst []float32) int {
	values := [4]float32{0, 1, -1}
	at := 0
	for ; b.pos < end && at+4 <= len(dst); at += 4 {
		e := quads[b.window()>>(64-quadBits)]
		if b.pos += int(e >> 8); b.pos > end {
			b.pos = end
			break
		}
		to := (*[4]float32)(dst[at:])
		to[0], to[1], to[2], to[3] = values[e&3], values[e>>2&3], values[e>>4&3], values[e>>6&3]
	}
	return at
}
