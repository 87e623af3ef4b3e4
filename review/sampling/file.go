package sampling

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// BadDrawFile is answered for a file that is not a draw, or broken. Args: line,
// the first that is wrong.
const BadDrawFile review.Code = "bad-draw-file"

// LineEnds is answered for a draw's file of which the line ends were changed on
// its way, by mail or an editor, so that no line can be told. Those of Windows,
// a carriage return before each, are passed over. Args: line.
const LineEnds review.Code = "draw-line-ends"

// Write writes a draw with its frame, one line at a time. It answers what frame
// and w answer, and refuses a uid that cannot stand on a line.
func Write(w io.Writer, r Record, frame iter.Seq2[Member, error]) error {
	out := bufio.NewWriter(w)
	for _, call := range r.Calls {
		if !clean(call.UID) || !clean(call.Stratum) {
			return fmt.Errorf("write draw: uid %q or its stratum does not fit on a line", call.UID)
		}
	}
	fmt.Fprintf(out, "%sdigest\t%s\n", r.text(), r.Digest)
	for member, err := range frame {
		if err == nil && !(clean(member.UID) && clean(member.Stratum)) {
			err = fmt.Errorf("uid %q or its stratum does not fit on a line", member.UID)
		}
		if err != nil {
			return fmt.Errorf("write draw: %w", err)
		}
		// A bufio.Writer keeps its first error until Flush.
		_, _ = out.WriteString(word(member.Open) + "\t")
		if r.version() > 1 {
			_, _ = out.WriteString(member.Stratum + "\t")
		}
		_, _ = out.WriteString(member.UID + "\n")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write draw: %w", err)
	}
	return nil
}

// Read reads the record of a draw's file. The frame is read while it is ranged
// over, once, so that a frame of millions needs no memory. Both answer
// [BadDrawFile] or [LineEnds].
func Read(r io.Reader) (Record, iter.Seq2[Member, error], error) {
	in := &lines{scan: bufio.NewScanner(r)}
	in.scan.Split(in.split)
	in.next()
	in.take("earshot-draw", func(version string) (err error) {
		if in.version, err = strconv.Atoi(version); err != nil || in.version < 1 || in.version > 2 {
			return errors.New("made by a later version of Earshot")
		}
		return nil
	})
	record := Record{
		ID: in.field("id"), Number: in.number("number"), Library: in.field("library"), Filter: in.field("filter"),
		Wanted: in.number("wanted"), Seed: in.field("seed"), ChosenSeed: in.flag("chosen-seed"),
		Frame: Frame{Size: int64(in.number("frame-size")), Digest: in.field("frame-digest")}, Prev: in.field("prev"),
	}
	if record.Prev == none {
		record.Prev = ""
	}
	if in.version > 1 {
		in.strata(&record)
	}
	record.Calls = in.calls()
	record.Digest = in.field("digest")
	if in.err != nil {
		return Record{}, nil, in.err
	}
	return record, in.members, nil
}

// word begins the line of a member.
func word(isOpen bool) string {
	if isOpen {
		return "open"
	}
	return "drawn"
}

// lines reads a file line by line and keeps the first error.
type lines struct {
	scan    *bufio.Scanner
	version int
	line    int
	returns bool     // one ended in a carriage return alone
	fields  []string // of the current line; nil after the last
	err     error
}

// split ends a line as [bufio.ScanLines] does. A carriage return within one,
// which no line of a draw holds, stands where a line ended.
func (in *lines) split(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if at := bytes.IndexByte(data, '\r'); at >= 0 && at+1 < len(data) && data[at+1] != '\n' {
		if end := bytes.IndexByte(data, '\n'); end < 0 || at < end {
			in.returns = true
			return 0, nil, bufio.ErrFinalToken
		}
	}
	return bufio.ScanLines(data, atEOF)
}

// next goes to the next line.
func (in *lines) next() {
	in.line++
	in.fields = nil
	more := in.scan.Scan()
	if in.returns && in.err == nil {
		in.err = review.Fail(LineEnds, review.Args{"line": in.line})
		return
	}
	if more {
		in.fields = strings.Split(in.scan.Text(), "\t")
	} else if err := in.scan.Err(); err != nil {
		in.fail(err)
	}
}

func (in *lines) fail(err error) {
	if in.err == nil {
		in.err = review.Fail(BadDrawFile, review.Args{"line": in.line}).Because(err)
	}
}

// at reports whether the current line begins with name and has count fields.
func (in *lines) at(name string, count int) bool {
	return in.err == nil && len(in.fields) == count && in.fields[0] == name
}

// take reads the value of the current line, which must be name's, and goes on.
func (in *lines) take(name string, read func(value string) error) {
	if !in.at(name, 2) {
		in.fail(fmt.Errorf("want a line of %s", name))
	} else if err := read(in.fields[1]); err != nil {
		in.fail(fmt.Errorf("read %s: %w", name, err))
	} else {
		in.next()
	}
}

func (in *lines) field(name string) (value string) {
	in.take(name, func(text string) error {
		value = text
		return nil
	})
	return value
}

func (in *lines) number(name string) (n int) {
	in.take(name, func(text string) error {
		unsigned, err := strconv.ParseUint(text, 10, 31)
		n = int(unsigned)
		return err
	})
	return n
}

func (in *lines) flag(name string) (flag bool) {
	in.take(name, func(text string) (err error) {
		flag, err = strconv.ParseBool(text)
		return err
	})
	return flag
}

// strata reads what only files of version 2 have above their calls.
func (in *lines) strata(r *Record) {
	if by := in.field("strata"); by != none {
		r.Strata = Strata(by)
		if err := r.Strata.Validate(); err != nil {
			in.fail(err)
		}
	}
	r.Equal = in.flag("equal")
	if id := in.field("tops-up"); id != none {
		r.TopsUp = id
	}
	for in.at("stratum", 4) {
		size, err1 := strconv.ParseInt(in.fields[2], 10, 64)
		calls, err2 := strconv.ParseUint(in.fields[3], 10, 31)
		if err := errors.Join(err1, err2); err != nil {
			in.fail(err)
		}
		r.Dealt = append(r.Dealt, Stratum{in.fields[1], size, int(calls)})
		in.next()
	}
	if in.err == nil && r.version() == 1 {
		in.fail(errors.New("a simple draw in a file of version 2"))
	}
}

func (in *lines) calls() []Drawn {
	var calls []Drawn
	for in.at("call", 3+in.version) {
		if in.fields[1] != strconv.Itoa(len(calls)+1) {
			in.fail(errors.New("calls are out of order"))
			return nil
		}
		call := Drawn{Key: in.fields[2], UID: in.fields[2+in.version]}
		if in.version > 1 {
			call.Stratum = in.fields[3]
		}
		calls = append(calls, call)
		in.next()
	}
	return calls
}

// members yields the rest of the lines as the frame.
func (in *lines) members(yield func(Member, error) bool) {
	for in.fields != nil {
		isOpen := in.at("open", 1+in.version)
		if !isOpen && !in.at("drawn", 1+in.version) {
			in.fail(errors.New("want a line of open or drawn"))
			break
		}
		member := Member{UID: in.fields[in.version], Open: isOpen}
		if in.version > 1 {
			member.Stratum = in.fields[1]
		}
		if !yield(member, nil) {
			return
		}
		in.next()
	}
	if in.err != nil {
		yield(Member{}, in.err)
	}
}
