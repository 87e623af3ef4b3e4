package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// heardLibrary is one of twelve calls, eight of them drawn by queue and most of
// those heard: the first drawn one with words, praise and a quotation.
func heardLibrary(t *testing.T) (*fixture, desk.Draw) {
	t.Helper()
	f, ctx := newFixture(t, 12), t.Context()
	draw, err := f.Draw(ctx, desk.DrawRequest{N: 8, Strata: sampling.ByQueue, Filter: filter(func(s *samplingFilter) { s.MinDuration = time.Minute })}, nil)
	must(t, err)
	for i, call := range draw.Calls[:6] {
		if i == 4 {
			must(t, f.Skip(ctx, call.UID, review.NotHeard, "crying, says Zyxwvuts"))
			continue
		}
		f.tag(t, call.UID, "Late bill", time.Minute)
		if i%2 == 0 {
			f.tag(t, call.UID, "No signal", 30*time.Second)
		}
		must(t, f.Hear(ctx, call.UID, 1))
	}
	first := draw.Calls[0].UID
	m := f.tag(t, first, "Late bill", 2*time.Second)
	must(t, f.SetWords(ctx, m.ID, "I am Ottilie Zyxwvuts of Qnlpstr"))
	_, err = f.Praise(ctx, first, time.Second, "Ottilie Zyxwvuts was calmed")
	must(t, err)
	quoted := "Like: I am Ottilie Zyxwvuts of Qnlpstr"
	must(t, f.Describe(ctx, journal.IssueDescribed{Issue: m.IssueID, Example: &quoted}))
	must(t, f.SavePlace(ctx, desk.Place{Call: first, At: time.Second}))
	_, err = f.Reveal(ctx, first, "Zyxwvuts wants it back")
	must(t, err)
	return f, draw
}

// Shares are counted from what a forgotten call keeps.
func TestForgettingMovesNoShareAndNoPlaceInADraw(t *testing.T) {
	f, draw := heardLibrary(t)
	ctx := t.Context()
	week := desk.Filter{From: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC)}
	before, err := f.Rank(ctx, week)
	must(t, err)
	var uids []string
	for i := range 12 {
		uids = append(uids, entry(i).UID)
	}
	done, err := f.Forget(ctx, uids, nil)
	must(t, err)
	if done.Calls != 12 || done.Traces {
		t.Fatalf("forgotten: %+v", done)
	}
	f.checkClean(t)
	after, err := f.Rank(ctx, week)
	must(t, err)
	if diff := cmp.Diff(before.Issues, after.Issues, cmpopts.IgnoreUnexported(ranking.Ranked{})); diff != "" {
		t.Errorf("issues (-before +after):\n%s", diff)
	}
	if before.Counts.Heard != after.Counts.Heard {
		t.Errorf("counts were %+v and are %+v", before.Counts, after.Counts)
	}
	verdict, err := f.VerifyDraw(ctx, draw.ID)
	must(t, err)
	if len(verdict.Fails) != 0 || verdict.Forgotten != 12 {
		t.Errorf("verdict: %+v", verdict)
	}
	if _, err := f.Draw(ctx, desk.DrawRequest{N: 1}, nil); review.CodeOf(err) != sampling.EmptyFrame {
		t.Errorf("a draw from forgotten calls: %v", err)
	}
}

// The words, names, numbers and paths of a forgotten call are in no byte of the
// library's folder, as UTF-8 or UTF-16; those of another stay.
func TestNothingOfAForgottenCallIsInAnyFile(t *testing.T) {
	f, draw := heardLibrary(t)
	ctx := t.Context()
	odd := entry(50)
	odd.UID, odd.Name = "call-Kjhgfd", "zyxwvuts/0151-kjhgfd.wav"
	odd.Meta.Agent, odd.Meta.Customer = review.Hide("Agnes Zyxwvuts"), review.Hide("+49 151 7654321")
	odd.Meta.Fields = []review.Field{{Name: "policy", Value: review.Hide("P-Mnbvcx-9")}}
	f.add(t, odd)
	_, _, err := sqlite.MakeBackup(ctx, f.path, sqlite.Asked, time.Now())
	must(t, err)
	first := draw.Calls[0].UID
	markers := []string{"Zyxwvuts", "zyxwvuts", "Qnlpstr", "Kjhgfd", "kjhgfd", "7654321", "Mnbvcx", first}
	for _, m := range markers {
		if len(holding(t, filepath.Dir(f.path), m)) == 0 {
			t.Fatalf("%q is nowhere before it is forgotten", m)
		}
	}
	_, err = f.Forget(ctx, []string{first, draw.Calls[4].UID, odd.UID}, nil)
	must(t, err)
	for _, m := range markers {
		if files := holding(t, filepath.Dir(f.path), m); len(files) != 0 {
			t.Errorf("%q is still in %v", m, files)
		}
	}
	for _, kept := range []string{draw.Calls[1].UID, "Ada Agent", "No signal"} {
		if len(holding(t, filepath.Dir(f.path), kept)) == 0 {
			t.Errorf("%q went with it", kept)
		}
	}
	f.checkClean(t)
	if backups, err := sqlite.Backups(f.path); err != nil || len(backups) != 1 {
		t.Errorf("backups: %v, %v; want the one made since", backups, err)
	} else {
		restored := filepath.Join(t.TempDir(), "restored.earshot")
		_, err := sqlite.Restore(ctx, restored, backups[0].File, time.Now(), nil)
		must(t, err)
		store, err := sqlite.Open(ctx, restored, sqlite.Options{})
		must(t, err)
		defer func() { must(t, store.Close()) }()
		if left, _, err := store.Purging(ctx); left || err != nil {
			t.Errorf("the backup is to be purged again, which deletes what its restoring put aside: %v", err)
		}
	}
}

// holding are the files below a folder that hold a text.
func holding(t *testing.T, folder, text string) []string {
	t.Helper()
	var wide []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	var files []string
	must(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) || bytes.Contains(content, wide) {
			files = append(files, strings.TrimPrefix(path, folder))
		}
		return err
	}))
	return files
}

// A customer is found by the number as anybody writes it, and by the name.
func TestACustomerIsFoundByPrivateFields(t *testing.T) {
	f, ctx := newFixture(t, 3), context.Background()
	other := entry(10)
	other.Meta.Customer = review.Hide("0171 5550100")
	named := entry(11)
	named.Meta.Customer = review.Hide("Ottilie  Fall")
	f.add(t, other, named)
	for _, test := range []struct {
		customer desk.Customer
		calls    int
	}{
		{desk.Customer{Number: "0170/555 01 00"}, 3},
		{desk.Customer{Number: "0049 1705550100"}, 3},
		{desk.Customer{Number: "+491705550100"}, 3},
		{desk.Customer{Number: "1715550100"}, 1},
		{desk.Customer{Number: "99999999"}, 0},
		{desk.Customer{Party: "ottilie fall"}, 1},
		{desk.Customer{Party: "Fall"}, 0},
	} {
		uids, err := f.CallsOf(ctx, test.customer)
		if err != nil || len(uids) != test.calls {
			t.Errorf("%+v: %v, %v; want %d", test.customer, uids, err, test.calls)
		}
	}
	for _, too := range []desk.Customer{{}, {Number: "0100"}, {Number: "abc"}, {Party: " "}, {Number: "0170555", Party: "x"}} {
		if _, err := f.CallsOf(ctx, too); review.CodeOf(err) != desk.NobodyNamed {
			t.Errorf("%+v: %v", too, err)
		}
	}
}

// To be called forgotten is not enough: somebody must have signed that a call
// was, and that what stands in the place of an event does.
func TestNobodyForgetsByHand(t *testing.T) {
	f, draw := heardLibrary(t)
	ctx := t.Context()
	_, err := f.Forget(ctx, []string{draw.Calls[1].UID}, nil)
	must(t, err)
	db := raw(t, f.path)
	for _, statement := range []string{
		`UPDATE draw_call SET uid = 'forgotten-by-hand' WHERE uid = '` + draw.Calls[2].UID + `'`,
		`UPDATE call SET uid = 'forgotten-by-hand' WHERE uid = '` + draw.Calls[2].UID + `'`,
	} {
		_, err := db.Exec(statement)
		must(t, err)
	}
	verdict, err := f.VerifyDraw(ctx, draw.ID)
	must(t, err)
	if len(verdict.Fails) != 1 || verdict.Fails[0].Check != sampling.FailsForgotten {
		t.Errorf("verdict: %+v", verdict)
	}
	_, err = db.Exec(`UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '"at_ms":0', '"at_ms":9') AS BLOB) WHERE length(signature) = 0`)
	must(t, err)
	if checked, err := f.Check(ctx); err != nil || checked.Unsigned == 0 {
		t.Errorf("check: %+v, %v", checked, err)
	}
}

// A session on a draw of which calls were forgotten is refused with their places,
// also where only the tombstone of how the draw was made is left.
func TestNoSessionIsHeldOnADrawOfWhichCallsWereForgotten(t *testing.T) {
	f, draw := heardLibrary(t)
	ctx := t.Context()
	_, err := f.Forget(ctx, []string{draw.Calls[1].UID, draw.Calls[6].UID}, nil)
	must(t, err)
	_, err = f.HostSession(ctx, desk.HostRequest{Draw: draw.ID, As: "Host"}, nil)
	var refused *review.Error
	if !errors.As(err, &refused) || refused.Code != desk.DrawForgotten {
		t.Fatalf("hosted: %v", err)
	}
	if diff := cmp.Diff(review.Args{"id": draw.ID, "n": 2, "places": "2, 7"}, refused.Args); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
}
