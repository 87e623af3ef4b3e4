package sqlite_test

import (
	"context"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

func TestAMeetingBringsWhatIsNewestUntilSomethingIsChosen(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 8)
	d := draw(t, f, desk.DrawRequest{N: 6})
	calls, err := f.store.DrawCalls(ctx, d.ID)
	must(t, err)
	said := map[string]string{} // moments by the words
	tag := func(call int, issue, words string) {
		moment := f.tag(t, calls[call].UID, issue, time.Second).ID
		if words != "" {
			must(t, f.SetWords(ctx, moment, words))
		}
		said[words] = moment
	}
	tag(0, "Late bill", "It came on the 20th.")
	tag(1, "Late bill", "Nothing yet.")
	tag(2, "Late bill", "")
	tag(3, "No signal", "Dead in the cellar.")
	tag(4, "Rude letter", "")
	tag(5, "Wrong name", "")
	for _, c := range calls {
		must(t, f.Hear(ctx, c.UID, 1))
	}
	first, err := f.Praise(ctx, calls[0].UID, 0, "Patient.")
	must(t, err)
	second, err := f.Praise(ctx, calls[1].UID, 0, "Kind.")
	must(t, err)

	meeting := func() desk.Meeting {
		m, err := f.Meeting(ctx, desk.Filter{})
		must(t, err)
		return m
	}
	m := meeting()
	if m.Story == nil || m.Story.Moment.Words != "Nothing yet." {
		t.Errorf("the story is %+v, want the newest words about the first issue", m.Story)
	}
	if m.Praise == nil || m.Praise.Praise.ID != second.ID {
		t.Errorf("the praise is %+v, want the newest", m.Praise)
	}
	if len(m.Issues) != 3 || m.Issues[0].Name != "Late bill" {
		t.Fatalf("the issues are %+v, want the first three", m.Issues)
	}
	last := m.Ranked.Issues[3]

	must(t, f.SetAgenda(ctx, desk.Agenda{Story: said["Dead in the cellar."], Praise: first.ID, Issues: []string{last.ID}}))
	m = meeting()
	if m.Story.Moment.Words != "Dead in the cellar." || m.Praise.Praise.ID != first.ID {
		t.Errorf("chosen, but not brought: %+v, %+v", m.Story.Moment, m.Praise.Praise)
	}
	if len(m.Issues) != 3 || m.Issues[0].Name != "Late bill" || m.Issues[2].ID != last.ID {
		t.Errorf("the issues are %+v, want the chosen one and the first two", m.Issues)
	}

	must(t, f.Untag(ctx, said["Dead in the cellar."]))
	must(t, f.Unpraise(ctx, first.ID))
	if m = meeting(); m.Story.Moment.Words != "Nothing yet." || m.Praise.Praise.ID != second.ID {
		t.Errorf("what is gone is still brought: %+v, %+v", m.Story.Moment, m.Praise.Praise)
	}
}
