package bundle

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

// manuals are the pages of man(1) in the languages of the programs. All that
// they say of arguments, flags and commands is what the programs themselves
// answer to --help.
func (r Release) manuals(ctx context.Context, programs []file) ([]file, error) {
	work, err := os.MkdirTemp("", "earshot-bundle-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	if err := lay(work, programs); err != nil {
		return nil, err
	}
	var pages []file
	for language, folder := range map[string]string{"en": "man", "de": "man/de"} {
		ask := func(program string, args ...string) (string, error) {
			said, err := output(ctx, []string{"EARSHOT_LANG=" + language, "COLUMNS=80"}, filepath.Join(work, "bin", program), append(args, "--help")...)
			return string(said), err
		}
		for _, program := range []string{"earshot", "earshotctl"} {
			page, err := r.manual(folder+"/"+program+".1", program, ask)
			if err != nil {
				return nil, fmt.Errorf("manual of %s in %s: %w", program, language, err)
			}
			pages = append(pages, plain("share/"+folder+"/man1/"+program+".1.gz", page))
		}
	}
	return pages, nil
}

// manual fills a page's frame with what a program says of itself, and packs it.
func (r Release) manual(frame, program string, ask func(program string, args ...string) (string, error)) ([]byte, error) {
	said, err := ask(program)
	if err != nil {
		return nil, err
	}
	about := parseHelp(said)
	var commands []commandHelp
	for _, e := range about.commands() {
		said, err := ask(program, strings.Fields(e.Term)...)
		if err != nil {
			return nil, err
		}
		commands = append(commands, commandHelp{e.Term, parseHelp(said).without(about)})
	}
	page, err := template.New(filepath.Base(frame)).Funcs(template.FuncMap{"roff": roff}).ParseFS(files, "files/"+frame)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = page.Execute(&out, map[string]any{
		"Version": r.Version, "Date": r.Time.UTC().Format("2006-01-02"), "Said": said, "About": about, "Commands": commands,
	})
	if err != nil {
		return nil, err
	}
	return packed(out.Bytes())
}

// A commandHelp is what is said of one command.
type commandHelp struct {
	Name string
	Help help
}

// A help is what a program answers to --help: how it is called, what it does,
// and lists of arguments, flags or commands.
type help struct {
	Usage, Does string
	Lists       []helpList
}

// A helpList is a heading with terms and what they mean.
type helpList struct {
	Title   string
	Entries []helpEntry
}

// A helpEntry is a flag, an argument or a command.
type helpEntry struct{ Term, Means string }

// entry matches a line that begins an entry; what is set further in goes on with
// the one above.
var entry = regexp.MustCompile(`^(?:  (\S.*?)|      (--.*?))(?:  +(\S.*))?$`)

// parseHelp reads what kong prints.
func parseHelp(said string) help {
	var h help
	var words []string // of the paragraph
	for line := range strings.Lines(said + "\n") {
		line = strings.TrimRight(line, "\n")
		last := len(h.Lists) - 1
		switch m := entry.FindStringSubmatch(line); {
		case line == "":
			h.paragraph(strings.Join(words, " "))
			words = nil
		case !strings.HasPrefix(line, " ") && strings.HasSuffix(line, ":"):
			h.Lists = append(h.Lists, helpList{Title: strings.TrimSuffix(line, ":")})
		case last < 0:
			words = append(words, strings.TrimSpace(line))
		case m != nil:
			h.Lists[last].Entries = append(h.Lists[last].Entries, helpEntry{m[1] + m[2], m[3]})
		case len(h.Lists[last].Entries) > 0 && strings.HasPrefix(line, " "):
			e := &h.Lists[last].Entries[len(h.Lists[last].Entries)-1]
			e.Means = strings.TrimSpace(e.Means + " " + strings.TrimSpace(line))
		}
	}
	return h
}

// paragraph takes what stands before the lists: first how the program is called,
// after a word for that.
func (h *help) paragraph(text string) {
	switch {
	case text == "" || len(h.Lists) > 0:
	case h.Usage == "":
		_, h.Usage, _ = strings.Cut(text, ": ")
	default:
		h.Does = strings.TrimSpace(h.Does + " " + text)
	}
}

// commands are the entries that are typed as words.
func (h help) commands() (all []helpEntry) {
	for _, list := range h.Lists {
		for _, e := range list.Entries {
			if !strings.HasPrefix(e.Term, "-") {
				all = append(all, e)
			}
		}
	}
	return all
}

// without leaves out what another help says already.
func (h help) without(other help) help {
	known := map[string]bool{}
	for _, list := range other.Lists {
		for _, e := range list.Entries {
			known[e.Term] = true
		}
	}
	var lists []helpList
	for _, list := range h.Lists {
		kept := helpList{Title: list.Title}
		for _, e := range list.Entries {
			if !known[e.Term] {
				kept.Entries = append(kept.Entries, e)
			}
		}
		if len(kept.Entries) > 0 {
			lists = append(lists, kept)
		}
	}
	h.Lists = lists
	return h
}

// roff is text that man(1) shows as it stands, each line on its own in what is
// not filled (man(7)).
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(strings.TrimRight(text, "\n"))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

// packed is data as "gzip -9n" packs it, which keeps no time.
func packed(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
