package catalog

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/desk"
)

// What one centre's records say, a line each, as a list, and laid out for people
// to read: a table in cells would say the same.
func TestATableOfRecordsSaysTheSameHoweverItIsLaidOut(t *testing.T) {
	records := []string{
		`{"call":{"id":"c-1","recording":{"file":"a.wav"},"start":"2026-11-10T08:42:00Z","duration":373.5},"queue":{"name":"Rückfragen"},"attributes":[{"key":"category","value":"Umzug"}],"agents":[{"name":"Ada"},{"name":"Bob"}]}`,
		`{"call":{"id":"c-2","recording":{"file":"b.wav"},"start":"2026-11-11T08:42:00Z","duration":373},"queue":{"name":"Köln \"Süd\" {1}"},"attributes":[{"key":"category","value":"Größe; Länge"}],"agents":[],"late":true}`,
	}
	pretty := strings.NewReplacer(`{"`, "{\n    \"", `,"`, ",\n    \"").Replace(strings.Join(records, ",\n  "))
	for name, text := range map[string]string{
		"a line each":       strings.Join(records, "\n") + "\n",
		"from Windows":      "\uFEFF" + strings.Join(records, "\r\n"),
		"a list":            "[" + strings.Join(records, ", ") + "]",
		"a list, by lines":  "[\n" + strings.Join(records, ",\n") + "\n]\n",
		"nothing between":   strings.Join(records, ""),
		"for people":        "[\n  " + pretty + "\n]\n",
		"in an object":      `{"calls":[` + strings.Join(records, ",") + `],"total":2,"notes":[{"file":"a.wav"}]}`,
		"behind figures":    "\uFEFF{\"pageSize\": 25, \"agents\": [{\"name\": \"Cy\"}],\r\n\"data\": {\"entities\": [\r\n" + strings.Join(records, ",\r\n") + "]},\r\n\"next\": {\"file\": \"\"}}",
		"a long list":       `{"entities":[` + strings.Join(records, ","+strings.Repeat(" ", head)) + `]}`,
		"for people, in it": "{\n  \"entities\": [\n    " + strings.ReplaceAll(pretty, "\n", "\n    ") + "\n  ],\n  \"total\": 2\n}\n",
		"with empty lines":  "\n\n" + strings.Join(records, "\n\n\n"),
		"longer than a row": "[" + strings.Join(records, strings.Repeat(" ", longestLine)+",") + "]",
	} {
		t.Run(name, func(t *testing.T) {
			table := read(t, text)
			var got []plainMeta
			for _, file := range []string{"a.wav", "b.wav"} {
				see(t, table, "/", file)
				got = append(got, open(toldOf(t, table, "/", file)))
			}
			want := []plainMeta{
				{CallID: "c-1", Start: "2026-11-10T08:42:00Z", Duration: "6m13.5s", Queue: "Rückfragen", Category: "Umzug", Agent: "Ada"},
				{CallID: "c-2", Start: "2026-11-11T08:42:00Z", Duration: "6m13s", Queue: `Köln "Süd" {1}`, Category: "Größe; Länge"},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

// An object with a list in it may be a record all the same.
func TestARecordWithAListIsNoList(t *testing.T) {
	for name, text := range map[string]string{
		"it has the id itself": `{"agents":[{"name":"Ada","contact id":"x"}],"file":"a.wav","queue":"Billing"}`,
		"another follows":      `{"parts":[{"file":"a.wav"}],"queue":"Billing"}` + "\n" + `{"parts":[{"file":"b.wav"}],"queue":"Sales"}`,
	} {
		t.Run(name, func(t *testing.T) {
			table := read(t, text)
			see(t, table, "/", "a.wav")
			if got := open(toldOf(t, table, "/", "a.wav")); got.Queue != "Billing" {
				t.Errorf("read as %+v", got)
			}
		})
	}
}

// A record a line, whose first is longer than what is looked at to know the table,
// is no list of what that record is made of.
func TestALongFirstRecordIsNoList(t *testing.T) {
	long := strings.Repeat(`{"text":"and then","file":"x.wav"},`, head/30) + `{}`
	rows, faults := all(t, read(t, `{"callId":"c-1","queue":"Billing","segments":[`+long+"]}\n"+`{"callId":"c-2","queue":"Sales"}`))
	if len(rows) != 2 || rows[0].callID != "c-1" || rows[1].callID != "c-2" || len(faults) != 0 {
		t.Errorf("read %+v and %+v", rows, faults)
	}
}

// What a vendor's interface answers page by page is often kept in one file. A page
// without records is told.
func TestPagesThatFollowEachOtherAreAllRead(t *testing.T) {
	for name, filling := range map[string]string{"short": strings.Repeat(" ", head-100), "long": strings.Repeat(" ", head+100)} {
		t.Run(name, func(t *testing.T) {
			rows, faults := all(t, read(t, strings.Join([]string{
				`{"page":1,"data":{"calls":[{"file":"a.wav"},` + filling + `{"file":"b.wav"}]},"notes":[{"text":"] \"calls\":["}]}`,
				`{"page":2,"agents":{"calls":1},"notes":[{"text":"calls"}],"data":{"calls":[{"file":"c.wav"},{"file":7`,
				`{"file":"d.wav"}]}}`,
				`{"page":3,"error":{"calls":{}}}`,
				`{"page":4,"data":{"calls":[]}} {"data":{"calls":[{"file":"e.wav"}]},"page":5}`,
				`{"page":6,"data":{`,
			}, "\n")))
			var got []string
			for _, r := range rows {
				got = append(got, fmt.Sprint(r.line, " ", r.file))
			}
			for _, f := range faults {
				got = append(got, fmt.Sprint(f.line, " ", f.code))
			}
			want := []string{"1 a.wav", "1 b.wav", "2 c.wav", "3 d.wav", "5 e.wav", "2 metadata-record", "4 metadata-record", "6 metadata-record"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

// A record that is cut off, or no record, costs itself and is told by its line.
func TestABrokenRecordCostsItselfAlone(t *testing.T) {
	lines := []string{
		`{"file":"a.wav","queue":"Billing"}`,
		`{"file":"b.wav","queue":"Bill`,
		`{"file":"c.wav","queue":"Billing"`,
		`{"file":"d.wav","queue":"Billing"}`,
		`file,queue`,
		`{"file":"e.wav",queue:"Billing"}`,
		`{"note":"nothing that the others have"}`,
		`["f.wav"]`,
		`{"file":"g.wav","queue":"` + strings.Repeat("x", longestLine) + `"}`,
		`{"file":"h.wav","start":"yesterday"}`,
		`{"file":"i.wav","queue":"Billing"}`,
		`{"file":"j.wav"`,
	}
	for name, text := range map[string]string{
		"lines": strings.Join(lines, "\n"),
		"list":  "[" + strings.Join(lines, ",\n") + "]",
		"inner": `{"calls":[` + strings.Join(lines[:11], ",\n") + "],\n\"total\":11}",
	} {
		t.Run(name, func(t *testing.T) {
			rows, faults := all(t, read(t, text))
			var good, bad []string
			for _, r := range rows {
				good = append(good, fmt.Sprint(r.line, " ", r.file))
			}
			for _, f := range faults {
				bad = append(bad, fmt.Sprint(f.line, " ", f.code))
			}
			if diff := cmp.Diff([]string{"1 a.wav", "4 d.wav", "11 i.wav"}, good); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			want := []string{
				"2 metadata-record", "3 metadata-record", "5 metadata-record", "6 metadata-record", "7 metadata-no-key",
				"8 metadata-record", "9 metadata-long-line", "10 metadata-start", "12 metadata-record",
			}
			if name == "inner" {
				want = want[:8] // the last has its end
			}
			if diff := cmp.Diff(want, bad); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// Which column means what is guessed by the paths, and a person may say it.
func TestTheColumnsOfRecordsAreTheirPaths(t *testing.T) {
	const records = `{"Agent":{"Username":"ada"},"ContactId":"1","Queue":{"Name":"Billing"},"Recordings":[{"Location":"x/1.wav"}],"why":{"code":"Moved"}}`
	said := desk.Arrangement{Columns: map[string]desk.Meaning{"why.code": desk.MeansCategory}}
	p, means := previewed(t, records, said)
	if want := "Agent.Username agent name, ContactId call name, Queue.Name queue name, Recordings.0.Location file name, why.code category said"; means != want {
		t.Errorf("taken for %s, want %s", means, want)
	}
	if p.Separator != "json" || p.Encoding != "utf-8" || !p.Usable || p.Rows != 1 {
		t.Errorf("shown as %q, %q, usable %t, %d rows", p.Separator, p.Encoding, p.Usable, p.Rows)
	}
}

// FuzzRecords holds a table of records to ending, to lines that there are, and to
// telling of each record once.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{
		`{"file":"a.wav"}` + "\n" + `{"file":"b.wav"}`, `[{"file":"a.wav"},{}]`, `{"file":"a.wav"`, "[\n {\"a\":[{\"key\":\"b\",\"value\":1}]},\n {\"a\":\"x\n\"}]",
		`{"file":"\u00e9\\"}x{"file":[1,2]}`, "\xff\xfe{\x00\"\x00a\x00\"\x00:\x001\x00}\x00",
		`{"total":1,"data":{"calls":[{"file":"a.wav"},{"file":"b.wav"}]},"x":[]}`,
		`{"a":[{"file":"` + strings.Repeat("x", 99) + `"}]}{"b":[]}` + "\n" + `{"a":[{"file":"b.wav"}]}{"a":[`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := &dialect{records: true, wrapped: guide{zone: time.UTC}.wrapped([]byte(text))}
		_, rows, err := d.rowsOf(opened(text))
		if err != nil {
			t.Fatal(err)
		}
		lines, at := strings.Count(text, "\n")+strings.Count(text, "\x00")+1, 1
		for n := 0; ; n++ {
			row, err := rows.next()
			if err != nil {
				break
			}
			if row.line < at || row.line > lines || n > len(text) {
				t.Fatalf("record %d stands in line %d, after %d, of %d", n, row.line, at, lines)
			}
			at = row.line
		}
	})
}
