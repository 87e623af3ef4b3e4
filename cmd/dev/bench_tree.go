package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

const (
	treeFiles   = 1_000_000 // of some years of a contact centre
	fewerFiles  = 100_000   // where the disk has no room for them
	headerFiles = 10_000
	quickEnough = 100_000 // files a second of a first look
)

// benchTree measures a tree of a million recordings: the first look, which reads
// every header and stores every call, and the next, which finds nothing new, next
// to a walk by find. Then it measures headers alone, next to soxi started for each
// file, as scripts do, and for as many at once as fit on its command line. cat of as
// many shows what the system takes to open, read and close them: no program that
// looks into each can be much quicker.
func benchTree(ctx context.Context, b *bench) error {
	tree, n := b.file("tree"), treeFiles
	fmt.Fprintf(b.out, "Making %d recordings (minutes)\n", n)
	if err := growTree(ctx, tree, n); err != nil {
		n = fewerFiles
		fmt.Fprintf(b.out, "%v: measuring %d instead\n", err, n)
		if err := errors.Join(os.RemoveAll(tree), growTree(ctx, tree, n)); err != nil {
			return err
		}
	}
	library := b.file("tree.earshot")
	first, err := b.own("--library", library, "import", tree).run(ctx)
	if err != nil {
		return err
	}
	verdict := ""
	if float64(n)/first.wall.Seconds() < quickEnough {
		verdict = "  MISSED"
	}
	fmt.Fprintf(b.out, "%-27s %v   %s   mark %d%s\n", fmt.Sprintf("first look at %d", n), first, rate(n, first), quickEnough, verdict)
	if runtime.GOOS == "windows" {
		return nil // its find finds words
	}
	err = b.compare(ctx, fmt.Sprintf("next look at %d", n), 1, byCPU, b.own("--library", library, "rescan"),
		contender{name: "find", args: []string{"find", tree, "-type", "f", "-fprintf", os.DevNull, "%s %T@ %p\n"}})
	if err != nil {
		return err
	}
	return b.headers(ctx)
}

func rate(n int, c cost) string {
	return fmt.Sprintf("%.0f files a second, %.0f of computing", float64(n)/c.wall.Seconds(), float64(n)/c.cpu.Seconds())
}

// headers compares reading what headers say of recordings.
func (b *bench) headers(ctx context.Context) error {
	folder := b.file("headers")
	if err := growTree(ctx, folder, headerFiles); err != nil {
		return err
	}
	what := fmt.Sprintf("headers of %d", headerFiles)
	own := b.own("bench", "headers", folder)
	find := func(name, end string) contender {
		return contender{name: name, args: []string{"find", folder, "-type", "f", "-exec", name, "{}", end}}
	}
	if err := b.compare(ctx, what, 20, byCPU, own, find("soxi", ";")); err != nil {
		return err
	}
	if err := b.compare(ctx, what+", at once", 1, byCPU, own, find("soxi", "+")); err != nil {
		return err
	}
	return b.compare(ctx, what+", at once", 0.7, byCPU, own, find("cat", "+"))
}

// growTree writes n short recordings, no two alike, a hundred to a folder as
// dates and queues part them.
func growTree(ctx context.Context, root string, n int) error {
	begun := time.Now()
	for i := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		folder := filepath.Join(root, fmt.Sprintf("2026/%02d/%02d/queue%02d", 1+i/100%12, 1+i/1200%28, i/33_600))
		if i%100 == 0 {
			if err := os.MkdirAll(folder, 0o700); err != nil {
				return err
			}
		}
		sound := silence(10)
		binary.LittleEndian.PutUint64(sound[len(sound)-8:], uint64(i))
		file := filepath.Join(folder, fmt.Sprintf("call-%07d.wav", i))
		if err := os.WriteFile(file, sound, 0o600); err != nil {
			return fmt.Errorf("after %d recordings and %v: %w", i, time.Since(begun).Round(time.Second), err)
		}
	}
	return nil
}
