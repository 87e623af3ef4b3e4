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

// The code lists that Taguette writes, before and after it had parents, and MAXQDA
// takes in.
func TestCodeListsOfOtherProgramsAreRead(t *testing.T) {
	for _, table := range []string{
		"tag,description,number of highlights\nLate bill,Post,3\n",
		"tag,parent,description,number of highlights\r\nLate bill,Billing,Post,3\r\n",
		"Code;Memo\nLate bill;Post\n",
	} {
		got, err := ReadCodebook(strings.NewReader(table), false)
		if err != nil || len(got) != 1 || got[0].Name != "Late bill" || got[0].Definition != "Post" {
			t.Errorf("%q: %+v, %v", table, got, err)
		}
	}
}

// QualCoder's manual ("Codebook import") gives both forms: as text with a tab
// before the memo, as CSV with the memo in a second column.
func TestALineOfQualCoderIsACodeBehindItsCategories(t *testing.T) {
	for _, list := range []string{
		"Quiet line\nBilling>>Post>>Late bill\tIt came \"late\", or not\nBilling>>Wrong, or twice\n",
		"\ufeffQuiet line\r\nBilling>>Post>>Late bill,\"It came \"\"late\"\", or not\"\r\n\"Billing >> Wrong, or twice\",\r\n",
	} {
		got, err := ReadCodebook(strings.NewReader(list), false)
		want := []codebook.Entry{
			{Issue: review.Issue{Name: "Quiet line"}, State: codebook.Open},
			{Issue: review.Issue{Name: "Late bill"}, State: codebook.Open, Description: codebook.Description{Definition: `It came "late", or not`}},
			{Issue: review.Issue{Name: "Wrong, or twice"}, State: codebook.Open},
		}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %s, %v", list, diff, err)
		}
	}
	for _, table := range []string{
		"call,at,issue,words\nc-01,1,Late bill,he said >> and she\n",
		"Issue,Text\nLate bill,see >> Dunning\n",
		"Issue\tText\nLate bill\tsee >> Dunning\n",
		"Anliegen;Definition\nRechnung zu spät;siehe >> Mahnung\n",
		"Billing >> Late bill;Post\n",
	} {
		if got, err := ReadCodebook(strings.NewReader(table), false); review.CodeOf(err) != NotCodebook {
			t.Errorf("%q is a codebook: %+v, %v", table, got, err)
		}
	}
}

func TestAMemoMayHoldATabOrASemicolon(t *testing.T) {
	const list = "Billing>>Late bill,one\ttwo; three; four\nQuiet line,\"a\nb\tc\"\n"
	got, err := ReadCodebook(strings.NewReader(list), false)
	want := []codebook.Entry{
		{Issue: review.Issue{Name: "Late bill"}, State: codebook.Open, Description: codebook.Description{Definition: "one\ttwo; three; four"}},
		{Issue: review.Issue{Name: "Quiet line"}, State: codebook.Open, Description: codebook.Description{Definition: "a\nb\tc"}},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s, %v", diff, err)
	}
}

func FuzzReadCodebook(f *testing.F) {
	f.Add([]byte("name,key\r\n'=a,\"1\"\r\n"))
	f.Add([]byte("\xef\xbb\xbfname\n\"\n"))
	f.Add([]byte("\xef\xbb\xbfb>>c\tmemo \"x\"\n\n>>\n"))
	f.Add([]byte("a\nb>>c,\"memo\"\n"))
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
