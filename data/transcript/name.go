package transcript

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/earshot-app/earshot/review/desk"
)

// places are the extensions of sidecars, and which of several for the same
// sound is shown: what a vendor's analysis says has roles, a caption file may
// not. What is redacted comes before what is not.
var places = map[string]int{".json": 1, ".vtt": 3, ".webvtt": 3, ".srt": 4, ".txt": 5}

// pattern is compiled when it is first needed: most programs that may read a
// transcript read none.
func pattern(of string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(of) })
}

var (
	contactID = pattern(`[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}`)
	redacted  = pattern(`(?i)(^|[^a-z])redacted([^a-z]|$)`)
	// tail is what exporters put behind the recording's name: its own extension,
	// a language, or what the file is.
	tail = pattern(`(?i)(?:\.[a-z0-9]{1,5}(?:-[a-z]{2,4})?|[-_. ](?:transcript|transcription|analysis|analytics|captions?|subtitles?)(?:[-_]redacted)?)$`)
)

// sidecar says what a file's name says of it; ok is false when it is none.
func sidecar(name string) (s desk.Sidecar, ok bool) {
	ext := strings.ToLower(path.Ext(name))
	if s.Place, ok = places[ext]; !ok {
		return s, false
	}
	if redacted().MatchString(name) {
		s.Place = 0
	}
	for beside := name[:len(name)-len(ext)]; ; {
		s.Beside = append(s.Beside, beside)
		cut := tail().ReplaceAllString(beside, "")
		if cut == beside || path.Base(cut) == "" || strings.HasSuffix(cut, "/") || len(s.Beside) == 3 {
			break
		}
		beside = cut
	}
	s.Contacts = contacts(name)
	return s, true
}

// contacts are the contact ids in a file's name and in that of its folder, the
// one that comes first in the name first: Contact Lens writes the contact's,
// Genesys the conversation's before the communication's.
func contacts(name string) []string {
	var ids []string
	for _, part := range []string{path.Base(name), path.Base(path.Dir(name))} {
		for _, id := range contactID().FindAllString(part, -1) {
			if id = strings.ToLower(id); !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// withSiblings adds to paths the sidecars beside those that are files.
func withSiblings(paths []string) []string {
	all := slices.Clone(paths)
	for _, file := range paths {
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
			continue
		}
		for ext := range places {
			for _, beside := range []string{file, strings.TrimSuffix(file, filepath.Ext(file))} {
				if info, err := os.Stat(beside + ext); err == nil && info.Mode().IsRegular() {
					all = append(all, beside+ext)
				}
			}
		}
	}
	return all
}
