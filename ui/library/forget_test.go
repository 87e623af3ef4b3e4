package library_test

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/library"
	"github.com/earshot-app/earshot/ui/screen"
)

func (s *shelf) Forget(_ context.Context, uids []string, _ func(int)) (desk.ForgottenCalls, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgotten = append(s.forgotten, uids...)
	return desk.ForgottenCalls{Calls: len(uids)}, nil
}

func (s *shell) Dialog(_ string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	s.asked, s.answers = content, answers
	return func() {}
}

func (s *shell) Wrote() { s.wrote++ }

// The chosen call is forgotten when a person means it; Return and Escape, which give the last answer, keep it.
func TestTheChosenCallIsForgottenAfterAQuestion(t *testing.T) {
	s := &shelf{calls: calls(3)}
	page(t, s, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		table, err := command.New(p.Commands()...)
		if err != nil {
			t.Fatal(err)
		}
		press(command.Named(fyne.KeyDown))
		table.Run("library.forget", command.Context{Screen: screen.Library})
		if len(sh.answers) != 2 || !sh.answers[1].Primary || sh.answers[1].Choose != nil || sh.answers[0].Primary {
			t.Fatalf("answers: %+v", sh.answers)
		}
		if len(s.forgotten) != 0 {
			t.Errorf("forgot %v before anyone answered", s.forgotten)
		}
		sh.answers[0].Choose()
		sh.settle()
		if !slices.Equal(s.forgotten, []string{"call-001"}) || sh.wrote != 1 {
			t.Errorf("forgot %v, told %d times", s.forgotten, sh.wrote)
		}
	})
}
