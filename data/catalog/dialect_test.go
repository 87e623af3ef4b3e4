package catalog

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// One table in every dialect that spreadsheets and telephone systems write.
func TestATableSaysTheSameInAnyDialect(t *testing.T) {
	const table = "Datei;Beginn;Dauer;Warteschlange;Kategorie\n" +
		"a.wav;10.11.2026 09:42;373,5;Rückfragen;Umzug – spät\nb.wav;11.11.2026 09:42;6:13;Köln;\"Größe; Länge\"\n"
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) func(string) string {
		return func(s string) string {
			text, err := unicode.UTF16(order, mark).NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
	}
	separated := func(by string) func(string) string {
		return func(s string) string {
			return strings.ReplaceAll(strings.ReplaceAll(s, "Größe; Länge", "Größe~ Länge"), ";", by)
		}
	}
	for name, write := range map[string]func(string) string{
		"as it is":            func(s string) string { return s },
		"with a mark":         func(s string) string { return "\uFEFF" + s },
		"from Windows":        func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"for Excel":           func(s string) string { return "sep=;\r\n" + s },
		"for Excel, quoted":   func(s string) string { return "\uFEFF\"sep=;\"\n" + s },
		"without a last line": func(s string) string { return strings.TrimSuffix(s, "\n") },
		"UTF-16 of Windows":   utf16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16 of a Mac":     utf16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 LE, no mark":  utf16(unicode.LittleEndian, unicode.IgnoreBOM),
		"UTF-16 BE, no mark":  utf16(unicode.BigEndian, unicode.IgnoreBOM),
		"Windows-1252": func(s string) string {
			text, err := charmap.Windows1252.NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return text
		},
		"tabs": separated("\t"),
		"bars": separated("|"),
	} {
		t.Run(name, func(t *testing.T) {
			table := read(t, write(table))
			var got []plainMeta
			for _, file := range []string{"a.wav", "b.wav"} {
				see(t, table, "/", file)
				got = append(got, open(toldOf(t, table, "/", file)))
			}
			want := []plainMeta{
				{Start: "2026-11-10T08:42:00Z", Duration: "6m13.5s", Queue: "Rückfragen", Category: "Umzug – spät"},
				{Start: "2026-11-11T08:42:00Z", Duration: "6m13s", Queue: "Köln", Category: "Größe; Länge"},
			}
			got[1].Category = strings.Replace(got[1].Category, "~", ";", 1)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		})
	}
}

// previewed says what each column of a table is taken for, and by what.
func previewed(t *testing.T, table string, said desk.Arrangement) (desk.TablePreview, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "calls.csv")
	if err := os.WriteFile(file, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	req := desk.ImportRequest{Metadata: file, Table: said, Profile: desk.PlainProfile}
	p, err := New(diskFiles, time.UTC).PreviewTable(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	var columns []string
	for _, c := range p.Columns {
		columns = append(columns, c.Name+" "+string(c.Means)+" "+string(c.Guessed))
	}
	return p, strings.Join(columns, ", ")
}

func TestColumnsAreGuessed(t *testing.T) {
	tests := []struct{ name, table, want string }{
		{
			"by content, without a header",
			"2026-11-10 09:42:00,+49 30 5550100,rec/a.wav,1794303720.17,Tech\n2026-11-11 09:42:00,+49 30 5550101,rec/b.wav,1794303721.18,Bills\n",
			"1 start content, 2 customer content, 3 file content, 4 call content, 5 ignore none",
		},
		{
			"by content, under names that nobody knows",
			"Wann,Wohin,Was\n2026-11-10 09:42:00,x.wav,1\n2026-11-10 09:43:00,y.wav,2\n",
			"Wann start content, Wohin file content, Was field none",
		},
		{
			"a disposition that is only how the call ended",
			"file,disposition\na.wav,ANSWERED\nb.wav,NO ANSWER\n", "file file name, disposition field name",
		},
		{
			"a day and its time in two columns",
			"file,date,start time\na.wav,10.11.2026,09:42\nb.wav,11.11.2026,10:42\n", "file file name, date start name, start time time name",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, got := previewed(t, test.table, desk.Arrangement{}); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAPersonSaysWhatColumnsMean(t *testing.T) {
	const table = "rec,when,who,why\na.wav,2026-11-10 09:42,Ada Quill,Late\n"
	said := desk.Arrangement{Columns: map[string]desk.Meaning{"rec": "file", "WHEN": "start", "who": "agent", "why": "category"}, Zone: "Europe/Berlin"}
	p, got := previewed(t, table, said)
	if want := "rec file said, when start said, who agent said, why category said"; got != want {
		t.Errorf("got %s", got)
	}
	for _, means := range []desk.Meaning{desk.MeansAgent, desk.MeansField, desk.MeansNothing} {
		if who := p.Columns[2].Samples(means); len(who) != 1 || who[0] != "xxx xxxxx" {
			t.Errorf("as %s, the agent is shown as %q", means, who)
		}
	}
	if why := p.Columns[3].Samples(desk.MeansCategory); why[0] != "Late" {
		t.Errorf("the category is shown as %q", why)
	}
	read, err := readTable(t.Context(), opened(table), guide{zone: time.UTC, arranged: said})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.close() }()
	see(t, read, "/", "a.wav")
	want := plainMeta{Start: "2026-11-10T08:42:00Z", Agent: "Ada Quill", Category: "Late"}
	if diff := cmp.Diff(want, open(toldOf(t, read, "/", "a.wav"))); diff != "" {
		t.Error(diff)
	}
	for name, wrong := range map[string]desk.Arrangement{
		"no such column":   {Columns: map[string]desk.Meaning{"where": "queue"}},
		"no such meaning":  {Columns: map[string]desk.Meaning{"rec": "queues"}},
		"no such zone":     {Zone: "Mars/Olympus"},
		"no such encoding": {Encoding: "utf-9"},
		"no such order":    {Days: "year"},
	} {
		_, err := readTable(t.Context(), opened(table), guide{zone: time.UTC, arranged: wrong})
		if code := review.CodeOf(err); code != desk.NoColumn && code != review.BadArgument {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A day that can be read in two ways is read as the others of its column are.
func TestTheOrderOfDayAndMonthComesFromTheWholeColumn(t *testing.T) {
	table := func(days ...string) string {
		text := "file,start\n"
		for i, day := range days {
			text += string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ".wav," + day + " 09:42\n"
		}
		return text
	}
	late := make([]string, 0, 300)
	for range 299 {
		late = append(late, "05/06/2026")
	}
	tests := []struct {
		name, table, want string
	}{
		{"one tells by its day", table("05/06/2026", "25/06/2026"), "2026-06-05"},
		{"one tells by its month", table("05/06/2026", "06/25/2026"), "2026-05-06"},
		{"one tells at the end", table(append(late, "06/25/2026")...), "2026-05-06"},
		{"days rise", table("10/01/2026", "11/01/2026", "12/01/2026", "01/02/2026", "02/02/2026"), "2026-01-10"},
		{"two contradict each other", table("05/06/2026", "25/06/2026", "06/25/2026"), ""},
		{"nothing tells", table("05/06/2026", "06/06/2026"), ""},
	}
	for _, test := range tests {
		table := read(t, test.table)
		see(t, table, "/", "a.wav")
		start := ""
		if m := toldOf(t, table, "/", "a.wav"); !m.Start.IsZero() {
			start = m.Start.Format(time.DateOnly)
		}
		if start != test.want {
			t.Errorf("%s: read as %q, want %q", test.name, start, test.want)
		}
	}
}

// TestALineThatNamesTheSeparatorCounts as a line of the file.
func TestALineThatNamesTheSeparatorCounts(t *testing.T) {
	table := read(t, "sep=|\nfile|start\na.wav|yesterday\n")
	if _, faults := all(t, table); len(faults) != 1 || faults[0].line != 3 || faults[0].code != BadStart {
		t.Errorf("faults %+v", faults)
	}
}
