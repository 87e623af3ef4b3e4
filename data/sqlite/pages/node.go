package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Kind is what a page of a b-tree is.
type Kind byte

// The kinds.
const (
	IndexInterior Kind = 0x02
	TableInterior Kind = 0x05
	IndexLeaf     Kind = 0x0a
	TableLeaf     Kind = 0x0d
)

// Interior reports whether pages lie below one of the kind.
func (k Kind) Interior() bool { return k == IndexInterior || k == TableInterior }

// Index reports whether the tree is an index, or a table without rowids.
func (k Kind) Index() bool { return k == IndexInterior || k == IndexLeaf }

// A Node is a page of a b-tree.
type Node struct {
	Kind  Kind
	Cells []Cell
	Right uint32 // the child after the last cell; 0 in a leaf
	Bad   int    // cells that cannot be read
}

// A Cell is an entry of a page.
type Cell struct {
	Left    uint32 // the child before it; 0 in a leaf
	Rowid   int64  // of a table
	Payload []byte // a record; nil in the interior of a table
}

var errNoNode = errors.New("the page is none of a b-tree")

// Node reads a page as one of a b-tree.
func (f *File) Node(n uint32) (Node, error) {
	page, err := f.Page(n)
	if err != nil {
		return Node{}, err
	}
	start := 0
	if n == 1 {
		start = headerSize
	}
	node := Node{Kind: Kind(page[start])}
	head := 8
	switch node.Kind {
	case TableLeaf, IndexLeaf:
	case TableInterior, IndexInterior:
		head = 12
		node.Right = binary.BigEndian.Uint32(page[start+8:])
	default:
		return Node{}, fmt.Errorf("page %d: %w", n, errNoNode)
	}
	cells := int(binary.BigEndian.Uint16(page[start+3:]))
	if start+head+2*cells > len(page) {
		return Node{}, fmt.Errorf("page %d: %w", n, errNoNode)
	}
	for i := range cells {
		at := int(binary.BigEndian.Uint16(page[start+head+2*i:]))
		cell, err := f.cell(node.Kind, page, at)
		if err != nil || at < start+head+2*cells {
			node.Bad++
			continue
		}
		node.Cells = append(node.Cells, cell)
	}
	return node, nil
}

var errCell = errors.New("the cell ends where it cannot")

// cell reads the cell that begins at a place of a page.
func (f *File) cell(kind Kind, page []byte, at int) (c Cell, err error) {
	if at >= len(page) {
		return c, errCell
	}
	rest := page[at:]
	if kind.Interior() {
		if len(rest) < 4 {
			return c, errCell
		}
		c.Left, rest = binary.BigEndian.Uint32(rest), rest[4:]
	}
	var size int64
	if kind != TableInterior {
		if size, rest, err = varint(rest); err != nil {
			return c, err
		}
	}
	if !kind.Index() {
		if c.Rowid, rest, err = varint(rest); err != nil || kind == TableInterior {
			return c, err
		}
	}
	c.Payload, err = f.payload(kind, size, rest)
	return c, err
}

// payload gathers a record from its cell and the pages on which it goes on.
func (f *File) payload(kind Kind, size int64, rest []byte) ([]byte, error) {
	if size < 0 || size > int64(f.count)*int64(f.size) {
		return nil, errCell
	}
	usable := int64(f.size)
	most, least := usable-35, (usable-12)*32/255-23
	if kind.Index() {
		most = (usable-12)*64/255 - 23
	}
	here := size
	if size > most {
		here = least + (size-least)%(usable-4)
		if here > most {
			here = least
		}
	}
	if here > int64(len(rest)) {
		return nil, errCell
	}
	payload := append([]byte(nil), rest[:here]...)
	if here == size {
		return payload, nil
	}
	if int64(len(rest)) < here+4 {
		return nil, errCell
	}
	next := binary.BigEndian.Uint32(rest[here:])
	for int64(len(payload)) < size {
		page, err := f.Page(next)
		if err != nil {
			return nil, err
		}
		next = binary.BigEndian.Uint32(page)
		payload = append(payload, page[4:min(usable, size-int64(len(payload))+4)]...)
	}
	return payload, nil
}

// varint reads a number of up to nine bytes.
func varint(b []byte) (int64, []byte, error) {
	var n uint64
	for i := range 9 {
		if i >= len(b) {
			return 0, nil, errCell
		}
		if i == 8 {
			return int64(n<<8 | uint64(b[i])), b[9:], nil
		}
		n = n<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return int64(n), b[i+1:], nil
		}
	}
	return 0, nil, errCell
}
