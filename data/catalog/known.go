package catalog

import (
	"cmp"
	"context"
	"io/fs"
	"path"

	"github.com/earshot-app/earshot/review/desk"
)

// askAtOnce is how many files are asked about at once.
const askAtOnce = 1000

// list walks through the files and hands those on, in their order, of which
// there may be something new to tell. It asks about as many of a folder at once
// as it can, since a question for each of a million files takes longer than to
// walk through them, and walks on meanwhile.
func (c *Catalog) list(asked context.Context, s *scan, hand func(*file) error) error {
	ctx, stop := context.WithCancel(asked)
	defer stop()
	groups, walked := make(chan []*file, 4), make(chan error, 1)
	go func() {
		defer close(groups)
		walked <- c.walk(ctx, s, groups)
	}()
	var err error
	for group := range groups {
		if err == nil {
			if err = s.ask(ctx, group, hand); err != nil {
				stop()
			}
		}
	}
	return cmp.Or(err, <-walked)
}

// walk sends the files of the scan, as many of a folder at once as are asked
// about.
func (c *Catalog) walk(ctx context.Context, s *scan, groups chan<- []*file) error {
	var folder string
	var group []*file
	send := func() error {
		select {
		case groups <- group:
			group = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := c.files(ctx, s.paths, func(root, name string, info fs.FileInfo, err error) error {
		in := root + "\x00" + path.Dir(name)
		if len(group) == askAtOnce || in != folder && len(group) > 0 {
			if err := send(); err != nil {
				return err
			}
		}
		folder, group = in, append(group, &file{root: root, name: name, info: info, err: err})
		return nil
	})
	if err != nil || len(group) == 0 {
		return err
	}
	return send()
}

// ask finds out what the library holds of some files of one folder and hands
// them on: all but those of which there is nothing new to tell.
func (s *scan) ask(ctx context.Context, group []*file, hand func(*file) error) error {
	if s.known != nil {
		var files []desk.File
		for _, f := range group {
			if f.err == nil {
				files = append(files, desk.File{Name: f.name, Size: f.info.Size(), Modified: f.info.ModTime()})
			}
		}
		known, err := s.known(ctx, group[0].root, files)
		if err != nil {
			return err
		}
		for _, f := range group {
			if f.err == nil {
				f.known, known = known[0], known[1:]
			}
		}
	}
	for _, f := range group {
		f.news = s.profile.news(f)
		if f.known.Same && s.pass && !f.news {
			continue
		}
		if err := hand(f); err != nil {
			return err
		}
	}
	return nil
}
