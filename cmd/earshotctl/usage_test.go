package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/earshot-app/earshot/assets/text"
)

// commands are all that earshotctl can be asked to do.
func commands(t *testing.T) []string {
	t.Helper()
	g, err := program{texts: text.For("en")}.grammar()
	if err != nil {
		t.Fatal(err)
	}
	all := []string{""}
	var walk func(n *kong.Node, path string)
	walk = func(n *kong.Node, path string) {
		for _, child := range n.Children {
			all = append(all, strings.TrimSpace(path+" "+child.Name))
			walk(child, path+" "+child.Name)
		}
	}
	walk(g.parser.Model.Node, "")
	return all
}

func german(c *ctl, args ...string) (out, errs string, code int) {
	c.t.Helper()
	cmd := c.command(args...)
	cmd.Env = append(cmd.Env, "EARSHOT_LANG=de")
	var o, e strings.Builder
	cmd.Stdout, cmd.Stderr = &o, &e
	_ = cmd.Run() // the exit code says it
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

func TestHelpIsInTheReadersLanguage(t *testing.T) {
	c := newCtl(t)
	for _, command := range commands(t) {
		out, errs, code := german(c, append(strings.Fields(command), "--help")...)
		if code != 0 || errs != "" || !strings.HasPrefix(out, "Aufruf: earshotctl "+command) {
			t.Errorf("%s --help: exit %d, %s%.80s", command, code, errs, out)
		}
		if strings.Contains(out, "[?") {
			t.Errorf("%s --help lacks a text: %s", command, out)
		}
		for _, english := range []string{"Usage", "Arguments:", "Flags:", "Commands:", "Show ", "Run "} {
			if strings.Contains(out, english) {
				t.Errorf("%s --help says %q: %s", command, english, out)
			}
		}
	}
	if entries, err := os.ReadDir(c.home); err != nil || len(entries) != 0 {
		t.Errorf("asking for help made %v, %v", entries, err)
	}
}

// A command line is read by its command alone, and that makes no difference that a
// person could see.
func TestACommandReadAloneSaysTheSame(t *testing.T) {
	asked := func(args []string, grammar func(program) (*grammar, error)) (said string, commands int) {
		var out strings.Builder
		g, err := grammar(program{texts: text.For("en"), out: &out})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := g.parse(args); err != nil {
			out.WriteString(err.Error())
		}
		return out.String(), len(g.parser.Model.Children)
	}
	for _, command := range commands(t)[1:] {
		for _, line := range []string{command + " --help", "--json --library f " + command + " --help", command + " --nothing"} {
			args := strings.Fields(line)
			alone, n := asked(args, func(p program) (*grammar, error) { return p.grammarFor(args) })
			all, _ := asked(args, program.grammar)
			if alone != all || n != 1 {
				t.Errorf("%s: of %d commands\n%s\nof all\n%s", line, n, alone, all)
			}
		}
	}
}

func TestMisuseIsToldInTheReadersLanguage(t *testing.T) {
	c := newCtl(t)
	if _, errs, _ := german(c, ""); !strings.Contains(errs, "gibt es hier nicht") {
		t.Errorf("an empty word is told as %s", errs)
	}
	for line, want := range map[string]string{
		"frobnicate":                 "frobnicate gibt es hier nicht",
		"shov":                       "shov gibt es hier nicht",
		"calls --stat new":           "die Option --stat gibt es hier nicht",
		"":                           "ein Befehl fehlt, etwa",
		"show":                       "fehlt",
		"tag u --issue x":            "--at=SECONDS fehlt",
		"draw":                       "--number=N / --minutes=M fehlt",
		"draw -n 1 --minutes 1":      "--number und --minutes schließen einander aus",
		"draw -n 1 --equal":          "die Form ist draw make --stratify=FIELD --equal",
		"chart trend -o x.svg":       "die Form ist chart trend ISSUE -o FILE",
		"rank --compare A":           "die Form ist rank --compare A B",
		"tag u --issue x --at early": "passt nicht zu --at",
		"tag u --issue x --at -1":    "passt nicht zu --at",
		"calls --state lost":         "--state ist eines von",
		"draw -n 1 --from 2026-13-1": "„2026-13-1“ ist kein Tag",
	} {
		_, errs, code := german(c, strings.Fields(line)...)
		var f failed
		if err := json.Unmarshal([]byte(errs), &f); err != nil || code != exitMisuse {
			t.Errorf("%q: exit %d, %s", line, code, errs)
		}
		if !strings.Contains(f.Message, want) {
			t.Errorf("%q is told as %q, want %q in it", line, f.Message, want)
		}
	}
}

// TestNamesDoNotReachTheTerminal imports a broken recording whose name would
// clear the screen.
func TestNamesDoNotReachTheTerminal(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a\x1b[2J\nb.wav"), []byte("RIFF\x04\x00\x00\x00WAVE"), 0o600); err != nil {
		return // a file system that has no such names
	}
	out, _, _ := c.run("import", dir)
	if !strings.Contains(out, "a [2J b.wav") || strings.ContainsRune(out, 0x1b) {
		t.Errorf("import prints %q", out)
	}
}
