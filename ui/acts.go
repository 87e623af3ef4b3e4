package ui

import (
	"context"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// acts runs what is asked of the desk one after the other, in the order of the
// keys: two quick undos must not overtake each other.
type acts struct {
	queue chan func()
	done  chan struct{}
}

// waiting is how many acts may wait; more than a held key asks for while a
// large import writes one batch.
const waiting = 64

func newActs() *acts {
	a := &acts{queue: make(chan func(), waiting), done: make(chan struct{})}
	go func() {
		defer close(a.done)
		for act := range a.queue {
			act()
		}
	}()
	return a
}

// add queues act and reports whether there was room.
func (a *acts) add(act func()) bool {
	select {
	case a.queue <- act:
		return true
	default:
		return false
	}
}

// close lets what was asked for happen and waits for it.
func (a *acts) close() {
	close(a.queue)
	<-a.done
}

// undone and redone say what an undo took back, by the type of the act's last
// event.
var (
	undone = map[journal.Type]text.Key{
		journal.TypeMomentAdded:      "shell.undone.moment-added",
		journal.TypeMomentMoved:      "shell.undone.moment-moved",
		journal.TypeMomentRemoved:    "shell.undone.moment-removed",
		journal.TypeWordsChanged:     "shell.undone.words-changed",
		journal.TypePraiseAdded:      "shell.undone.praise-added",
		journal.TypePraiseRemoved:    "shell.undone.praise-removed",
		journal.TypeCallHeard:        "shell.undone.call-heard",
		journal.TypeCallSkipped:      "shell.undone.call-skipped",
		journal.TypeIssueNamed:       "shell.undone.issue-named",
		journal.TypeIssueKeyed:       "shell.undone.issue-keyed",
		journal.TypeIssueFollowed:    "shell.undone.issue-followed",
		journal.TypeMomentDealt:      "shell.undone.moment-dealt",
		journal.TypeIssueRenamed:     "shell.undone.issue-renamed",
		journal.TypeIssueDescribed:   "shell.undone.issue-described",
		journal.TypeIssueMerged:      "shell.undone.issue-merged",
		journal.TypeIssueSplit:       "shell.undone.issue-split",
		journal.TypeIssueRetired:     "shell.undone.issue-retired",
		journal.TypeIssueRevived:     "shell.undone.issue-revived",
		journal.TypeConsensusAdopted: "shell.undone.consensus-adopted",
	}
	redone = map[journal.Type]text.Key{
		journal.TypeMomentAdded:      "shell.redone.moment-added",
		journal.TypeMomentMoved:      "shell.redone.moment-moved",
		journal.TypeMomentRemoved:    "shell.redone.moment-removed",
		journal.TypeWordsChanged:     "shell.redone.words-changed",
		journal.TypePraiseAdded:      "shell.redone.praise-added",
		journal.TypePraiseRemoved:    "shell.redone.praise-removed",
		journal.TypeCallHeard:        "shell.redone.call-heard",
		journal.TypeCallSkipped:      "shell.redone.call-skipped",
		journal.TypeIssueNamed:       "shell.redone.issue-named",
		journal.TypeIssueKeyed:       "shell.redone.issue-keyed",
		journal.TypeIssueFollowed:    "shell.redone.issue-followed",
		journal.TypeMomentDealt:      "shell.redone.moment-dealt",
		journal.TypeIssueRenamed:     "shell.redone.issue-renamed",
		journal.TypeIssueDescribed:   "shell.redone.issue-described",
		journal.TypeIssueMerged:      "shell.redone.issue-merged",
		journal.TypeIssueSplit:       "shell.redone.issue-split",
		journal.TypeIssueRetired:     "shell.redone.issue-retired",
		journal.TypeIssueRevived:     "shell.redone.issue-revived",
		journal.TypeConsensusAdopted: "shell.redone.consensus-adopted",
	}
)

func (s *Shell) undo() {
	s.step(s.parts.Desk.Undo, undone, s.Say("shell.redo", nil), s.redo)
}

func (s *Shell) redo() {
	s.step(s.parts.Desk.Redo, redone, s.Say("shell.undo", nil), s.undo)
}

// step undoes or redoes, says what, and offers the way back.
func (s *Shell) step(do func(context.Context) (desk.Step, error), said map[journal.Type]text.Key, back string, way func()) {
	s.acts.add(func() {
		step, err := do(s.life)
		s.Post(func() {
			switch review.CodeOf(err) {
			case "":
				s.Toast(s.Say(said[step.Type], nil), back, way)
				s.Wrote()
			case review.NothingUndo, review.NothingRedo:
				message, hint := s.Text().Error(err)
				s.Toast(message+" "+hint, "", nil)
			default:
				s.Fail(err)
			}
		})
	})
}
