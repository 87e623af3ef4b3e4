package prove

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A person works at a terminal on one library.
type person struct {
	*prover
	home, library string
}

// person is somebody with a home and a library of their own.
func (p *prover) person() (*person, error) {
	home, err := p.folder()
	return &person{p, home, filepath.Join(home, "library.earshot")}, err
}

// at is the same person with a library elsewhere.
func (p *person) at(library string) *person { return &person{p.prover, p.home, library} }

func (p *person) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.terminal, append([]string{"--library", p.library}, args...)...)
	cmd.Env = append(os.Environ(), "EARSHOT_LANG=en", "HOME="+p.home, "XDG_DATA_HOME="+p.home, "XDG_CONFIG_HOME="+p.home, "XDG_CACHE_HOME="+p.home)
	return cmd
}

// failed is what a command says that fails.
type failed struct {
	Error, Message, Detail string
}

// get runs a command that answers JSON. A command that fails is a failure that
// names its code.
func (p *person) get(ctx context.Context, into any, args ...string) error {
	cmd := p.command(ctx, append(args, "--json")...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if into != nil && out.Len() > 0 {
		return errors.Join(json.Unmarshal(out.Bytes(), into), told(args, err, errs.Bytes()))
	}
	return told(args, err, errs.Bytes())
}

func told(args []string, err error, errs []byte) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w: %.300s", args[0], err, errs)
}

// whole answers what is wrong with a library, "" for nothing.
func (p *person) whole(ctx context.Context) string {
	if err := p.get(ctx, nil, "check"); err != nil {
		return err.Error()
	}
	return ""
}

// moments are the ids of all moments of calls.
func (p *person) moments(ctx context.Context, calls int) (map[string]bool, error) {
	all := map[string]bool{}
	for i := range calls {
		var shown struct{ Moments []struct{ Moment string } }
		if err := p.get(ctx, &shown, "show", uid(i)); err != nil {
			return nil, err
		}
		for _, m := range shown.Moments {
			all[m.Moment] = true
		}
	}
	return all, nil
}

func uid(i int) string { return fmt.Sprintf("c-%04d", i) }

// recordings writes n recordings of ten seconds of silence and a table about
// them.
func recordings(dir string, n int) (table string, err error) {
	const rate, frames = 8000, 80_000
	var header bytes.Buffer
	header.WriteString("RIFF")
	for _, v := range []any{
		uint32(36 + 2*frames), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16),
		[]byte("data"), uint32(2 * frames),
	} {
		_ = binary.Write(&header, binary.LittleEndian, v) // a buffer takes all
	}
	var rows strings.Builder
	rows.WriteString("Call ID,file,start,skill,wrap_up_code,agent,ani\n")
	for i := range n {
		name := fmt.Sprintf("rec-%04d.wav", i)
		file := filepath.Join(dir, name)
		sound := fmt.Appendf(header.Bytes(), "%08d", i) // a click, so that no two are the same
		if err := errors.Join(os.WriteFile(file, sound, 0o600), os.Truncate(file, int64(header.Len()+2*frames))); err != nil {
			return "", err
		}
		fmt.Fprintf(&rows, "%s,%s,2026-11-%02dT10:00:00+01:00,Billing,Billing – other,Ada Quill,+49170%07d\n", uid(i), name, 2+i%7, i)
	}
	table = filepath.Join(dir, "calls.csv")
	return table, os.WriteFile(table, []byte(rows.String()), 0o600)
}

// with is a person whose library has n calls.
func (p *prover) with(ctx context.Context, n int) (*person, error) {
	who, err := p.person()
	if err != nil {
		return nil, err
	}
	table, err := recordings(who.home, n)
	if err != nil {
		return nil, err
	}
	return who, who.get(ctx, nil, "import", who.home, "--metadata", table)
}

// A batch is a process that obeys commands, one a line.
type batch struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	written chan struct{} // closed when nothing more is written
}

// batch starts a process and writes what next answers, without end, to it.
func (p *person) batch(ctx context.Context, next func(i int) string) (*batch, error) {
	b := &batch{process: p.command(ctx, "batch"), written: make(chan struct{})}
	var err1, err2 error
	b.in, err1 = b.process.StdinPipe()
	out, err2 := b.process.StdoutPipe()
	if err := errors.Join(err1, err2, b.process.Start()); err != nil {
		return nil, err
	}
	b.out = bufio.NewScanner(out)
	b.out.Buffer(nil, 1<<20)
	go func() {
		defer close(b.written)
		for i := 0; ; i++ {
			if _, err := io.WriteString(b.in, next(i)+"\n"); err != nil {
				return // the process is gone
			}
		}
	}()
	return b, nil
}

var errNoAnswer = errors.New("the batch did not answer as it should")

// answer is the next line that the process prints; ok is false at its end.
func (b *batch) answer(into any) (ok bool, err error) {
	if !b.out.Scan() {
		return false, b.out.Err()
	}
	if err := json.Unmarshal(b.out.Bytes(), into); err != nil {
		return false, fmt.Errorf("it answered %.200q: %w", b.out.Bytes(), err)
	}
	return true, nil
}

// end kills the process and waits until it is gone.
func (b *batch) end() {
	_ = b.process.Process.Kill() // it may be gone
	for b.out.Scan() {
		continue // what it had said
	}
	_ = b.process.Wait() // it was killed
	<-b.written
}

// killed starts a command and kills it after a time; it may have ended before.
func killed(cmd *exec.Cmd, after time.Duration) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended before
	_ = cmd.Wait()                                                   // it was killed
	kill.Stop()
	return nil
}

// tag is a line of a batch that tags one of n calls.
func tag(n int) func(i int) string {
	return func(i int) string {
		return fmt.Sprintf(`["tag",%q,"--issue","Issue %d","--at","%d","--words","said in round %d"]`, uid(i%n), i%5, i%9, i)
	}
}

// An acted is an answer of a batch: the moment that was made, or why nothing was.
type acted struct{ Moment, Error string }
