package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// maxLine bounds one line of a batch.
const maxLine = 1 << 20

// badLine is answered for a line of a batch that is no JSON array of strings and
// numbers, or a command that cannot stand in one. Args: line, from 1.
const badLine review.Code = "bad-line"

type batchCmd struct{}

// Run reads commands from standard input until it ends, and answers each on a
// line: with its JSON or with its error. A command that fails does not stop the
// rest; the exit code says that one did.
func (batchCmd) Run(ctx context.Context, s *session) error {
	quiet := s.program
	quiet.out = io.Discard // a line that asks for help is refused
	g, err := quiet.grammar()
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(s.in)
	lines.Buffer(nil, maxLine)
	var worst error
	n := 1
	for ; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		answer, err := s.line(ctx, g, line{lines.Bytes(), n})
		if err != nil {
			worst = errNo
		}
		if _, err := s.out.Write(answer); err != nil {
			return fmt.Errorf("print the answer: %w", err)
		}
		if ctx.Err() != nil {
			return review.Fail(review.Cancelled, nil).Because(ctx.Err())
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return review.Fail(badLine, review.Args{"line": n}).Because(err)
	} else if err != nil {
		return fmt.Errorf("read the batch: %w", err)
	}
	return worst
}

// A line is one command of a batch, and its number from 1.
type line struct {
	raw []byte
	n   int
}

// line runs one line and returns its answer, one line too.
func (s *session) line(ctx context.Context, g *grammar, in line) ([]byte, error) {
	var out bytes.Buffer
	err := s.runLine(ctx, g, in, &out)
	if err != nil && !errors.Is(err, errNo) {
		out.Reset()
		if problem := printJSON(&out, s.problem(err)); problem != nil {
			return nil, problem
		}
	}
	return out.Bytes(), err
}

func (s *session) runLine(ctx context.Context, g *grammar, in line, out *bytes.Buffer) error {
	args, err := words(in.raw)
	if err != nil {
		return review.Fail(badLine, review.Args{"line": in.n}).Because(err)
	}
	command, err := g.parse(args)
	if err != nil {
		return err
	}
	if g.answered || g.common.Library != "" || command.Selected().Name == "batch" {
		return review.Fail(badLine, review.Args{"line": in.n})
	}
	inner := s.program
	inner.out, inner.in = out, strings.NewReader("")
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(&session{program: inner, Library: s.Library, common: s.common, json: true})
}

// words reads a line as the words of a command line. A number may stand as it
// is: ["draw", "-n", 8].
func words(raw []byte) ([]string, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return nil, fmt.Errorf("read a line: %w", err)
	}
	args := make([]string, len(items))
	for i, item := range items {
		var number json.Number
		if err := json.Unmarshal(item, &args[i]); err == nil && string(item) != "null" {
			continue
		}
		if err := json.Unmarshal(item, &number); err != nil || number == "" {
			return nil, fmt.Errorf("item %d is no word", i+1)
		}
		args[i] = number.String()
	}
	return args, nil
}
