package journal

import (
	"bytes"
	"testing"
	"time"
)

// FuzzOpenTombstone feeds anything as a tombstone's bytes: they come from other
// people's libraries and no signature holds them.
func FuzzOpenTombstone(f *testing.F) {
	author, err := NewAuthor(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		f.Fatal(err)
	}
	event, err := author.Sign("id", 1, time.UnixMilli(0), CallSkipped{Call: "c1", Reason: "she wept"})
	if err != nil {
		f.Fatal(err)
	}
	tomb, _, err := Burial{As: map[string]string{"c1": "forgotten-x"}}.Bury(event)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(tomb.Bytes)
	f.Add(event.Bytes)
	f.Add([]byte(`{"id":"x","v":1,"t":"draw.made","was":"0","a":"","b":{"calls":null}}`))
	stranger := make([]byte, len(event.Public))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := OpenTombstone(raw, event.Public)
		if err != nil {
			return
		}
		if !s.Event.Tombstone() || s.Event.Author != event.Event.Author || !bytes.Equal(s.Bytes, raw) {
			t.Errorf("%q is taken for %+v", raw, s.Event)
		}
		if _, err := OpenTombstone(raw, stranger); err == nil {
			t.Errorf("%q is taken for a stranger's too", raw)
		}
		if body, err := Decode(s.Event); err == nil && body != nil {
			Subjects(body)
		}
		_, _ = Fold([]Event{event.Event, s.Event, s.Event}) // it may refuse them
	})
}
