// Package place finds and opens files wherever a source lies: in folders of this
// machine or in buckets. See data/folder and data/bucket.
package place

import (
	"context"
	"io"
	"io/fs"
	"os"
	"sync"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/bucket"
	"github.com/earshot-app/earshot/data/folder"
	"github.com/earshot-app/earshot/review/desk"
)

// buckets are those that this person may read; their connections live as long
// as the program.
var buckets = sync.OnceValue(func() *bucket.Buckets { return bucket.New(os.Getenv) })

// parted are paths of this machine, and addresses of buckets.
func parted(paths []string) (here, elsewhere []string) {
	for _, path := range paths {
		if bucket.IsAddress(path) {
			elsewhere = append(elsewhere, path)
		} else {
			here = append(here, path)
		}
	}
	return here, elsewhere
}

// Walk yields every file beneath paths, as folder.Walk and bucket.Buckets.Walk
// do, those of this machine first.
func Walk(ctx context.Context, paths []string, yield func(root, name string, info fs.FileInfo, err error) error) error {
	here, elsewhere := parted(paths)
	if err := folder.Walk(ctx, here, yield); err != nil || len(elsewhere) == 0 {
		return err
	}
	return buckets().Walk(ctx, elsewhere, yield)
}

// Count counts the files beneath paths that are quickly counted: a bucket's are
// not, as they are only known by listing them all.
func Count(ctx context.Context, paths []string) (int64, error) {
	here, elsewhere := parted(paths)
	if len(elsewhere) > 0 {
		return 0, nil // unknown
	}
	return folder.Count(ctx, here)
}

// Glance answers a digest of the files beneath a path, as folder.Glance does. A
// bucket's takes as long as to list it all.
func Glance(ctx context.Context, path string, tell func(files int64)) (d desk.Digest, whole bool, err error) {
	if bucket.IsAddress(path) {
		return d, false, nil
	}
	return folder.Glance(ctx, path, tell)
}

// Open opens what lies in a bucket. It answers the codes of data/bucket.
func Open(ctx context.Context, address string) (audio.Content, error) {
	return buckets().Open(ctx, address)
}

// Read is [Open] for reading from the beginning.
func Read(ctx context.Context, address string) (io.ReadCloser, error) {
	content, err := Open(ctx, address)
	if err != nil {
		return nil, err
	}
	return audio.Read(content), nil
}
