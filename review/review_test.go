package review_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review"
)

func TestPrivateSaysHiddenWhateverPrintsIt(t *testing.T) {
	const secret = "Ada Quill"
	p := review.Hide(secret)
	inside := struct{ Agent review.Private }{p}
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%d", "%x", "%T %v"} {
		for _, value := range []any{p, &p, inside, []review.Private{p}, map[string]review.Private{"a": p}} {
			if said := fmt.Sprintf(verb, value); strings.Contains(said, "Quill") || strings.Contains(said, fmt.Sprintf("%x", secret)) {
				t.Errorf("%s of %T: %s", verb, value, said)
			}
		}
	}
	raw, err := json.Marshal(inside)
	if err != nil || string(raw) != `{"Agent":"hidden"}` {
		t.Errorf("json: %s, %v", raw, err)
	}
	if review.Hide("").String() != "" {
		t.Error("nothing to hide says that there is something")
	}
	if p.Open() != secret {
		t.Error("what was hidden cannot be shown on purpose")
	}
}

func TestAnErrorWithoutItsPathNamesNobody(t *testing.T) {
	_, err := os.Open(filepath.Join(t.TempDir(), "Dana Whitfield.wav"))
	bare := review.WithoutPath(fmt.Errorf("open: %w", err))
	if strings.Contains(bare.Error(), "Dana") || !errors.Is(bare, fs.ErrNotExist) {
		t.Errorf("%v", bare)
	}
	moved := os.Rename(filepath.Join(t.TempDir(), "Doe"), filepath.Join(t.TempDir(), "Roe"))
	if bare := review.WithoutPath(moved); !errors.Is(bare, fs.ErrNotExist) || strings.Contains(bare.Error(), "oe") {
		t.Errorf("a renaming's error shows %v", bare)
	}
	if other := errors.New("disk gone"); review.WithoutPath(other) != other {
		t.Error("an error without a path is not itself")
	}
}

func TestCodeOfFindsTheCodeInAChain(t *testing.T) {
	disk := errors.New("disk on fire")
	err := fmt.Errorf("tag a call: %w", review.Fail(review.NoCall, review.Args{"uid": "c-1"}).Because(disk))
	if review.CodeOf(err) != review.NoCall || !errors.Is(err, disk) || !errors.Is(err, review.Fail(review.NoCall, nil)) {
		t.Errorf("%v has code %s", err, review.CodeOf(err))
	}
	for cause, want := range map[error]review.Code{
		nil: "", disk: review.Internal, fmt.Errorf("read: %w", context.Canceled): review.Cancelled,
	} {
		if got := review.CodeOf(cause); got != want {
			t.Errorf("code of %v is %q, want %q", cause, got, want)
		}
	}
}

func TestUIDIsTheSourcesIDUnlessItNamesSomeone(t *testing.T) {
	agent, customer := review.Hide("José Müller-Lüd"), review.Hide("+49 (170) 555-0123")
	for id, keeps := range map[string]bool{
		"6f9619ff-8b86-d011-b42d-00cf4fc964ff": true,
		"1731235200.4711":                      true,
		"Q-2026-000123":                        true,
		"+491705550123":                        false,
		"in-01705550123-0900":                  false,
		"call_josé_7":                          false,
		"MÜLLER.17":                            false,
		"someone@example.org":                  false,
		"two\nlines":                           false,
		" padded ":                             false,
		"":                                     false,
		strings.Repeat("x", 65):                false,
	} {
		uid := review.UID(id, []review.Private{agent, customer}, "salt", "/calls", "a.wav")
		if (uid == id && id != "") != keeps {
			t.Errorf("uid of %q is %q", id, uid)
		}
		if !keeps && len(uid) != 26 {
			t.Errorf("uid %q of %q has %d letters", uid, id, len(uid))
		}
	}
}

func TestUIDOfAPathDependsOnSaltSourceAndPath(t *testing.T) {
	uid := func(salt, source, path string) string { return review.UID("", nil, salt, source, path) }
	// printf 'salt\0/calls\0a.wav' | sha256sum | cut -c-64 | xxd -r -p | base32 | tr A-Z a-z | cut -c-26
	if got, want := uid("salt", "/calls", "a.wav"), "xdd7gpy4x5rqqo4kvs4267f5fu"; got != want {
		t.Errorf("uid %q, want %q", got, want)
	}
	seen := map[string]bool{}
	for _, u := range []string{uid("s", "a", "b"), uid("t", "a", "b"), uid("s", "c", "b"), uid("s", "a", "d"), uid("s", "ab", ""), uid("sa", "", "b")} {
		if seen[u] {
			t.Errorf("%s twice", u)
		}
		seen[u] = true
	}
}

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"  Invoice \t goes\n astray ": "Invoice goes astray",
		"Rechnung – doppelt":          "Rechnung – doppelt",
		"":                            "",
		" \n ":                        "",
		"a\x00b":                      "",
		"\u200b \u2060":               "", // takes no room on a screen
		"می\u200cخواهم لغو کنم":       "می\u200cخواهم لغو کنم",
		"bad \xff bytes":              "",
		strings.Repeat("ü", 201):      "",
	} {
		got, err := review.CleanName(name)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%.20q becomes %q, %v", name, got, err)
		}
	}
}
