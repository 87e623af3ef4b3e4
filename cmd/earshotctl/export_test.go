package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// table is what an export writes, by column.
func (c *ctl) table(args ...string) []map[string]string {
	c.t.Helper()
	out, errs, code := c.run(append([]string{"export"}, args...)...)
	if code != 0 {
		c.t.Fatalf("export %v: %s", args, errs)
	}
	records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		c.t.Fatalf("export %v: %v", args, err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, field := range record {
			row[records[0][i]] = field
		}
		rows = append(rows, row)
	}
	return rows
}

// exported is a library in which c-09 and c-02 of a draw of four are heard.
func exported(t *testing.T) (*ctl, string) {
	c := newCtl(t)
	dir, table := recordings(t, 10)
	get[any](c, "import", dir, "--metadata", table)
	draw := get[drawn](c, "draw", "-n", "4", "--seed", "meeting-47")
	get[any](c, "tag", "c-09", "--issue", "Late bill", "--at", "62.5", "--words", "=It came, \"in\" May.")
	get[any](c, "tag", "c-09", "--issue", "No signal", "--at", "10", "--until", "12")
	get[any](c, "tag", "c-02", "--issue", "Late bill", "--at", "7")
	get[any](c, "heard", "c-09")
	get[any](c, "heard", "c-02")
	get[any](c, "codebook", "describe", "Late bill", "--definition", "The post took weeks")
	get[any](c, "follow", "Late bill", "--state", "fixing", "--owner", "Print shop")
	return c, draw.ID
}

func TestTheRankingCanBeReadAlone(t *testing.T) {
	c, _ := exported(t)
	r := c.table("ranking", "--queue", "Billing")
	if len(r) != 2 || r[0]["issue"] != "Late bill" || r[0]["calls"] != "2" || r[0]["definition"] != "The post took weeks" ||
		r[0]["owner"] != "Print shop" || r[0]["queue"] != "Billing" || r[0]["first_heard"] != "2026-11-04T09:00:00Z" || r[1]["last_heard"] != "2026-11-04T09:00:00Z" {
		t.Errorf("%v", r)
	}
}

func TestCallsAreToldWithTheirIssuesAndWithoutNames(t *testing.T) {
	c, draw := exported(t)
	calls := c.table("calls")
	if len(calls) != 10 || calls[0]["call"] != "c-00" || calls[0]["state"] != "new" || calls[0]["issues"] != "" {
		t.Fatalf("%v", calls)
	}
	heard := 0
	for _, call := range calls {
		if call["agent"] != "hidden" || call["customer"] != "hidden" || call["file"] != "hidden" {
			t.Errorf("shows %v", call)
		}
		if call["call"] == "c-09" && call["issues"] == "No signal; Late bill" && call["draw"] == draw && call["place"] == "1" && call["duration"] == "80" {
			heard++
		}
	}
	if heard != 1 {
		t.Errorf("c-09 is not told as it is: %v", calls)
	}
	if some := c.table("calls", "--from", "2026-11-08"); len(some) != 1 || some[0]["filter_from"] != "2026-11-08T00:00:00+01:00" {
		t.Errorf("from 8 November: %v", some)
	}
}

// To show a name takes a reason, which is in the journal before the name is in
// the file.
func TestNamesAreShownForAReason(t *testing.T) {
	c, _ := exported(t)
	c.refuse(1, "no-reason", "export", "calls", "--reveal", "agent")
	c.refuse(2, "bad-argument", "export", "calls", "--reveal", "queue", "--reason", "x")
	if calls := c.table("calls", "--reveal", "agent,file", "--reason", "a complaint of the works council"); calls[3]["agent"] != "Ada Quill" ||
		calls[0]["file"] != "rec-00.wav" || calls[3]["customer"] != "hidden" {
		t.Errorf("%v", calls[3])
	}
	out, _, _ := c.run("events")
	if !strings.Contains(out, `{"call":"","field":"agent, file","reason":"a complaint of the works council"}`) {
		t.Errorf("the journal says %s", out)
	}
}

func TestADrawIsToldCallByCall(t *testing.T) {
	c, id := exported(t)
	rows := c.table("draw")
	if len(rows) != 4 || rows[0]["draw"] != id || rows[0]["call"] != "c-09" || rows[0]["place"] != "1" || rows[0]["state"] != "heard" ||
		rows[2]["state"] != "drawn" || rows[0]["seed"] != "meeting-47" || rows[0]["chosen_seed"] != "true" || rows[0]["frame_size"] != "10" || len(rows[0]["key"]) != 64 {
		t.Errorf("%v", rows)
	}
}

func TestUnlumpSaysWhatHasNoIssue(t *testing.T) {
	c, _ := exported(t)
	rows := c.table("unlump")
	if len(rows) != 3 || rows[0]["kind"] != "issue" || rows[0]["category"] != "Billing – other" || rows[0]["category_heard"] != "2" || rows[2]["kind"] != "none" || rows[2]["share"] != "0" {
		t.Errorf("%v", rows)
	}
}

// A script exports what is new, again and again; what was undone and done again
// is new too.
func TestSinceGivesOnlyWhatCameAfter(t *testing.T) {
	c, _ := exported(t)
	file := filepath.Join(t.TempDir(), "moments.csv")
	type told struct {
		Last string `json:"last_event"`
	}
	last := get[told](c, "export", "moments", "-o", file).Last
	if rows := c.table("moments", "--since", last); len(rows) != 0 {
		t.Errorf("nothing came, and yet %v", rows)
	}
	get[any](c, "tag", "c-06", "--issue", "No signal", "--at", "3")
	old := c.table("moments")[0]["moment"]
	get[any](c, "words", old, "Said again")
	rows := c.table("moments", "--since", last)
	if len(rows) != 2 || rows[0]["moment"] != old || rows[1]["call"] != "c-06" {
		t.Errorf("%v", rows)
	}
	for table, want := range map[string]int{"calls": 2, "draw": 2, "codebook": 0} {
		if rows := c.table(table, "--since", last); len(rows) != want && !(table == "draw" && len(rows) > 0) {
			t.Errorf("%s: %v, want %d", table, rows, want)
		}
	}
	_, errs, _ := c.run("export", "moments", "--since", last)
	next := get[told](c, "export", "moments", "-o", file).Last
	if next == last || errs != `{"last_event":"`+next+"\"}\n" {
		t.Errorf("the answer is %q, the last event %s", errs, next)
	}
	get[any](c, "undo") // the words; before next they were others
	if rows := c.table("moments", "--since", next); len(rows) != 1 || rows[0]["moment"] != old {
		t.Errorf("after undo: %v", rows)
	}
	c.refuse(1, "no-event", "export", "moments", "--since", "nope")
	c.refuse(2, "not-since", "export", "ranking", "--since", last)
}

func TestTheSameCallGivesTheSameFile(t *testing.T) {
	c, _ := exported(t)
	for _, table := range []string{"ranking", "moments", "calls", "codebook", "unlump", "mismatch", "categories", "draw"} {
		first, _, _ := c.run("export", table)
		if second, _, code := c.run("export", table); code != 0 || first != second || first == "" {
			t.Errorf("%s: %q and %q", table, first, second)
		}
	}
}

// The codebook and the moments make the same library of the same calls.
func TestMomentsAndCodebookMakeTheSameLibrary(t *testing.T) {
	for _, preset := range []string{"", "spreadsheet", "data"} {
		a, _ := exported(t)
		b := newCtl(t)
		dir, table := recordings(t, 10)
		get[any](b, "import", dir, "--metadata", table)
		issues, moments := filepath.Join(t.TempDir(), "codebook.csv"), filepath.Join(t.TempDir(), "moments.csv")
		get[any](a, "export", "codebook", "--preset", preset, "-o", issues)
		get[any](a, "export", "moments", "--preset", preset, "-o", moments)
		raw := []string{"--raw"}[:map[string]int{"data": 1}[preset]]
		get[any](b, append([]string{"codebook", "import", issues}, raw...)...)
		done := get[broughtMoments](b, append([]string{"moments", "import", moments}, raw...)...)
		if !reflect.DeepEqual(done, broughtMoments{Added: 3, Problems: []problem{}}) {
			t.Fatalf("%+v", done)
		}
		again := get[broughtMoments](b, append([]string{"moments", "import", moments}, raw...)...)
		if again.Known != 3 || again.Added != 0 {
			t.Errorf("the second time: %+v", again)
		}
		ofA, ofB := a.table("moments"), b.table("moments")
		for i := range ofA { // b has its own people and draws
			for _, column := range []string{"author", "draw"} {
				ofA[i][column], ofB[i][column] = "", ""
			}
		}
		if !reflect.DeepEqual(ofA, ofB) || !reflect.DeepEqual(a.table("codebook"), b.table("codebook")) {
			t.Errorf("%q: %v became %v", preset, ofA, ofB)
		}
		if ok := get[checked](b, "check"); !ok.OK {
			t.Errorf("check: %+v", ok)
		}
		get[any](b, "undo")
		if left := b.table("moments"); len(left) != 0 {
			t.Errorf("one undo leaves %v", left)
		}
	}
}

func TestALineThatCannotBeBroughtIsToldAndTheRestIs(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	file := filepath.Join(t.TempDir(), "moments.csv")
	rows := "call;issue;at;words\nelsewhere;Late bill;1;\nc-00;Late bill;1,5;It came late\nc-00;;2;\nc-00;Late bill;4000;\nc-00;late BILL;1.5;again\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	done := get[broughtMoments](c, "moments", "import", file)
	if done.Added != 1 || done.Known != 1 || done.Named != 1 || len(done.Problems) != 3 {
		t.Fatalf("%+v", done)
	}
	for i, want := range []problem{{Line: 2, Code: "no-call"}, {Line: 4, Code: "bad-name"}, {Line: 5, Code: "time-outside"}} {
		if got := done.Problems[i]; got.Line != want.Line || got.Code != want.Code || got.Reason == "" {
			t.Errorf("problem %d is %+v, want %+v", i, got, want)
		}
	}
	if err := os.WriteFile(file, []byte("call,at,issue\nc-00,1,New one\nc-00,soon,x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.refuse(1, "not-moments", "moments", "import", file)
	if rows := c.table("moments"); len(rows) != 1 || rows[0]["words"] != "It came late" || rows[0]["at"] != "1.5" {
		t.Errorf("%v", rows)
	}
	c.refuse(1, "no-file", "moments", "import", file+".none")
}

func TestASpreadsheetsLanguageDecidesAndNothingElseDoes(t *testing.T) {
	c, _ := exported(t)
	out, _, _ := german(c, "export", "ranking", "--preset", "spreadsheet")
	if !strings.HasPrefix(out, "\ufeffrank;issue;calls;heard;share;") || !strings.Contains(out, "\r\n2;No signal;1;2;0,5;") {
		t.Errorf("in German: %q", out)
	}
	out, _, _ = german(c, "export", "ranking", "--preset", "spreadsheet", "--separator", "tab", "--decimal", "point", "--bom", "no")
	if !strings.Contains(out, "\r\n2\tNo signal\t1\t2\t0.5\t") || !strings.HasPrefix(out, "rank\t") {
		t.Errorf("as asked for: %q", out)
	}
	plain, _, _ := c.run("export", "ranking")
	if out, _, _ := german(c, "export", "ranking"); out != plain || !strings.HasPrefix(plain, "rank,issue,") {
		t.Errorf("without a preset the language changes %q to %q", plain, out)
	}
}

// The columns are those that Atlassian's page on preparing a CSV file tells of:
// Summary is needed, the header has no punctuation.
func TestJiraGetsItsColumns(t *testing.T) {
	c, _ := exported(t)
	rows := c.table("ranking", "--preset", "jira")
	if len(rows) != 2 || rows[0]["Summary"] != "Late bill" || rows[0]["Labels"] != "earshot Billing-other" {
		t.Fatalf("%v", rows)
	}
	if d := rows[0]["Description"]; !strings.HasPrefix(d, "The post took weeks\nHeard in 2 of 2 drawn calls: 100") || !strings.HasSuffix(d, "Owner: Print shop") {
		t.Errorf("described as %q", d)
	}
	c.refuse(2, "not-jira", "export", "moments", "--preset", "jira")
}

// The dictionary tells every column of every table, in both languages.
func TestTheDictionaryHoldsEveryColumn(t *testing.T) {
	c, _ := exported(t)
	known := map[string]bool{}
	for _, row := range c.table("--dictionary") {
		known[row["table"]+"."+row["column"]] = true
		if row["meaning"] == "" || strings.Contains(row["meaning"], "[?") || row["kind"] == "" {
			t.Errorf("%v", row)
		}
	}
	if out, _, _ := german(c, "export", "--dictionary"); strings.Contains(out, "[?") || !strings.Contains(out, "Zeitraum") || !strings.Contains(out, "ganze Zahl") {
		t.Errorf("in German: %.200s", out)
	}
	for _, table := range []string{"ranking", "moments", "calls", "codebook", "unlump", "mismatch", "categories", "draw", "trend"} {
		out, _, _ := c.run("export", table, "--issue", "Late bill")
		header, _, _ := strings.Cut(out, "\r\n")
		for _, column := range strings.Split(header, ",") {
			if !known[table+"."+column] {
				t.Errorf("%s.%s is not told of", table, column)
			}
		}
	}
	c.refuse(2, "usage", "export")
	c.refuse(2, "usage", "export", "ranking", "--dictionary")
	c.refuse(2, "usage", "export", "trend") // of which issue?
}
