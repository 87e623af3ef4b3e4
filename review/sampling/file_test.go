package sampling

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
)

func TestReadToleratesMailedLineEnds(t *testing.T) {
	data, err := os.ReadFile("testdata/draw.txt")
	if err != nil {
		t.Fatal(err)
	}
	record, frame, err := Read(bytes.NewReader(bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))))
	if err != nil {
		t.Fatal(err)
	}
	if found, err := Verify(record, frame); err != nil || found != nil {
		t.Errorf("does not hold: %v, %v", found, err)
	}
}

// The line must be the one to look at.
// An old editor ends lines in a carriage return alone.
func TestLineEndsThatTellNoLinesAreToldAsSuch(t *testing.T) {
	data, err := os.ReadFile("testdata/draw.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, changed := range [][]byte{
		bytes.ReplaceAll(data, []byte("\n"), []byte("\r")),
		append(bytes.Clone(data), bytes.Repeat([]byte("open\tcall\r"), 10_000)...),
	} {
		if _, _, err := readAll(changed); review.CodeOf(err) != LineEnds {
			t.Errorf("%.60q… answers %v", changed, err)
		}
	}
}

func TestReadNamesTheBrokenLine(t *testing.T) {
	data, err := os.ReadFile("testdata/draw.txt")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, old, new string
		line           int
	}{
		{"another file", "earshot-draw\t1", "RIFF", 1},
		{"a later version", "earshot-draw\t1", "earshot-draw\t3", 1},
		{"a lost line", "number\t3\n", "", 3},
		{"no number", "wanted\t6", "wanted\tsix", 6},
		{"a negative number", "wanted\t6", "wanted\t-6", 6},
		{"no flag", "chosen-seed\tfalse", "chosen-seed\tno", 8},
		{"a lost call", "call\t2\t", "call\t3\t", 13},
		{"a broken call", "call\t2\t", "call\t2", 13},
		{"a broken member", "open\tcall-2\n", "open call-2\n", 20},
		{"a line too long", "open\tcall-2\n", "open\t" + strings.Repeat("x", 1<<17) + "\n", 20},
	}
	for _, test := range tests {
		forged := strings.Replace(string(data), test.old, test.new, 1)
		record, frame, err := Read(strings.NewReader(forged))
		if err == nil {
			_, err = Verify(record, frame)
		}
		var e *review.Error
		if !errors.As(err, &e) || e.Code != BadDrawFile || e.Args["line"] != test.line {
			t.Errorf("%s: %v, want line %d", test.name, err, test.line)
		}
	}
}

// The file of a frame of millions must not be held in memory: what was written
// has to come out while the frame is still going in.
func TestWriteStreams(t *testing.T) {
	out := &counter{}
	frame := func(yield func(Member, error) bool) {
		for uid := range numbered("call", 100_000) {
			if !yield(Member{UID: uid, Open: true}, nil) {
				return
			}
		}
		if out.n < 1_000_000 {
			t.Errorf("%d bytes came out before the frame ended", out.n)
		}
	}
	if err := Write(out, Record{}, frame); err != nil {
		t.Fatal(err)
	}
}

func TestWriteFails(t *testing.T) {
	record, members := fixture(t)
	if err := Write(io.Discard, record, sequence([]Member{{UID: "a\nopen\tb", Open: true}})); err == nil {
		t.Error("a uid with a line end forged a second call")
	}
	full := errors.New("no space left")
	if err := Write(failing{full}, record, sequence(members)); !errors.Is(err, full) {
		t.Errorf("a full disk answers %v", err)
	}
}

// Whatever can be read is written and read back as the same draw.
func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/draw.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("earshot-draw\t1\nid\t\n"))
	var dealt bytes.Buffer
	record, members := dealtFixture(f)
	if err := Write(&dealt, record, sequence(members)); err != nil {
		f.Fatal(err)
	}
	f.Add(dealt.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		record, members, err := readAll(data)
		if err != nil {
			return
		}
		var out bytes.Buffer
		if Write(&out, record, sequence(members)) != nil {
			return
		}
		again, membersAgain, err := readAll(out.Bytes())
		if err != nil {
			t.Fatalf("%v in\n%s", err, out.Bytes())
		}
		if diff := cmp.Diff(record, again) + cmp.Diff(members, membersAgain); diff != "" {
			t.Error(diff)
		}
	})
}

func readAll(data []byte) (Record, []Member, error) {
	record, frame, err := Read(bytes.NewReader(data))
	if err != nil {
		return Record{}, nil, err
	}
	var members []Member
	for member, err := range frame {
		if err != nil {
			return Record{}, nil, err
		}
		members = append(members, member)
	}
	return record, members, nil
}

// numbered yields n uids.
func numbered(prefix string, n int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := range n {
			if !yield(prefix + "-" + strconv.Itoa(i)) {
				return
			}
		}
	}
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
