// Earshotctl does from a terminal what the window does: it imports, draws,
// tags, ranks and exports one library. It needs no window, no sound and no C
// compiler, and may run while the window is open.
//
// Every command answers a table for people or, with --json, one JSON value for
// scripts. It exits with 0 when it is done, with 1 when it failed or the answer
// is no, and with 2 when it was misused. Errors are one JSON object on standard
// error: {"error": code, "message": …, "hint": …}.
//
// "earshotctl batch" reads commands as JSON arrays, one a line, and answers
// each on a line, so that a script pays for opening the library once. An act
// that was answered is on the disk. "probe", "decode" and "bench" look into one recording
// and open no library at all.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/earshot-app/earshot/assets"
	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sampling"
)

// slack is how much garbage may lie beside what is in use, in percent of that. The
// program runs beside the window, and in scripts that start many of it: half of
// what Go leaves by itself is enough for imports, rankings and exports, and costs
// them no time that could be measured.
const slack = 50

func main() {
	runtime.MemProfileRate = 0 // nobody asks for it, and each sample reads tables of the program that stay in memory
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(1) // until a command is known that has work for more
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(slack)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second one ends what does not end by itself
	p := program{in: interruptible{ctx, os.Stdin}, out: os.Stdout, errs: os.Stderr, getenv: os.Getenv, texts: text.For(text.Language(os.Getenv))}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// interruptible reads until ctx ends, though the input says nothing and does not
// end. What still waits for it then ends with the process.
type interruptible struct {
	ctx context.Context
	in  io.Reader
}

// Read implements io.Reader.
func (r interruptible) Read(p []byte) (int, error) {
	type answer struct {
		n   int
		err error
	}
	aside, read := make([]byte, len(p)), make(chan answer, 1)
	go func() {
		n, err := r.in.Read(aside)
		read <- answer{n, err}
	}()
	select {
	case a := <-read:
		return copy(p, aside[:a.n]), a.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // or the answer is no
	exitMisuse = 2
)

// program is one run of earshotctl.
type program struct {
	in     io.Reader
	out    io.Writer
	errs   io.Writer
	getenv func(string) string
	texts  *text.Catalog
}

// errNo ends a command whose answer is no: it was printed, and the exit code
// says it again.
var errNo = errors.New("the answer is no")

// run runs one command line and returns its exit code.
func (p program) run(ctx context.Context, args []string) int {
	g, err := p.grammarFor(args)
	var command *kong.Context
	if err == nil {
		command, err = g.parse(args)
	}
	switch {
	case g != nil && g.answered:
		return exitDone
	case err == nil:
		err = p.execute(ctx, g.common, command)
	}
	if err != nil && !errors.Is(err, errNo) {
		p.tell(err)
	}
	return exitCode(err)
}

func (p program) execute(ctx context.Context, flags *common, command *kong.Context) (err error) {
	command.BindTo(ctx, (*context.Context)(nil))
	if os.Getenv("GOMAXPROCS") == "" && !serial(command.Selected()) {
		runtime.SetDefaultGOMAXPROCS()
	}
	if lone(command.Selected()) {
		return command.Run(&session{program: p, common: flags, json: flags.JSON})
	}
	folders := config.Standard()
	file, err := folders.Library(flags.Library, p.getenv)
	if err != nil {
		return err
	}
	if !command.Selected().Tag.Has("creates") {
		if err := library.Find(file); err != nil {
			return err
		}
	}
	lib, err := library.Open(ctx, file, folders)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lib.Close()) }()
	return command.Run(&session{program: p, Library: lib, common: flags, json: flags.JSON})
}

// lone reports whether a command runs without a library.
func lone(command *kong.Node) bool {
	sometimes, ok := command.Target.Addr().Interface().(interface{ lone() bool })
	return command.Tag.Has("lone") || ok && sometimes.lone()
}

// serial reports whether a command does one thing after the other, however long,
// and so stays on the one processor that main begins with: others would do no
// work for it, but each keeps memory of its own for what is allocated.
func serial(command *kong.Node) bool {
	sometimes, ok := command.Target.Addr().Interface().(interface{ serial() bool })
	return ok && sometimes.serial()
}

// A grammar reads command lines. To build one takes longer than to read some
// with it.
type grammar struct {
	program
	common   *common // flags that were read last
	parser   *kong.Kong
	answered bool // help or the version was asked for, and printed
}

// grammar is that of all commands.
func (p program) grammar() (*grammar, error) {
	all := &cli{}
	return p.grammarOf(all, &all.common)
}

// grammarFor is a grammar that can read args. Where they name a command it is that
// command's alone: scripts start this program for each of thousands of recordings,
// and all commands together take 3 MB that an export would have no use for.
func (p program) grammarFor(args []string) (*grammar, error) {
	name := commandOf(args)
	for _, field := range reflect.VisibleFields(reflect.TypeFor[cli]()) {
		if _, command := field.Tag.Lookup("cmd"); !command || strings.ToLower(field.Name) != name {
			continue
		}
		one := reflect.New(reflect.StructOf([]reflect.StructField{
			{Name: "Common", Type: reflect.TypeFor[common](), Tag: `embed:""`},
			{Name: field.Name, Type: field.Type, Tag: field.Tag},
		}))
		return p.grammarOf(one.Interface(), one.Elem().Field(0).Addr().Interface().(*common))
	}
	return p.grammar()
}

// commandOf is the first of args that may be a command: flags of all commands may
// stand before it.
func commandOf(args []string) string {
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "--library":
			i++
		case !strings.HasPrefix(args[i], "-"):
			return args[i]
		}
	}
	return ""
}

func (p program) grammarOf(commands any, flags *common) (*grammar, error) {
	g := &grammar{program: p, common: flags}
	var err error
	g.parser, err = kong.New(commands, kong.Name("earshotctl"), kong.Description(p.texts.Say("ctl.about", nil)),
		kong.Vars{"version": "earshotctl " + assets.Version}, kong.Writers(p.out, p.out),
		kong.Exit(func(int) { g.answered = true }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Help(p.help))
	if err != nil {
		return nil, fmt.Errorf("build the command line: %w", err)
	}
	g.parser.Model.HelpFlag.Help = "show_help"
	return g, nil
}

// parse reads a command line, or prints what it asks for.
func (g *grammar) parse(args []string) (*kong.Context, error) {
	g.answered = false
	command, err := g.parser.Parse(args)
	if g.answered {
		return nil, nil
	}
	return command, g.misuse(err)
}

// exitCode tells misuse, which another command line mends, from failure.
func exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	switch review.CodeOf(err) {
	case usage, badDay, badLine, library.NotSince, library.NotJira, review.BadArgument, review.NoFixDay, sampling.BadSeed, sampling.EmptyPeriod:
		return exitMisuse
	}
	return exitFailed
}

// tell prints an error as one JSON object on standard error.
func (p program) tell(err error) { printJSON(p.errs, p.problem(err)) }

// failed is an error as scripts read it.
type failed struct {
	Error   review.Code `json:"error"`
	Message string      `json:"message"`
	Hint    string      `json:"hint"`
	Detail  string      `json:"detail,omitempty"` // technical, of what nobody foresaw
}

func (p program) problem(err error) failed {
	message, hint := p.texts.Error(err)
	out := failed{Error: review.CodeOf(err), Message: message, Hint: hint}
	if out.Error == review.Internal {
		out.Detail = err.Error()
	}
	return out
}
