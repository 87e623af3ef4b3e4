package prove

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// run runs a program of the system.
func run(ctx context.Context, name string, args ...string) error {
	if out, err := exec.CommandContext(ctx, name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %.200s", name, args[0], err, bytes.TrimSpace(out))
	}
	return nil
}

// mount mounts a disk on a folder for as long as do runs.
func mount(ctx context.Context, folder string, do func() error, args ...string) (err error) {
	if err := run(ctx, "mount", append(args, folder)...); err != nil {
		return errNotTried{err}
	}
	defer func() { err = errors.Join(err, run(context.WithoutCancel(ctx), "umount", folder)) }()
	return do()
}

// cutPower copies the disk on which a batch works, as it is at a random moment:
// what the system had not written is not on it. The copy is a disk after a power
// cut; what was answered before must be there.
func cutPower(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	dir, err := p.folder()
	if err != nil {
		return t, err
	}
	image, disk := filepath.Join(dir, "image"), filepath.Join(dir, "disk")
	if err := errors.Join(os.Mkdir(disk, 0o700), os.WriteFile(image, nil, 0o600), os.Truncate(image, 24<<20)); err != nil {
		return t, err
	}
	if err := run(ctx, "mkfs.ext4", "-q", "-J", "size=4", image); err != nil {
		return t, errNotTried{err}
	}
	const calls = 3
	who, err := p.with(ctx, calls)
	if err != nil {
		return t, err
	}
	there := who.at(filepath.Join(disk, "library.earshot"))
	err = mount(ctx, disk, func() error {
		if err := copyFile(there.library, who.library); err != nil {
			return err
		}
		answered := map[string]bool{}
		for ; t.rounds < rounds; t.rounds++ {
			if err := there.cut(ctx, &t, image, calls, answered); err != nil {
				return err
			}
		}
		return nil
	}, "-o", "loop", image)
	return t, err
}

// cut goes through one power cut.
func (p *person) cut(ctx context.Context, t *tally, image string, calls int, answered map[string]bool) error {
	b, err := p.batch(ctx, tag(calls))
	if err != nil {
		return err
	}
	defer b.end()
	for range 1 + p.random.IntN(30) {
		var a acted
		if ok, err := b.answer(&a); err != nil || !ok || a.Moment == "" {
			return fmt.Errorf("tag on the disk: %+v, %w", a, errors.Join(err, errNoAnswer))
		}
		answered[a.Moment] = true
	}
	// Nothing may be written while the copy is made: it is of one moment.
	if err := b.process.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	after := image + ".after"
	if err := stillCopy(after, image); err != nil {
		return err
	}
	disk := filepath.Join(p.home, "after")
	if err := os.MkdirAll(disk, 0o700); err != nil {
		return err
	}
	return mount(ctx, disk, func() error {
		return p.at(filepath.Join(disk, filepath.Base(p.library))).compare(ctx, t, calls, answered)
	}, "-o", "loop", after)
}

// stillCopy copies a file until it was the same before and after.
func stillCopy(to, from string) error {
	before, err := os.ReadFile(from)
	for range 20 {
		if err != nil {
			return err
		}
		now, err := os.ReadFile(from)
		if err == nil && bytes.Equal(before, now) {
			return os.WriteFile(to, now, 0o600)
		}
		before = now
	}
	return errors.Join(err, errors.New("the disk does not come to rest"))
}

// fillDisk lets a disk run full at one write after another: each round it has a
// little more room. What was answered before must be there when there is room
// again, and whoever was refused was told why.
func fillDisk(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls = 3
	who, err := p.with(ctx, calls)
	if err != nil {
		return t, err
	}
	info, err := os.Stat(who.library)
	if err != nil {
		return t, err
	}
	disk := filepath.Join(who.home, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		return t, err
	}
	there := who.at(filepath.Join(disk, "library.earshot"))
	for ; t.rounds < rounds; t.rounds++ {
		// The index of the log takes 32 kB, and a folder and SQLite's own files a page each.
		room := info.Size() + 4096*int64(2+t.rounds%60)
		err := mount(ctx, disk, func() error {
			if err := copyFile(there.library, who.library); err != nil {
				return err
			}
			return there.fill(ctx, &t, calls, disk)
		}, "-t", "tmpfs", "-o", fmt.Sprintf("size=%d", room), "earshot-prove")
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

// fill tags until the disk is full, and then gives it room.
func (p *person) fill(ctx context.Context, t *tally, calls int, disk string) error {
	answered := map[string]bool{}
	refused, err := p.tagUntilRefused(ctx, answered, calls)
	if err != nil {
		return err
	}
	if refused != "library-full" {
		t.lose("a full disk is told as %s", refused)
	}
	if err := run(ctx, "mount", "-o", "remount,size=64M", disk); err != nil {
		return err
	}
	return p.compare(ctx, t, calls, answered)
}

// tagUntilRefused tags until a batch answers an error, and answers its code.
func (p *person) tagUntilRefused(ctx context.Context, answered map[string]bool, calls int) (code string, err error) {
	cmd := p.command(ctx, "batch")
	var lines strings.Builder
	for i := range 400 {
		lines.WriteString(tag(calls)(i) + "\n")
	}
	cmd.Stdin = strings.NewReader(lines.String())
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	for line := range bytes.Lines(out) {
		var a acted
		if err := parse(line, &a); err != nil {
			return "", err
		}
		if a.Moment != "" {
			answered[a.Moment] = true
		} else if code == "" {
			code = a.Error
		}
	}
	if code == "" {
		var f failed
		if parse(errs.Bytes(), &f) == nil {
			code = f.Error
		}
	}
	if errors.As(err, new(*exec.ExitError)) {
		err = nil // it was told so
	}
	return code, err
}

// lockDisk opens a library on a disk that may only be read: it is refused with
// the reason and stays as it is.
func lockDisk(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	who, err := p.with(ctx, 3)
	if err != nil {
		return t, err
	}
	disk := filepath.Join(who.home, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		return t, err
	}
	there := who.at(filepath.Join(disk, "library.earshot"))
	err = mount(ctx, disk, func() error {
		if err := copyFile(there.library, who.library); err != nil {
			return err
		}
		if err := run(ctx, "mount", "-o", "remount,ro", disk); err != nil {
			return err
		}
		for ; t.rounds < rounds; t.rounds++ {
			code, err := there.tagUntilRefused(ctx, map[string]bool{}, 3)
			if err != nil {
				return err
			}
			if code != "library-locked" && code != "library-folder" {
				t.lose("a disk that may only be read is told as %q", code)
			}
		}
		before, err1 := os.ReadFile(who.library)
		after, err2 := os.ReadFile(there.library)
		if !bytes.Equal(before, after) {
			t.lose("the library was changed")
		}
		return errors.Join(err1, err2)
	}, "-t", "tmpfs", "-o", "size=16M", "earshot-prove")
	return t, err
}
