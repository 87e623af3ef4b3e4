package review

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
)

// A Code names one kind of failure. It is stable: scripts match on it and
// assets/text holds its sentence in every language under "error.<code>", and
// what to do next under "hint.<code>".
type Code string

// The codes that the domain itself answers. Other packages add their own next
// to the code that can fail.
const (
	Internal    Code = "internal"     // something a person cannot mend
	Cancelled   Code = "cancelled"    // the person stopped it
	BadArgument Code = "bad-argument" // args: name, value
	NoCall      Code = "no-call"      // args: uid
	NoMoment    Code = "no-moment"    // args: id
	NoIssue     Code = "no-issue"     // args: name
	NoDraw      Code = "no-draw"      // args: id
	NothingUndo Code = "nothing-undo"
	NothingRedo Code = "nothing-redo"
)

// Args are the values that a sentence is filled with, by name. Private values
// must be wrapped in [Private], so that a message never gives them away.
type Args map[string]any

// Error is a failure a person can be told about: a code, its arguments and,
// beneath, what caused it. It holds no sentence; assets/text does.
type Error struct {
	Code Code
	Args Args
	Err  error // may be nil
}

// Fail returns an [Error] with code and args.
func Fail(code Code, args Args) *Error { return &Error{Code: code, Args: args} }

// Because returns a copy of e that was caused by err.
func (e *Error) Because(err error) *Error {
	return &Error{Code: e.Code, Args: e.Args, Err: err}
}

// Error is the technical form, for logs: code, arguments in order, cause.
func (e *Error) Error() string {
	names := make([]string, 0, len(e.Args))
	for name := range e.Args {
		names = append(names, name)
	}
	sort.Strings(names)
	var b strings.Builder
	b.WriteString(string(e.Code))
	for _, name := range names {
		fmt.Fprintf(&b, " %s=%v", name, e.Args[name])
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an [Error] with the same code.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// CodeOf returns the code of the first [Error] in err's chain, [Cancelled] for
// a context that was cancelled, [Internal] when there is neither, and "" when
// err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	if errors.Is(err, context.Canceled) {
		return Cancelled
	}
	return Internal
}
