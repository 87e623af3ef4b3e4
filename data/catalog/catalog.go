// Package catalog makes calls out of files: it finds the recordings beneath
// folders, reads their headers, and joins what a metadata table says of them.
//
// # Recordings
//
// A [Catalog] is a desk.Source over a [Files], which says what files there are.
// A file is a recording when its content says so, whatever its name. One whose
// name ends like a recording's, or that a person named, but that cannot be
// opened is a problem; every other file is none of our business. Headers are
// read by a few workers at once, ahead of what is yielded; the order is that
// of the files all the same.
//
// Telephone systems often record the two people of a call each to a file of one
// channel. Such a file is a leg, told by how its name ends, see [sides], and the
// other file with the name is its partner.
//
// # Profiles
//
// What names and sidecars say is read by the [Profile] of the vendor that wrote
// them. The request names one; [Catalog.Recognise] finds out by the names of the
// first files. What a table says goes over what a name or a sidecar does.
//
// # Metadata
//
// The table is text in any usual encoding: cells parted by comma, semicolon, tab
// or bar, with a header row or without, see [guide.study], or records in JSON, see
// [recordReader]. Columns are matched by name, see [headers], else by what their cells look like, unless a
// person or a profile says what they mean. A file, a call id, or a number and a
// start is needed. A row belongs to the recording with its path, else to the only one
// with its file name, else to those whose file name is the call id, else to the
// only one with its number at about its time; to both legs if it names the call
// and neither of them. Rows with one contact are recordings of one call. A line
// that cannot be used is a problem that says which column is wrong, and never
// what stands in it.
package catalog

import (
	"context"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Files yields every file beneath paths, once, in the order of their names, as
// data/folder does: the root that is walked, the name below it with forward
// slashes, and either what the file system knows of it or a *review.Error that
// says why it is left out. The name of a folder that is left out ends in a
// slash. Files returns yield's error, ctx's, or one about paths.
type Files func(ctx context.Context, paths []string, yield func(root, name string, info fs.FileInfo, err error) error) error

// A Catalog finds recordings and what is known about them. It is safe for
// concurrent use.
type Catalog struct {
	files Files
	open  Open
	probe func(ctx context.Context, path string) (audio.Info, int64, error)
	zone  *time.Location
}

var _ desk.Source = (*Catalog)(nil)

// Open opens a file that lies at an address, see [review.Elsewhere].
type Open func(ctx context.Context, address string) (audio.Content, error)

// New returns a catalogue of files. Starts that a metadata table gives without
// an offset are read in zone, the one of the person who imports.
func New(files Files, zone *time.Location) *Catalog {
	c := &Catalog{files: files, zone: zone}
	c.probe = c.probeFile
	return c
}

// Elsewhere returns c, which opens by open what lies at an address.
func (c *Catalog) Elsewhere(open Open) *Catalog {
	c.open = open
	return c
}

// Walk does what desk.Source asks. The problems of the metadata come last, in
// the order of its lines, as Found with the table's folder and name. The errors
// about the metadata are [Unreadable], [NotText] and [NoColumns].
func (c *Catalog) Walk(ctx context.Context, req desk.ImportRequest, yield func(desk.Found) error) error {
	scan, err := newScan(req)
	if err != nil {
		return err
	}
	if scan.profile, err = c.reading(ctx, req); err != nil {
		return err
	}
	if req.Metadata != "" {
		if scan.table, err = c.metadata(ctx, scan, req); err != nil {
			return err
		}
		defer scan.table.close() // scratch files, of which nobody asks any more
		err := c.files(ctx, req.Paths, func(root, name string, _ fs.FileInfo, err error) error {
			keys, beside := scan.profile.keysOf(root, name)
			if err != nil || beside {
				return nil
			}
			return scan.table.see(root, name, keys...)
		})
		if err != nil {
			return err
		}
	}
	if err := c.recordings(ctx, scan, yield); err != nil {
		return err
	}
	if err := scan.profile.rest(ctx, yield); err != nil || scan.table == nil {
		return err
	}
	return scan.rest(ctx, yield)
}

// A scan is one walk's request, and the table that goes with it.
type scan struct {
	paths    []string
	named    map[string]bool // the paths, absolute
	metadata string          // absolute, or ""
	table    *table          // or nil
	known    desk.LookUp     // or nil
	pass     bool            // over what is known, as there is nothing new to tell
	unread   func()          // or nil
	profile  *reading        // or nil
}

func newScan(req desk.ImportRequest) (*scan, error) {
	s := &scan{paths: req.Paths, named: map[string]bool{}, known: req.Known, unread: req.Unread, pass: req.Pass && req.Metadata == ""}
	for _, path := range req.Paths {
		full, err := review.Absolute(path)
		if err != nil {
			return nil, err
		}
		s.named[full] = true
	}
	if req.Metadata == "" {
		return s, nil
	}
	full, err := review.Absolute(req.Metadata)
	s.metadata = full
	return s, err
}

// sounds are the extensions of recordings, those that Earshot cannot open
// included: someone who imports a folder of them must be told.
var sounds = func() map[string]bool {
	all := map[string]bool{}
	for _, extension := range strings.Fields(`
		aac ac3 aif aifc aiff al alaw alw amr ape au awb caf dss ds2 flac g722 g723 g729 gsm ilbc m4a m4b mka
		mp2 mp3 mulaw oga ogg opus pcm ra raw sln snd spx ul ulaw ulw voc vox w64 wav wav49 wave weba wma wv`) {
		all["."+extension] = true
	}
	return all
}()

// claimsSound reports whether a file's name says that it is a recording.
func claimsSound(name string) bool { return sounds[strings.ToLower(path.Ext(name))] }
