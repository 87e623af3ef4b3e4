package listen

import (
	"testing"

	"github.com/earshot-app/earshot/review"
)

// Who types another name for an issue that is there is shown that issue, below
// those that hold what was typed, and Enter can tag it.
func TestNearNamesAreShownWhileNaming(t *testing.T) {
	c := chooser{elsewhere: []review.Issue{
		{ID: "1", Name: "Invoice goes to the old address"}, {ID: "2", Name: "Router resets nightly"}, {ID: "3", Name: "Invoice old adress form"},
	}}
	c.find("invoice old adress")
	listed := c.listed()
	if len(listed) != 2 || listed[0].ID != "3" || listed[1].ID != "1" || len(c.near) != 1 {
		t.Errorf("listed %+v, near %+v", listed, c.near)
	}
	if c.newName() != "invoice old adress" {
		t.Error("it cannot be named all the same")
	}
	c.clear()
	if len(c.near) != 0 || len(c.listed()) != 3 {
		t.Errorf("after clearing %+v", c.listed())
	}
}
