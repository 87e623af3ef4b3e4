package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
)

// The reasons why nothing is forgotten.
const (
	ForgetInSession review.Code = "forget-in-session" // a session that is not closed has the call; args: uid
	NobodyNamed     review.Code = "nobody-named"      // too little to find a customer by
)

// DrawForgotten is answered for a session on a draw of which calls were
// forgotten: what its host signed when it was made is gone. Args: id, n, places.
const DrawForgotten review.Code = "draw-forgotten"

// forgetAtOnce is how many calls one transaction forgets: a tag must not wait
// long behind it.
const forgetAtOnce = 100

// gravesAtOnce is how many tombstones one event vouches for: it has room for
// that many hashes beside the ids of a batch.
const gravesAtOnce = 200

// ForgottenCalls is what forgetting did.
type ForgottenCalls struct {
	Calls int
	// Traces are left in free space of the library's file, in backups or in the
	// cache, because another program has the library open or the disk is full. They go
	// when the library is opened next.
	Traces bool
}

// Forget forgets calls for ever: of each an opaque id, its week, its stratum,
// how it stands and its issues stay, so that no share of before moves, and a
// salted hash, so that no look brings it back. Calls that are one contact are
// forgotten together; those that are forgotten already are passed over. progress,
// if not nil, is told how many are done. It answers [review.NoCall] or
// [ForgetInSession]; then, and when ctx ends, those before are forgotten.
func (d *Desk) Forget(ctx context.Context, uids []string, progress func(done int)) (ForgottenCalls, error) {
	out, err := d.forget(ctx, uids, progress)
	if out.Calls == 0 {
		return out, err
	}
	var purging error
	if out.Traces, purging = d.wiped(ctx); err == nil {
		err = purging
	}
	return out, err
}

// wiped purges after something was forgotten, also when the rest was not, and
// answers whether traces are left.
func (d *Desk) wiped(ctx context.Context) (traces bool, err error) {
	done, err := d.FinishForgetting(context.WithoutCancel(ctx))
	return !done, err
}

// FinishForgetting wipes what an act of forgetting could not, as when the
// program was ended in the middle of it. done is false where something is left.
func (d *Desk) FinishForgetting(ctx context.Context) (done bool, err error) {
	left, sessions, err := d.store.Purging(ctx)
	if err != nil || !left {
		return err == nil, err
	}
	if done, err = d.store.Purge(ctx); err != nil || !done {
		return false, err
	}
	if d.wipe != nil {
		if err := d.wipe(ctx, sessions); err != nil {
			return false, fmt.Errorf("wipe what was made of recordings: %w", err)
		}
	}
	return true, d.store.Purged(ctx)
}

func (d *Desk) forget(ctx context.Context, uids []string, progress func(done int)) (ForgottenCalls, error) {
	var out ForgottenCalls
	for batch := range slices.Chunk(uids, forgetAtOnce) {
		if err := ctx.Err(); err != nil {
			return out, review.Fail(review.Cancelled, nil).Because(err)
		}
		n, err := d.forgetBatch(ctx, batch)
		out.Calls += n
		if err != nil {
			return out, err
		}
		if progress != nil {
			progress(out.Calls)
		}
	}
	return out, nil
}

// forgetBatch forgets calls in one transaction and answers how many it were.
func (d *Desk) forgetBatch(ctx context.Context, uids []string) (n int, err error) {
	err = d.store.Write(ctx, func(tx Tx) error {
		f := &forgetting{desk: d, tx: tx, as: map[string]string{}}
		for _, uid := range uids {
			if err := f.take(ctx, uid); err != nil {
				return err
			}
		}
		if n = len(f.as); n == 0 {
			return nil
		}
		return f.forget(ctx, journal.ForgetAsked)
	})
	if err != nil {
		n = 0
	}
	return n, err
}

// forgetting is one transaction that forgets.
type forgetting struct {
	desk *Desk
	tx   Tx
	as   map[string]string // opaque ids by uid
}

// take notes a call, and all that is one contact with it, to be forgotten.
func (f *forgetting) take(ctx context.Context, uid string) error {
	if f.as[uid] != "" || review.Forgotten(uid) {
		return nil
	}
	parts, err := f.tx.Contact(ctx, uid)
	if err != nil {
		return err
	}
	for _, part := range parts {
		shared, err := inOpenSession(ctx, f.tx, part)
		if err != nil {
			return err
		}
		if shared {
			return review.Fail(ForgetInSession, review.Args{"uid": uid})
		}
	}
	for _, part := range parts {
		f.as[part] = review.ForgottenUID(f.desk.ids.New())
	}
	return nil
}

func (f *forgetting) forget(ctx context.Context, why string) error {
	order, err := f.order(ctx)
	if err != nil {
		return err
	}
	if err := f.tx.ForgetCalls(ctx, order); err != nil {
		return err
	}
	vouch := journal.CallsForgotten{Why: why, Calls: slices.Sorted(maps.Values(f.as))}
	return f.desk.vouch(ctx, f.tx, vouch, order.Tombs)
}

// vouch says what was forgotten, in as many events as it takes to list the
// graves.
func (d *Desk) vouch(ctx context.Context, tx Tx, said journal.CallsForgotten, tombs []journal.Signed) error {
	w, err := d.writer(ctx, tx)
	if err != nil {
		return err
	}
	graves := make([]string, len(tombs))
	for i, tomb := range tombs {
		graves[i] = tomb.Grave()
	}
	for len(graves) > gravesAtOnce {
		said.Graves, graves = graves[:gravesAtOnce], graves[gravesAtOnce:]
		if err := w.append(ctx, said); err != nil {
			return err
		}
		said.Calls = nil
	}
	said.Graves = graves
	return w.append(ctx, said)
}

// order says what stays.
func (f *forgetting) order(ctx context.Context) (Forgetting, error) {
	uids := slices.Sorted(maps.Keys(f.as))
	o := Forgetting{As: f.as}
	salt, err := f.tx.Salt(ctx)
	if err != nil {
		return o, err
	}
	known, err := f.tx.KnownAs(ctx, uids)
	if err != nil {
		return o, err
	}
	for _, k := range known {
		o.Hashes = append(o.Hashes, k.hashes(salt)...)
	}
	told, err := f.tx.Told(ctx, uids)
	if err != nil {
		return o, err
	}
	burial := journal.Burial{As: f.as}
	if burial.Words, err = noted(told, func(uid string) bool { return f.as[uid] != "" }); err != nil {
		return o, err
	}
	if o.Tombs, err = buried(told, burial.Bury); err != nil {
		return o, err
	}
	return o, f.coarse(ctx, &o)
}

// coarse says what of a call's start, length and fields every draw still needs.
func (f *forgetting) coarse(ctx context.Context, o *Forgetting) error {
	draws, err := f.tx.Designs(ctx)
	if err != nil {
		return err
	}
	var designs []sampling.Design
	for _, draw := range draws {
		filter, err := sampling.ParseFilter(draw.Filter)
		if err != nil {
			continue // no frame of it can be read
		}
		designs = append(designs, sampling.Design{Number: draw.Number, Filter: filter, Strata: draw.Strata})
		if name := draw.Strata.Field(); name != "" {
			o.Fields = append(o.Fields, name)
		}
	}
	zone := f.desk.clock.Now().Location()
	o.Start = func(start time.Time) time.Time { return sampling.CoarseStart(start, zone, designs) }
	o.Length = func(length time.Duration) time.Duration { return sampling.CoarseLength(length, designs) }
	return nil
}

// hashes are what a look that meets the recording again knows it by. A file that
// was moved has its mark and either its name or its time of change.
func (k KnownAs) hashes(salt string) []string {
	all := []string{forgottenHash(salt, "uid", k.UID)}
	if k.Contact != "" {
		all = append(all, forgottenHash(salt, "uid", k.Contact))
	}
	return append(all, k.file(salt)...)
}

// file are the hashes of a recording's file alone.
func (k KnownAs) file(salt string) []string {
	if k.Path == "" {
		return nil
	}
	all := []string{k.path(salt)}
	if k.Mark != 0 {
		name := path.Base(filepath.ToSlash(k.Path))
		all = append(all, forgottenHash(salt, "named", k.Mark, k.Size, name), forgottenHash(salt, "changed", k.Mark, k.Size, k.Modified))
	}
	return all
}

func (k KnownAs) path(salt string) string { return forgottenHash(salt, "path", k.Path) }

// forgottenHash is the first half of a SHA-256 over the library's salt and parts.
func forgottenHash(salt string, parts ...any) string {
	text := "forgotten\x00" + salt
	for _, part := range parts {
		text += fmt.Sprintf("\x00%v", part)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:sha256.Size/2])
}

// A Customer is whom calls are to be forgotten of: a number, as anyone writes
// it, or what a source calls them.
type Customer struct{ Number, Party string }

// least is how many digits a number must have to name one customer.
const least = 5

// CallsOf are the uids of the calls whose private fields name a customer. It
// answers [NobodyNamed] for too little to go by.
func (d *Desk) CallsOf(ctx context.Context, c Customer) ([]string, error) {
	number, party := digitsOf(c.Number), foldedName(c.Party)
	if (c.Number == "") == (c.Party == "") || c.Party == "" && len(number) < least || c.Number == "" && party == "" {
		return nil, review.Fail(NobodyNamed, nil)
	}
	found := map[string]bool{}
	for named, err := range d.store.Customers(ctx) {
		if err != nil {
			return nil, err
		}
		value := named.Value.Open()
		if party != "" && foldedName(value) == party || number != "" && sameNumber(digitsOf(value), number) {
			found[named.UID] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

func foldedName(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// sameNumber reports whether two numbers reach one telephone: they are the same,
// or one has a country's or area's code more.
func sameNumber(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	a = strings.TrimLeft(a, "0")
	const local = 7 // digits of a number without any code
	return a != "" && (a == strings.TrimLeft(b, "0") || len(a) >= local && strings.HasSuffix(b, a))
}
