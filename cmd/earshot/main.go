// Command earshot is the desktop app.
//
//	earshot [--library FILE] [FOLDER | FILE …]
//	earshot [--library FILE] earshot://join/…
//	earshot join -
//
// It wires what the packages below it need and holds no rule of its own: which
// library, which person, which sound card, which dialogs. A folder that is
// named is imported. The window opens at once; a library that cannot be opened
// is told there, with what to do about it.
//
// A second start with the same library hands its arguments to the first, whose
// window comes to the front, and ends.
//
// EARSHOT_LIBRARY names the library, EARSHOT_LANG the language (en, de), and
// EARSHOT_TRACE a file that is told what the window shows, a line for each
// change.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/assets"
	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/cmd/internal/instance"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
)

// slack is how much garbage may lie beside what is in use, in percent of that. The
// window stays open for hours and lets pictures of texts and voices go as it shows
// others: with half of what Go leaves by itself its memory stays where it is.
const slack = 50

// Exit statuses.
const (
	done    = 0
	failed  = 1
	misused = 2
)

func main() {
	if slices.Equal(os.Args[1:], hubArgs) {
		os.Exit(serveHub())
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(slack)
	}
	os.Exit(run(withLink(os.Args[1:], os.Stdin), os.Getenv, os.Stdout, os.Stderr))
}

// hubArgs start this program as the hub of a session that its parent hosts, see
// [hub.Program].
var hubArgs = []string{"hub", "--pipe"}

func serveHub() int {
	if err := hub.Pipe(context.Background(), os.Stdin, os.Stdout); err != nil {
		return failed // the parent was told why
	}
	return done
}

func run(args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	folders := config.Standard()
	settings := folders.Settings()
	texts := text.For(language(getenv, settings.Language))
	o, err := parse(args, texts, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, texts.Say("app.usage", nil))
		return done
	case err != nil:
		return misused
	case o.version:
		said := texts.Say("app.version", review.Args{"name": assets.Name, "version": assets.Version, "commit": commit()})
		fmt.Fprintln(stdout, strings.TrimSpace(said))
		return done
	}
	library, err := folders.Library(o.library, getenv)
	if err != nil {
		return tell(stderr, texts, err)
	}
	first, handed, err := instance.Claim(library, folders.Config, o.paths)
	if handed {
		return done
	}
	log := slog.New(slog.NewTextHandler(stderr, nil))
	if err != nil { // two windows can share a library, so this one opens all the same
		log.Warn("no other start can be told of this one", "error", err)
	}
	trace, err := openTrace(getenv("EARSHOT_TRACE"))
	if err != nil {
		return tell(stderr, texts, err)
	}
	a := &app{texts: texts, folders: folders, settings: settings, home: library, first: first, trace: trace, log: log, paths: o.paths}
	if err := a.run(); err != nil {
		log.Error("open a window", "error", err)
		return tell(stderr, texts, err)
	}
	return done
}

// language is the one of EARSHOT_LANG, else the one chosen in the settings, else
// the system's.
func language(getenv func(string) string, chosen string) string {
	if chosen != "" && getenv("EARSHOT_LANG") == "" {
		return chosen
	}
	return text.Language(getenv)
}

// options are what the command line says.
type options struct {
	library string
	version bool
	paths   []string // absolute
}

func parse(args []string, texts *text.Catalog, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("earshot", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the sentences are ours
	flags.StringVar(&o.library, "library", "", "")
	flags.BoolVar(&o.version, "version", false, "")
	if err := flags.Parse(args); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(stderr, texts.Say("app.misused", review.Args{"why": err.Error()}), "\n\n", texts.Say("app.usage", nil))
		}
		return o, err
	}
	for _, path := range flags.Args() {
		if strings.HasPrefix(path, linkStart) {
			o.paths = append(o.paths, path)
			continue
		}
		full, err := filepath.Abs(path)
		if err != nil {
			return o, err
		}
		o.paths = append(o.paths, full)
	}
	return o, nil
}

// tell says on the terminal what no window can say yet.
func tell(stderr io.Writer, texts *text.Catalog, err error) int {
	message, hint := texts.Error(err)
	fmt.Fprintln(stderr, message)
	fmt.Fprintln(stderr, hint)
	return failed
}

// openTrace opens the file that is told what the window shows; nil for none.
func openTrace(path string) (*os.File, error) {
	if path == "" {
		return nil, nil
	}
	trace, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, review.Fail(TraceFile, review.Args{"file": path}).Because(err)
	}
	return trace, nil
}

// TraceFile is answered when EARSHOT_TRACE names a file that cannot be written.
const TraceFile review.Code = "trace-file" // args: file

// commit is what this program was built from, or "".
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value[:min(12, len(setting.Value))]
		}
	}
	return ""
}
