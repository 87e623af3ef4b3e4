package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/earshot-app/earshot/assets/text"
)

// secrets are what a library holds that nobody may see unasked: in the agent's
// and the customer's column, in a field, in a path, and names in a transcript.
var secrets = []string{"Qxagent", "Qxfamily", "5550177", "555 01 77", "Qxpolicy", "Qxfolder", "Qxfile"}

// secretive is a library of three calls with all of them.
func secretive(t *testing.T) (c *ctl, dir string) {
	t.Helper()
	c = newCtl(t)
	dir = t.TempDir()
	calls := filepath.Join(dir, "Qxfolder")
	if err := os.Mkdir(calls, 0o700); err != nil {
		t.Fatal(err)
	}
	rows := "Call ID,file,start,skill,wrap_up_code,agent,ani,policy\n"
	for _, name := range []string{"one", "two", "three"} {
		writeWAV(t, filepath.Join(calls, "Qxfile-"+name+".wav"))
		rows += "id-" + name + ",Qxfolder/Qxfile-" + name + ".wav,2026-11-03T10:00:00+01:00,Billing,Other,Qxagent Qxfamily,+49 170 5550177,Qxpolicy\n"
		words := "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>This is Qxagent, you called from 0170 555 01 77 about your bill\n"
		if err := os.WriteFile(filepath.Join(calls, "Qxfile-"+name+".vtt"), []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "calls.csv"), []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	return c, dir
}

// sweep is a use of every command that says something about a library, in an
// order in which each has something to say. In capitals are the folder of the
// calls, the last draw and moment, and a new file. A command that misses
// something fails, and says nothing private either.
var sweep = [][]string{
	{"import", "DIR", "--metadata", "DIR/calls.csv"},
	{"rescan"},
	{"unjoined"},
	{"sources"},
	{"calls"},
	{"show", "id-one"},
	{"search", "bill"},
	{"search", "Qxagent"},
	{"transcript", "id-one"},
	{"fields"},
	{"categories"},
	{"mismatch"},
	{"explain"},
	{"plan", "set", "--minutes", "30"},
	{"plan", "show"},
	{"plan", "run"},
	{"plan", "clear"},
	{"plan", "size", "--share", "0.1"},
	{"draw", "make", "-n", "2"},
	{"draws"},
	{"draw", "verify", "DRAW"},
	{"draw", "export", "DRAW", "-o", "OUT"},
	{"draw", "topup", "DRAW", "-n", "1"},
	{"tag", "id-one", "--issue", "Late bill", "--at", "5"},
	{"words", "MOMENT", "it came late"},
	{"praise", "id-one", "--at", "7"},
	{"heard", "id-one"},
	{"heard", "id-two"},
	{"skip", "id-three", "--kind", "not-heard", "--reason", "noise"},
	{"undo"},
	{"redo"},
	{"untag", "MOMENT"},
	{"undo"},
	{"events"},
	{"issues"},
	{"rank"},
	{"unlump"},
	{"moments", "Late bill"},
	{"trend", "Late bill"},
	{"effect", "Late bill"},
	{"follow", "Late bill", "--state", "fixing"},
	{"codebook", "list"},
	{"codebook", "describe", "Late bill", "--definition", "The bill came late."},
	{"codebook", "rename", "Late bill", "Late bills"},
	{"codebook", "key", "Late bills", "2"},
	{"codebook", "near", "Late bill"},
	{"codebook", "again", "Late bills"},
	{"codebook", "split", "Late bills", "--into", "Post", "--into", "System"},
	{"codebook", "deal", "MOMENT", "Post"},
	{"codebook", "merge", "System", "Post"},
	{"codebook", "retire", "Post"},
	{"codebook", "import", "DIR/calls.csv"},
	{"moments", "import", "DIR/calls.csv"},
	{"categories", "propose"},
	{"codebook", "export", "-o", "OUT.csv"},
	{"export", "ranking"},
	{"export", "moments"},
	{"export", "calls"},
	{"export", "codebook"},
	{"export", "unlump"},
	{"export", "mismatch"},
	{"export", "categories"},
	{"export", "trend", "--issue", "Late bill"},
	{"export", "draw"},
	{"export", "--dictionary"},
	{"chart", "ranking", "-o", "OUT.svg"},
	{"report", "-o", "OUT.html"},
	{"clip", "id-one", "--to", "3", "-o", "OUT.wav"},
	{"labels", "export", "id-one", "-o", "OUT.txt"},
	{"log", "list"},
	{"log", "verify"},
	{"log", "export"},
	{"retention", "show"},
	{"retention", "set", "0"},
	{"retention", "preview", "1"},
	{"draw", "close", "DRAW"},
	{"check"},
	{"backup", "make"},
	{"backup", "list"},
	{"profiles"},
	{"forget", "customer", "--number", "0170 5550177"},
	{"forget", "customer", "--party", "Qxagent Qxfamily", "--yes"},
	{"retention", "run", "--yes"},
	{"forget", "call", "id-two", "--yes"},
}

// unswept begin the commands that the sweep leaves out, each with the reason. The
// preview of an import, and what an import leaves out, name files that are in no
// call yet: there is nothing else to call them by.
var unswept = []string{
	"probe", "decode", "bench", // tell of a file that somebody names
	"batch",          // runs the others
	"hub",            // serves others
	"session",        // tells the uids and issues that all members are told
	"backup restore", // is a swept library again
	"rescue",         // the same
}

// Whatever a person asks for in a terminal, as a table or as JSON, in answers,
// errors or files, says nothing that is private.
func TestNoCommandTellsWhatIsPrivate(t *testing.T) {
	c, dir := secretive(t)
	out := t.TempDir()
	names := map[string]string{"DIR": dir, "OUT": filepath.Join(out, "file")}
	for _, args := range sweep {
		for _, more := range [][]string{nil, {"--json"}} {
			line := slices.Clone(args)
			for i := range line {
				for name, value := range names {
					line[i] = strings.Replace(line[i], name, value, 1)
				}
			}
			said, errs, _ := c.run(append(line, more...)...)
			for _, secret := range secrets {
				if strings.Contains(said+errs, secret) && !slices.ContainsFunc(args, func(arg string) bool { return strings.Contains(arg, secret) }) {
					t.Errorf("%v says %q: %.600s%.300s", line, secret, said, errs)
				}
			}
			remember(names, said)
		}
	}
	for _, secret := range secrets {
		if files := holding(t, out, secret); len(files) > 0 {
			t.Errorf("%q is in %v", secret, files)
		}
	}
}

// remember notes the ids that an answer told.
func remember(names map[string]string, said string) {
	var told struct {
		ID     string `json:"id"`
		Moment string `json:"moment"`
		Frame  any    `json:"frame"`
	}
	if json.Unmarshal([]byte(said), &told) != nil {
		return
	}
	if told.Frame != nil {
		names["DRAW"] = told.ID
	}
	if told.Moment != "" {
		names["MOMENT"] = told.Moment
	}
}

// A new command is swept too, or it is said why not.
func TestTheSweepKnowsEveryCommand(t *testing.T) {
	g, err := program{texts: text.For("en")}.grammar()
	if err != nil {
		t.Fatal(err)
	}
	swept := func(path string) bool {
		return slices.ContainsFunc(sweep, func(args []string) bool { return strings.HasPrefix(strings.Join(args, " ")+" ", path+" ") })
	}
	for _, leaf := range g.parser.Model.Leaves(false) {
		path := strings.TrimPrefix(strings.Join(strings.Fields(commandPath(leaf)), " "), "earshotctl ")
		left := func(start string) bool { return strings.HasPrefix(path+" ", start+" ") }
		if !swept(path) && !slices.ContainsFunc(unswept, left) {
			t.Errorf("%q", path)
		}
	}
}

func commandPath(n *kong.Node) string {
	if n.Parent == nil {
		return ""
	}
	return commandPath(n.Parent) + " " + n.Name
}

// What the terminal writes is for its owner only.
func TestOnlyTheOwnerMayReadWhatTheTerminalWrites(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // keeps rights in lists, which the user's own folder has right
	}
	c, dir := secretive(t)
	get[any](c, "import", dir, "--metadata", filepath.Join(dir, "calls.csv"))
	get[any](c, "backup", "make")
	out := filepath.Join(c.home, "export.csv")
	get[any](c, "export", "calls", "-o", out)
	get[any](c, "clip", "id-one", "--to", "3", "-o", filepath.Join(c.home, "clip.wav"))
	get[any](c, "log", "export", "-o", filepath.Join(c.home, "log.csv"))
	err := filepath.Walk(c.home, func(path string, info os.FileInfo, err error) error {
		if err == nil && path != c.home && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", strings.TrimPrefix(path, c.home), info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
