package session_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

func TestWhatIsNotTheAuthorsOwnIsRefused(t *testing.T) {
	r := open(t, true, 2, 1)
	anna, ben := r.authors[1], r.authors[2]
	e := r.tag(1, 1, "bill", 5)
	changed := func(change func(*session.Delivery)) session.Delivery {
		d := delivered(e)
		change(&d)
		return d
	}
	foreign := r.sign(anna.In("another"), 90, journal.CallHeard{Call: call(1)})
	late := r.sign(anna.In(r.id), 1<<53+1, journal.CallHeard{Call: call(1)})
	stolen := r.sign(ben.In(r.id), 91, journal.SessionOpened{Nonce: "nonce"})
	for name, test := range map[string]struct {
		d    session.Delivery
		want session.Reason
	}{
		"as it was said":          {delivered(e), ""},
		"under another's subject": {changed(func(d *session.Delivery) { d.Subject = ben.ID }), session.BadSubject},
		"without a subject":       {changed(func(d *session.Delivery) { d.Subject = "" }), session.BadSubject},
		"with another's key":      {changed(func(d *session.Delivery) { d.Public = ben.Public() }), session.BadSigner},
		"without a signature":     {changed(func(d *session.Delivery) { d.Signature = nil }), session.BadSigner},
		"with a moment moved": {changed(func(d *session.Delivery) {
			d.Bytes = bytes.Replace(d.Bytes, []byte(`"at_ms":5`), []byte(`"at_ms":6`), 1)
		}), session.BadSigner},
		"claimed by another": {changed(func(d *session.Delivery) {
			d.Bytes = bytes.Replace(d.Bytes, []byte(anna.ID), []byte(ben.ID), 1)
			d.Subject = ben.ID
		}), session.BadSigner},
		"cut off":          {changed(func(d *session.Delivery) { d.Bytes = d.Bytes[:20] }), session.Unreadable},
		"damaged":          {changed(func(d *session.Delivery) { d.Mend, d.Bytes = true, nil }), session.Unreadable},
		"of 33 KiB":        {changed(func(d *session.Delivery) { d.Bytes = bytes.Repeat([]byte(" "), 33<<10) }), session.TooLong},
		"another session":  {delivered(foreign), session.OtherSession},
		"an endless count": {delivered(late), session.Unreadable},
		"another's door":   {delivered(stolen), session.NotAllowed},
	} {
		if _, got := session.Accept(r.id, test.d); got != test.want {
			t.Errorf("%s: refused for %q, want %q", name, got, test.want)
		}
	}
}

// Bytes that a signature covers may still not be an event that can be kept.
func TestSignedNonsenseIsRefused(t *testing.T) {
	r := open(t, false, 1, 1)
	for name, id := range map[string]string{"no id": "", "two lines": "a\nb", "long": strings.Repeat("x", 65)} {
		e, err := r.authors[1].In(r.id).Sign(id, 5, time.UnixMilli(0), journal.CallHeard{Call: call(1)})
		if err != nil {
			t.Fatal(err)
		}
		if _, got := session.Accept(r.id, delivered(e)); got != session.Unreadable {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestABatchIsJudgedAsEachOfItIs(t *testing.T) {
	r := open(t, false, 2, 3)
	var batch []session.Delivery
	for i, e := range r.said {
		d := delivered(e)
		if i%3 == 1 {
			d.Signature = r.said[0].Signature
		}
		batch = append(batch, d)
	}
	verdicts := session.AcceptAll(r.id, batch)
	if len(verdicts) != len(batch) {
		t.Fatalf("%d verdicts on %d", len(verdicts), len(batch))
	}
	for i, v := range verdicts {
		e, reason := session.Accept(r.id, batch[i])
		if v.Reason != reason || v.Event.ID != e.ID {
			t.Errorf("%d: %q of %s, alone %q of %s", i, v.Reason, v.Event.ID, reason, e.ID)
		}
	}
}

// FuzzAccept signs anything as the author's, so that not the signature but the
// reader must cope with it.
func FuzzAccept(f *testing.F) {
	r := open(f, true, 1, 2)
	for _, e := range r.said {
		f.Add(e.Bytes)
	}
	f.Add([]byte(`{"id":"x","v":1,"t":"round.revealed","s":"","r":-1,"a":"","n":1,"b":{"round":-7}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var e journal.Event
		if journal.Read(raw, &e) != nil {
			return
		}
		d := session.Delivery{Parcel: session.Parcel{Bytes: raw, Public: r.authors[1].Public()}, Subject: e.Author}
		if _, reason := session.Accept(e.Session, d); reason == "" {
			t.Fatal("an event without a signature was accepted")
		}
		e.Session = r.id
		s := session.Fold(r.id, append(r.events(), e))
		s.Table(1)
		s.Complete()
		if s.Digest() != session.Fold(r.id, append([]journal.Event{e}, r.events()...)).Digest() {
			t.Fatal("the order of arrival changed the digest")
		}
	})
}
