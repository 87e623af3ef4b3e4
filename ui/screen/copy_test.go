package screen_test

import (
	"testing"

	"github.com/earshot-app/earshot/ui/screen"
)

// What is pasted has the rows and columns of the table, whatever its cells hold.
func TestACopiedCellStaysOneCell(t *testing.T) {
	got := screen.Tabbed([]string{"Late\tbill\r\n(paper)", "17\u202f%"}, []string{"", " x "})
	if want := "Late bill (paper)\t17 %\n\tx\n"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

// What customers say can begin with anything, and a spreadsheet runs a pasted
// cell as it runs a typed one.
func TestACopiedTextIsNoFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"=HYPERLINK(\"http://x\")": "'=HYPERLINK(\"http://x\")", "+1-1": "'+1-1", " -cmd|' /C calc'!A0": "'-cmd|' /C calc'!A0", "@SUM(A1)": "'@SUM(A1)",
		"-": "'-", "-3,5\u202f%": "-3,5 %", "+1.234": "+1.234", "3=3": "3=3", "": "",
	} {
		if got := screen.Tabbed([]string{cell}); got != want+"\n" {
			t.Errorf("%q is copied as %q, want %q", cell, got, want)
		}
	}
}
