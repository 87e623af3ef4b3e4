package screen

import (
	"strings"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Problem tells of a file, or a line of a table, that was left out: why, and what
// to do.
func Problem(t *text.Catalog, p desk.Problem) string {
	reason, hint := t.Error(p.Reason)
	args := review.Args{"file": p.File, "line": p.Line, "reason": strings.TrimSpace(reason + " " + hint)}
	if p.Line > 0 {
		return t.Say("shell.problem.line", args)
	}
	return t.Say("shell.problem", args)
}
