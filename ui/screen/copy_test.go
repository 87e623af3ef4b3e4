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
