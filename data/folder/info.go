package folder

import (
	"io/fs"
	"time"
)

// info is what a walk tells of a file: an [fs.FileInfo] of which a million need
// not be made.
type info struct {
	name     string
	size     int64
	mode     fs.FileMode // its type
	modified time.Time
}

func infoOf(i fs.FileInfo) info { return info{i.Name(), i.Size(), i.Mode().Type(), i.ModTime()} }

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return i.mode }
func (i info) ModTime() time.Time { return i.modified }
func (i info) IsDir() bool        { return i.mode.IsDir() }
func (i info) Sys() any           { return nil }
