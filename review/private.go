package review

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Private wraps what must not be seen unless someone deliberately shows it:
// names, numbers, paths, extensions. Printed, logged, marshalled or exported
// it says "hidden".
//
// Earshot is not about scoring agents, so this is a type and not a habit: a
// forgotten format verb hides a name instead of showing it.
type Private struct{ value string }

// Hidden is what a Private says of itself everywhere.
const Hidden = "hidden"

// Hide wraps value.
func Hide(value string) Private { return Private{value} }

// Open unwraps the value. Only the adapters that store it or open a file with
// it, and the desk's Reveal, call it; a test of the import rules lists them.
func (p Private) Open() string { return p.value }

// Empty reports whether there is nothing to hide.
func (p Private) Empty() bool { return p.value == "" }

// Equal reports whether both hide the same value.
func (p Private) Equal(q Private) bool { return p.value == q.value }

// String says "hidden", or nothing when there is nothing to hide.
func (p Private) String() string {
	if p.value == "" {
		return ""
	}
	return Hidden
}

// GoString keeps %#v from showing the field.
func (p Private) GoString() string { return "review.Private(" + p.String() + ")" }

// Format answers every verb with [Private.String], so that %d or %x cannot
// reach the field either.
func (p Private) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(p.String())) }

// MarshalText serves JSON, XML and text encoders.
func (p Private) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// WithoutPath drops the path that the os package puts into its errors: where a
// call was recorded often names people, and errors end up in logs.
func WithoutPath(err error) error {
	var withPath *fs.PathError
	if errors.As(err, &withPath) {
		return withPath.Err
	}
	var withPaths *os.LinkError // of a renaming
	if errors.As(err, &withPaths) {
		return withPaths.Err
	}
	return err
}
