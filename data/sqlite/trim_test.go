package sqlite_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// tellsOf are what a library of [telling] holds of each call and nowhere else, by
// the part that it belongs to.
var tellsOf = map[desk.Part][]string{
	desk.PartWords: {"Qxspoken", "Qxearlier", "Qxnoted", "Qxpraise", "Qxreason", "Qxwhy"},
	desk.PartNames: {"Qxagent", "Qxparty", "Qxpolicy"},
	desk.PartPaths: {"Qxfile", "Qxsidecar"},
}

// telling is a library of twelve calls that tells all of them of each: six began
// before 2 November 2026, 13:30, and six later.
func telling(t *testing.T) (f *fixture, draw desk.Draw) {
	t.Helper()
	f = newFixture(t, 0)
	for i := range 12 {
		f.add(t, tellingEntry(i))
		must(t, f.store.AddSpoken(t.Context(), []desk.Spoken{{
			Sidecar:      desk.Sidecar{Root: "/recordings", Name: fmt.Sprintf("Qxsidecar%02d.vtt", i), Size: 10, Modified: entry(i).Meta.Start},
			SidecarMatch: desk.SidecarMatch{UID: entry(i).UID},
			Transcript:   dialogue.Transcript{Turns: []dialogue.Turn{{At: time.Second, Until: 2 * time.Second, Text: fmt.Sprintf("I am Qxspoken%02d", i)}}},
		}}))
	}
	draw, err := f.Draw(t.Context(), desk.DrawRequest{N: 12, Strata: sampling.ByQueue}, nil)
	must(t, err)
	for i := range 12 {
		f.tell(t, i)
	}
	_, _, err = sqlite.MakeBackup(t.Context(), f.path, sqlite.Asked, time.Now())
	must(t, err)
	return f, draw
}

func tellingEntry(i int) desk.Entry {
	e := entry(i)
	e.Name = fmt.Sprintf("Qxfile%02d.wav", i)
	e.Meta.Agent, e.Meta.Customer = review.Hide(fmt.Sprintf("Qxagent%02d", i)), review.Hide(fmt.Sprintf("Qxparty%02d", i))
	e.Meta.Fields = []review.Field{{Name: "policy", Value: review.Hide(fmt.Sprintf("Qxpolicy%02d", i))}}
	return e
}

// tell says of a call all that can be said in somebody's own words.
func (f *fixture) tell(t *testing.T, i int) {
	t.Helper()
	ctx, uid := t.Context(), entry(i).UID
	m := f.tag(t, uid, []string{"Late bill", "No signal"}[i%2], time.Minute)
	must(t, f.SetWords(ctx, m.ID, fmt.Sprintf("Qxearlier%02d", i)))
	must(t, f.SetWords(ctx, m.ID, fmt.Sprintf("It came late, Qxnoted%02d", i)))
	quoted := fmt.Sprintf("Like: It came late, Qxnoted%02d", i)
	must(t, f.Describe(ctx, journal.IssueDescribed{Issue: m.IssueID, Example: &quoted}))
	_, err := f.Praise(ctx, uid, time.Second, fmt.Sprintf("Qxpraise%02d", i))
	must(t, err)
	must(t, f.Skip(ctx, uid, review.NotHeard, fmt.Sprintf("Qxreason%02d", i)))
	_, err = f.Undo(ctx)
	must(t, err)
	_, err = f.Reveal(ctx, uid, fmt.Sprintf("Qxwhy%02d", i))
	must(t, err)
	must(t, f.Hear(ctx, uid, 1))
}

// Words, names and paths are each kept for a time of their own: those of older
// calls are in no file any more, those of younger ones and the rest of the older
// stay, no share moves and the draw holds without exception.
func TestEachPartOfACallIsKeptForATimeOfItsOwn(t *testing.T) {
	for part := range tellsOf {
		t.Run(string(part), func(t *testing.T) {
			f, draw := telling(t)
			ctx := t.Context()
			before, err := f.Rank(ctx, desk.Filter{})
			must(t, err)
			d := f.at(t, time.Date(2026, 12, 2, 13, 30, 0, 0, time.UTC))
			must(t, d.SetRetention(ctx, part, 30))
			if n, err := d.Older(ctx, part, 30); err != nil || n != 6 {
				t.Errorf("%d calls are older, %v; want 6", n, err)
			}
			done, err := d.Retain(ctx, nil)
			must(t, err)
			if diff := cmp.Diff(desk.Retained{Forgot: map[desk.Part]int{part: 6}}, done); diff != "" {
				t.Errorf("forgot (-want +got):\n%s", diff)
			}
			f.holdsOnly(t, part, 6)
			f.checkClean(t)
			after, err := f.Rank(ctx, desk.Filter{})
			must(t, err)
			if diff := cmp.Diff(before, after, cmpopts.IgnoreUnexported(ranking.Ranked{}, ranking.Overlap{}),
				cmpopts.SortSlices(func(a, b ranking.Cell) bool { return a.Name < b.Name })); diff != "" {
				t.Errorf("ranking (-before +after):\n%s", diff)
			}
			if verdict, err := f.VerifyDraw(ctx, draw.ID); err != nil || len(verdict.Fails) != 0 || verdict.Forgotten != 0 {
				t.Errorf("verdict: %+v, %v", verdict, err)
			}
			if n, err := d.Older(ctx, part, 30); err != nil || n != 0 {
				t.Errorf("then %d calls are older, %v", n, err)
			}
		})
	}
}

// at is the library's desk at another time.
func (f *fixture) at(t *testing.T, now time.Time) *desk.Desk {
	return desk.New(desk.Parts{Store: f.store, Author: newAuthor(t, 1), Clock: &clock{now}, IDs: &ids{n: 1000}})
}

// holdsOnly fails unless the files have of a part of the calls only what is told
// of those from one on, and all of the other parts.
func (f *fixture) holdsOnly(t *testing.T, part desk.Part, from int) {
	t.Helper()
	for _, other := range slices.Sorted(maps.Keys(tellsOf)) {
		for _, tell := range tellsOf[other] {
			for i := range 12 {
				text := fmt.Sprintf("%s%02d", tell, i)
				files := holding(t, filepath.Dir(f.path), text)
				if want := other != part || i >= from; want != (len(files) > 0) {
					t.Errorf("%q is in %v", text, files)
				}
			}
		}
	}
}
