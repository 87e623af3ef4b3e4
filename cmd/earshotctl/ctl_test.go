package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestTheMainJob(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 10)
	if in := get[imported](c, "import", dir, "--metadata", table); in.Calls != 10 || in.Recordings != 10 || len(in.Problems) != 0 {
		t.Fatalf("import: %+v", in)
	}
	calls := get[[]callRow](c, "calls")
	want := callRow{UID: "c-00", Start: "2026-11-02T09:00:00Z", Duration: 80, Queue: "Billing", Category: "Billing – other", State: "new", Fields: map[string]string{}}
	if len(calls) != 10 || !reflect.DeepEqual(calls[0], want) {
		t.Fatalf("calls: %+v", calls)
	}
	draw := get[drawn](c, "draw", "-n", "4", "--seed", "meeting-47")
	// printf 'meeting-47,c-03' | sha256sum, for each call, sorted
	for i, uid := range []string{"c-09", "c-02", "c-06", "c-04"} {
		if draw.Calls[i].UID != uid {
			t.Fatalf("draw order: %+v", draw.Calls)
		}
	}
	if !draw.ChosenSeed || draw.Frame.Size != 10 || draw.Calls[0].Rank != 1 {
		t.Fatalf("draw: %+v", draw)
	}
	get[any](c, "tag", "c-09", "--issue", "Late bill", "--at", "62.5", "--words", "It came in May.")
	get[any](c, "tag", "c-09", "--issue", "late  BILL", "--at", "70", "--until", "72")
	get[any](c, "heard", "c-09", "--played", "0.93")
	get[any](c, "heard", "c-02")
	get[any](c, "skip", "c-06", "--kind", "not-customer", "--reason", "test call")
	get[any](c, "heard", "c-00") // picked
	get[any](c, "draw", "close", draw.ID)

	r := get[rankShown](c, "rank")
	if r.Heard != 2 || r.Skipped != 1 || r.NotReached != 1 || r.Picked != 1 || r.Frame != 10 || r.NotCovered != 0 {
		t.Fatalf("rank: %+v", r)
	}
	if len(r.Issues) != 1 || r.Issues[0].Calls != 1 || r.Issues[0].Share != 0.5 {
		t.Fatalf("issues: %+v", r.Issues)
	}
	if r := get[rankShown](c, "rank", "--from", "2026-11-03"); r.Frame != 8 {
		t.Errorf("frame from 3 November, local: %d", r.Frame)
	}
	if cards := get[[]card](c, "unlump"); len(cards) != 1 || cards[0].Heard != 2 || cards[0].NoProblem != 0.5 {
		t.Errorf("unlump: %+v", cards)
	}
	if issues := get[[]struct{ Key, Calls int }](c, "issues"); len(issues) != 1 || issues[0].Key != 1 || issues[0].Calls != 1 {
		t.Errorf("issues: %+v", issues)
	}
	if ok := get[checked](c, "check"); !ok.OK || ok.Events == 0 || ok.LastEvent == "" {
		t.Errorf("check: %+v", ok)
	}
}

// Eight of sixteen heard calls hold the first issue only, two the second only
// and one both.
func TestRankingSaysHowSureItIs(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 40)
	get[any](c, "import", dir, "--metadata", table)
	draw := get[drawn](c, "draw", "-n", "16", "--seed", "monday")
	var lines strings.Builder
	for i, call := range draw.Calls {
		if i < 8 || i == 10 {
			fmt.Fprintf(&lines, "[%q,%q,%q,%q,%q,%q]\n", "tag", call.UID, "--issue", "Late bill", "--at", "1")
		}
		if 8 <= i && i < 11 {
			fmt.Fprintf(&lines, "[%q,%q,%q,%q,%q,%q]\n", "tag", call.UID, "--issue", "No signal", "--at", "2")
		}
		fmt.Fprintf(&lines, "[%q,%q]\n", "heard", call.UID)
	}
	batch := c.command("batch")
	batch.Stdin = strings.NewReader(lines.String())
	if out, err := batch.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	r := get[rankShown](c, "rank")
	if len(r.Issues) != 2 || r.NextNew == nil || *r.NextNew != 0 || r.UnheardAtLeast != 0 || r.NotCovered != 0 {
		t.Fatalf("rank: %+v", r)
	}
	first, second := r.Issues[0], r.Issues[1]
	if first.RankLow != 1 || first.RankHigh != 2 || second.RankLow != 1 || first.Bracket != second.Bracket || first.Since != nil {
		t.Errorf("%+v, %+v", first, second)
	}
	// 1 − I½(8.5, 2.5) = .97396
	if got := get[compared](c, "rank", "--compare", "late bill", "No signal"); got != (compared{8, 2, 0.974}) {
		t.Errorf("compared: %+v", got)
	}
	c.refuse(2, "usage", "rank", "--compare", "Late bill")
	c.refuse(1, "no-issue", "rank", "--compare", "Late bill", "Nobody named this")
	c.refuse(1, "not-ranked", "rank", "--to", "2026-11-01", "--compare", "Late bill", "No signal")
}

// All 40 calls are of one week, so by week there is one stratum; the draw and what tops it up both hold, in the library and elsewhere.
func TestStratifiedDrawAndTopUp(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 40)
	get[any](c, "import", dir, "--metadata", table)
	first := get[drawn](c, "draw", "-n", "10", "--stratify", "week", "--equal")
	if len(first.Strata) != 1 || first.Strata[0] != (stratum{"2026-11-02", 40, 10, 4}) {
		t.Fatalf("strata: %+v", first.Strata)
	}
	if call := first.Calls[0]; call.Stratum == nil || *call.Stratum != "2026-11-02" || call.Weight != 4 {
		t.Errorf("call: %+v", call)
	}
	second := get[drawn](c, "draw", "topup", first.ID, "-n", "5")
	if second.TopsUp != first.ID || second.Frame != first.Frame || len(second.Calls) != 5 {
		t.Fatalf("top-up: %+v", second)
	}
	if get[rankShown](c, "rank").ToppedUp {
		t.Error("topped up before anything was heard of it")
	}
	get[any](c, "heard", second.Calls[0].UID)
	if r := get[rankShown](c, "rank"); !r.ToppedUp || r.Heard != 1 || r.NotCovered != 0 {
		t.Errorf("after hearing a call of the top-up: %+v", r)
	}
	for _, id := range []string{first.ID, second.ID} {
		file := filepath.Join(t.TempDir(), "draw.txt")
		get[any](c, "draw", "export", id, "-o", file)
		for _, args := range [][]string{{"draw", "verify", id}, {"draw", "verify", "--file", file}} {
			if v := get[verified](c, args...); !v.Holds {
				t.Errorf("%v: %+v", args, v)
			}
		}
	}
	c.refuse(2, "usage", "draw", "-n", "3", "--equal")
	c.refuse(1, "no-field", "draw", "-n", "3", "--stratify", "agent")
	c.refuse(1, "no-draw", "draw", "topup", "nope", "-n", "3")
	c.refuse(2, "bad-argument", "draw", "topup", first.ID, "-n", "0")
}

func TestADrawFileIsVerifiedAnywhere(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 12)
	get[any](c, "import", dir, "--metadata", table)
	draw := get[drawn](c, "draw", "-n", "3", "--queue", "Billing")
	if v := get[verified](c, "draw", "verify", draw.ID); !v.Holds {
		t.Fatalf("the draw does not hold: %+v", v)
	}
	file := filepath.Join(t.TempDir(), "draw.txt")
	get[any](c, "draw", "export", draw.ID, "-o", file)
	elsewhere := newCtl(t)
	if v := get[verified](elsewhere, "draw", "verify", "--file", file); !v.Holds || v.ID != draw.ID {
		t.Fatalf("the file does not hold: %+v", v)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mailed := filepath.Join(t.TempDir(), "mailed.txt")
	if err := os.WriteFile(mailed, []byte(strings.ReplaceAll(string(raw), "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if v := get[verified](elsewhere, "draw", "verify", "--file", mailed); !v.Holds || !v.LineEnds {
		t.Errorf("with other line ends: %+v", v)
	}
	changed := strings.Replace(string(raw), draw.Calls[2].UID, "c-99", -1)
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, _, code := elsewhere.run("draw", "verify", "--file", file, "--json"); code != exitFailed || !strings.Contains(out, `"holds":false`) {
		t.Fatalf("a changed file holds: %d %s", code, out)
	}
	if out, _, _ := elsewhere.run("draw", "verify", "--file", file); !strings.HasPrefix(out, "Draw "+draw.ID+" does not hold:\n") {
		t.Errorf("of a changed file it says %s", out)
	}
}

func TestNamesAndNumbersStayHidden(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 2)
	get[any](c, "import", dir, "--metadata", table)
	for _, args := range [][]string{{"calls"}, {"show", "c-00"}, {"events"}, {"export", "moments"}, {"show", "c-00", "--json"}} {
		out, errs, _ := c.run(args...)
		for _, secret := range []string{"Quill", "170555", dir} {
			if strings.Contains(out+errs, secret) {
				t.Errorf("%v shows %q: %s%s", args, secret, out, errs)
			}
		}
	}
}

func TestMisuseIsTwoAndFailureIsOne(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	c.refuse(2, "usage", "frobnicate")
	c.refuse(2, "usage", "tag", "c-00", "--issue", "x")
	c.refuse(2, "usage", "skip", "c-00", "--kind", "boring", "--reason", "x")
	c.refuse(2, "bad-day", "rank", "--from", "yesterday")
	c.refuse(2, "bad-argument", "draw", "-n", "0")
	c.refuse(2, "bad-argument", "draw", "-n", "3000000000")
	c.refuse(2, "bad-argument", "draw", "--minutes", "30", "--speed", "0")
	c.refuse(2, "bad-argument", "draw", "--minutes", "30", "--speed", "1e300")
	c.refuse(2, "bad-argument", "draw", "-n", "1", "--min-duration=-1")
	c.refuse(1, "empty-frame", "draw", "-n", "1", "--min-duration", "1e300")
	c.refuse(2, "bad-seed", "draw", "-n", "1", "--seed", "a,b")
	c.refuse(2, "bad-argument", "heard", "c-00", "--played", "1.5")
	c.refuse(2, "empty-period", "rank", "--from", "2026-11-05", "--to", "2026-11-05")
	c.refuse(1, "no-call", "heard", "nope")
	c.refuse(1, "time-outside", "tag", "c-00", "--issue", "x", "--at", "4000")
	c.refuse(1, "ends-early", "tag", "c-00", "--issue", "x", "--at", "5", "--until", "3")
	c.refuse(1, "bad-name", "tag", "c-00", "--issue", "  ", "--at", "1")
	c.refuse(1, "no-reason", "skip", "c-00", "--kind", "not-heard", "--reason", " ")
	c.refuse(1, "nothing-undo", "undo")
	c.refuse(1, "no-draw", "draw", "verify", "nope")
	c.refuse(1, "no-event", "events", "--since", "nope")
	c.refuse(1, "no-path", "import", "")
}

func TestAPeriodIsToldInLocalDays(t *testing.T) {
	c := newCtl(t)
	get[any](c, "import", t.TempDir())
	_, errs, _ := c.run("rank", "--from", "2026-11-05", "--to", "2026-11-04")
	if !strings.Contains(errs, "Wed 4 Nov, 00:00") || !strings.Contains(errs, "Thu 5 Nov, 00:00") {
		t.Errorf("the days that were typed come back as %s", errs)
	}
}

func TestPeopleReadLocalTimesAndScriptsUTC(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	for _, args := range [][]string{{"calls"}, {"show", "c-00"}} {
		if out, _, _ := c.run(args...); !strings.Contains(out, "2026-11-02 10:00") {
			t.Errorf("%v prints %s", args, out)
		}
		if out, _, _ := c.run(append(args, "--json")...); !strings.Contains(out, `"start":"2026-11-02T09:00:00Z"`) {
			t.Errorf("%v answers %s", args, out)
		}
	}
	if out, _, _ := german(c, "show", "c-00"); !strings.Contains(out, "verborgen") || strings.Contains(out, "hidden") {
		t.Errorf("a hidden name is %s", out)
	}
}

func TestAFilterTakesANameAsItIsWritten(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	writeWAV(t, filepath.Join(dir, "a.wav"))
	table := filepath.Join(dir, "calls.csv")
	// The disks of Macs write ä as two letters; so do tables made from them.
	const decomposed = "Vertra\u0308ge  und Tarife"
	if err := os.WriteFile(table, []byte("file,queue,category,duration\na.wav,"+decomposed+","+decomposed+",1.001\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	get[any](c, "import", dir, "--metadata", table)
	c.refuse(1, "empty-frame", "draw", "-n", "1", "--min-duration", "1.002")
	for _, name := range []string{decomposed, "Vertr\u00e4ge und Tarife"} {
		if r := get[rankShown](c, "rank", "--queue", name); r.Frame != 1 {
			t.Errorf("queue %+q holds %d calls, want 1", name, r.Frame)
		}
	}
	d := get[drawn](c, "draw", "-n", "1", "--queue", decomposed, "--category", decomposed, "--min-duration", "1.001")
	if d.Size != 1 || d.Filter.MinDuration != 1.001 {
		t.Errorf("drew %d calls of at least %v s", d.Size, d.Filter.MinDuration)
	}
}

func TestABatchAnswersEachLine(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 2)
	get[any](c, "import", dir, "--metadata", table)
	cmd := c.command("batch")
	cmd.Stdin = strings.NewReader(`["heard","c-00"]` + "\n\nnonsense\n" + `["heard","nope"]` + "\n" + `["undo"]` + "\n")
	out, err := cmd.Output()
	if err == nil || cmd.ProcessState.ExitCode() != exitFailed {
		t.Errorf("exit %d, want 1: two lines failed", cmd.ProcessState.ExitCode())
	}
	want := []string{`{"uid":"c-00","state":"heard"}`, `{"error":"bad-line"`, `{"error":"no-call"`, `{"undone":"call.heard","call":"c-00"}`}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	compareLines(t, lines, want)
}

func TestABatchTakesNumbersAndAnswersTablesOnOneLine(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 2)
	get[any](c, "import", dir, "--metadata", table)
	cmd := c.command("batch")
	cmd.Stdin = strings.NewReader(`["tag","c-00","--issue","Late bill","--at",62.5]
["export","moments","--preset","data"]
["--json","batch"]
["draw","-n",null]
["words","c-00","` + strings.Repeat("x", maxLine) + `"]
`)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, _ := cmd.Output() // some lines fail
	compareLines(t, strings.Split(strings.TrimSpace(string(out)), "\n"), []string{
		`{"moment":"`,
		`{"csv":"call,start,queue,category,at,until,issue,words,author,draw,moment,issue_id,filter_from,filter_to,filter_queue\r\nc-00,2026-11-02T09:00:00Z,Billing,Billing – other,62.5,,Late bill,,`,
		`{"error":"bad-line"`, `{"error":"bad-line"`,
	})
	if !strings.HasPrefix(errs.String(), `{"error":"bad-line","message":"Line 5 `) {
		t.Errorf("a line without an end is told as %s", errs.String())
	}
}

// compareLines fails unless each line begins as wanted.
func compareLines(t *testing.T, lines, want []string) {
	t.Helper()
	if len(lines) != len(want) {
		t.Fatalf("%d answers: %q", len(lines), lines)
	}
	for i := range want {
		if !strings.HasPrefix(lines[i], want[i]) {
			t.Errorf("answer %d is %s, want %s", i, lines[i], want[i])
		}
	}
}
