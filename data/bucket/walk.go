package bucket

import (
	"context"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/earshot-app/earshot/review"
)

// A Yield is told of one object: the address that is walked, the name below it,
// and what the listing says of it. err is always nil: an object that is listed
// is a file. An error that it returns ends the walk.
type Yield = func(root, name string, info fs.FileInfo, err error) error

// Walk yields every object under the addresses, in the order of the listing,
// which is that of the keys' bytes. It holds one page of the listing, at most a
// thousand names. As in a folder, what has a name that begins with a dot is
// left out.
//
// It returns yield's error, ctx's error, or one of error.go.
func (b *Buckets) Walk(ctx context.Context, addresses []string, yield Yield) error {
	for _, text := range addresses {
		a, err := parse(text)
		if err == nil {
			err = b.walk(ctx, a, yield)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Buckets) walk(asked context.Context, a address, yield Yield) error {
	client, err := b.client(a.profile)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(asked)
	defer stop()
	below := strings.TrimSuffix(a.key, "/")
	if below != "" {
		below += "/"
	}
	found := false
	list := client.ListObjectsIter(ctx, a.bucket, minio.ListObjectsOptions{Prefix: below, Recursive: true})
	for object := range list {
		if object.Err != nil {
			return b.fail(asked, a, mayList, object.Err)
		}
		found = true
		name := strings.TrimPrefix(object.Key, below)
		if name == "" || strings.HasSuffix(name, "/") || hidden(name) {
			continue
		}
		if err := yield(a.root(a.key), name, info{object}, nil); err != nil {
			return err
		}
	}
	if found || asked.Err() != nil {
		return asked.Err()
	}
	return b.single(asked, a, yield)
}

// single yields the one object that the address itself names.
func (b *Buckets) single(ctx context.Context, a address, yield Yield) error {
	object, err := b.stat(ctx, a)
	if review.CodeOf(err) == NoObject {
		return review.Fail(NothingThere, review.Args{"address": a.root(a.key)})
	}
	if err != nil {
		return err
	}
	folder, name := path.Split(a.key)
	return yield(a.root(folder), name, info{object}, nil)
}

// stat asks what is known of one object. An address without a key is none.
func (b *Buckets) stat(ctx context.Context, a address) (minio.ObjectInfo, error) {
	if a.key == "" {
		return minio.ObjectInfo{}, review.Fail(NoObject, nil)
	}
	client, err := b.client(a.profile)
	if err != nil {
		return minio.ObjectInfo{}, err
	}
	object, err := client.StatObject(ctx, a.bucket, a.key, minio.StatObjectOptions{})
	if err != nil {
		return object, b.fail(ctx, a, mayRead, err)
	}
	return object, nil
}

func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

// info is what a listing says of an object, as of a file.
type info struct{ object minio.ObjectInfo }

func (i info) Name() string       { return path.Base(i.object.Key) }
func (i info) Size() int64        { return i.object.Size }
func (i info) Mode() fs.FileMode  { return 0o400 }
func (i info) ModTime() time.Time { return i.object.LastModified }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
