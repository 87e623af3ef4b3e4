package csv

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

func TestACodebookComesBackAsItWasWritten(t *testing.T) {
	entries := []codebook.Entry{
		{
			Issue: review.Issue{ID: "a", Name: "=Late bill, again", Key: 3, Calls: 12},
			Description: codebook.Description{
				Definition: "-1 week\nor more", Include: "+ reminders", Exclude: `"not" paid`, Example: "@", Prevented: "Order", Fixer: "Billing",
			},
			State: codebook.Open, PartOf: []string{"x", "y"},
		},
		{Issue: review.Issue{ID: "b", Name: "'=quoted'"}, State: codebook.Merged, Into: "a"},
		{Issue: review.Issue{ID: "x", Name: "Bill"}, State: codebook.Split, Parts: []string{"b", "a"}},
		{Issue: review.Issue{ID: "y", Name: "Shop"}, State: codebook.Retired},
	}
	for _, preset := range []Preset{Plain, Spreadsheet, Data} {
		var out bytes.Buffer
		if err := WriteCodebook(&out, preset.Format("de_DE"), entries); err != nil {
			t.Fatal(err)
		}
		back, err := ReadCodebook(&out, preset == Data)
		if err != nil {
			t.Fatal(err)
		}
		entries[0].Calls = 0 // counted here, not there
		if diff := cmp.Diff(entries, back); diff != "" {
			t.Errorf("%s: %s", preset, diff)
		}
	}
}

func TestACodebookMadeByHandIsRead(t *testing.T) {
	const table = "\ufeffFixer, Name ,State\r\nBilling,Late bill,active\r\n,,\r\n,No signal\r\n"
	got, err := ReadCodebook(strings.NewReader(table), false)
	if err != nil || len(got) != 2 || got[0].Name != "Late bill" || got[0].Fixer != "Billing" || got[0].State != codebook.Open || got[1].Name != "No signal" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, bad := range []string{"", "id;label\r\n1;Late bill\r\n", "name\r\n\"open\r\n"} {
		if _, err := ReadCodebook(strings.NewReader(bad), false); review.CodeOf(err) != NotCodebook {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// The code lists that Taguette and QualCoder write.
func TestCodeListsOfOtherProgramsAreRead(t *testing.T) {
	for _, table := range []string{
		"tag,description,number of highlights\nLate bill,Post,3\n",
		"Code;Memo\nLate bill;Post\n",
	} {
		got, err := ReadCodebook(strings.NewReader(table), false)
		if err != nil || len(got) != 1 || got[0].Name != "Late bill" || got[0].Definition != "Post" {
			t.Errorf("%q: %+v, %v", table, got, err)
		}
	}
}

func FuzzReadCodebook(f *testing.F) {
	f.Add([]byte("name,key\r\n'=a,\"1\"\r\n"))
	f.Add([]byte("\xef\xbb\xbfname\n\"\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		entries, err := ReadCodebook(bytes.NewReader(raw), false)
		if err != nil && review.CodeOf(err) != NotCodebook {
			t.Errorf("%v", err)
		}
		for _, e := range entries {
			if e.Name == "" {
				t.Error("an issue without a name was read")
			}
		}
	})
}
