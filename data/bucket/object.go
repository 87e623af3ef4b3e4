package bucket

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/earshot-app/earshot/review"
)

// Objects are read and kept by blocks: few requests when one is played, a
// bounded memory however long it is.
const (
	blockSize  = 256 << 10
	keptBlocks = 16
	// headSize is read of an object of which nothing more is asked: an import
	// wants the headers of a million.
	headSize = 16 << 10
)

// An Object is one file in a bucket, read by ranges. It is safe for concurrent
// use.
type Object struct {
	buckets *Buckets
	client  *minio.Core
	address address
	size    int64
	version minio.ObjectInfo // a recording that is replaced meanwhile is refused

	ctx  context.Context // ends with Close
	stop context.CancelFunc

	mu     sync.Mutex
	head   []byte
	blocks []block // the one that was read last at the end
}

type block struct {
	at   int64
	data []byte
}

// Open opens the object at an address. ctx ends only the opening; reading ends
// with Close.
func (b *Buckets) Open(ctx context.Context, text string) (*Object, error) {
	a, err := parse(text)
	if err != nil {
		return nil, err
	}
	found, err := b.stat(ctx, a)
	if err != nil {
		return nil, err
	}
	client, err := b.client(a.profile)
	if err != nil {
		return nil, err
	}
	o := &Object{buckets: b, client: client, address: a, size: found.Size, version: found}
	o.ctx, o.stop = context.WithCancel(context.WithoutCancel(ctx))
	return o, nil
}

// Size is the number of bytes.
func (o *Object) Size() int64 { return o.size }

// Version is the object's ETag, "" where the server gives none: one that was
// copied or moved within the server keeps it.
func (o *Object) Version() string { return o.version.ETag }

// Close ends reading.
func (o *Object) Close() error {
	o.stop()
	return nil
}

// ReadAt implements io.ReaderAt.
func (o *Object) ReadAt(dst []byte, at int64) (int, error) {
	if at < 0 {
		return 0, fmt.Errorf("read before the beginning of an object")
	}
	if at+int64(len(dst)) <= min(headSize, o.size) {
		head, err := o.begin()
		if err != nil {
			return 0, err
		}
		return copy(dst, head[at:]), nil
	}
	n := 0
	for n < len(dst) {
		if at >= o.size {
			return n, io.EOF
		}
		data, err := o.block(at - at%blockSize)
		if err != nil {
			return n, err
		}
		copied := copy(dst[n:], data[at%blockSize:])
		n, at = n+copied, at+int64(copied)
	}
	return n, nil
}

// begin answers the object's head.
func (o *Object) begin() ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var err error
	if o.head == nil {
		o.head, err = o.fetch(0, min(headSize, o.size))
	}
	return o.head, err
}

// block answers the block that begins at a place, from those kept or from the
// server. While one is fetched, other readers wait: they mostly want the same.
func (o *Object) block(at int64) ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i, kept := range o.blocks {
		if kept.at == at {
			o.blocks = append(append(o.blocks[:i:i], o.blocks[i+1:]...), kept)
			return kept.data, nil
		}
	}
	data, err := o.fetch(at, min(at+blockSize, o.size))
	if err != nil {
		return nil, err
	}
	if len(o.blocks) == keptBlocks {
		o.blocks = append(o.blocks[:0:0], o.blocks[1:]...)
	}
	o.blocks = append(o.blocks, block{at, data})
	return data, nil
}

func (o *Object) fetch(from, to int64) ([]byte, error) {
	var options minio.GetObjectOptions
	if err := options.SetRange(from, to-1); err != nil {
		return nil, fmt.Errorf("ask for a range: %w", err)
	}
	if err := o.same(&options); err != nil {
		return nil, fmt.Errorf("ask for the same object: %w", err)
	}
	body, _, _, err := o.client.GetObject(o.ctx, o.address.bucket, o.address.key, options)
	if err != nil {
		return nil, o.buckets.fail(o.ctx, o.address, mayRead, err)
	}
	defer body.Close()
	data := make([]byte, to-from)
	if _, err := io.ReadFull(body, data); err != nil {
		return nil, review.Fail(Unreachable, review.Args{"bucket": o.address.bucket}).Because(err)
	}
	return data, nil
}

// same asks for the version that was opened: by its ETag, which some servers do
// not give, else by its time, which is told in whole seconds.
func (o *Object) same(options *minio.GetObjectOptions) error {
	if o.version.ETag != "" {
		return options.SetMatchETag(o.version.ETag)
	}
	return options.SetUnmodified(o.version.LastModified.Add(time.Second))
}
