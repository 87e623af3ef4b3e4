package hub

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/earshot-app/earshot/review"
)

// The ways in which a hub's folder cannot be used.
const (
	HubRuns       review.Code = "hub-runs"       // args: folder
	HubUnwritable review.Code = "hub-unwritable" // args: folder
	HubDamaged    review.Code = "hub-damaged"    // args: file
)

// A folder is where a hub keeps what must outlive it. Only its owner may read
// it.
type folder struct {
	path string
	lock *os.File
}

// openFolder makes the folder if need be and locks it, until the process ends
// or close. It answers [HubRuns] and [HubUnwritable].
func openFolder(path string) (*folder, error) {
	f := &folder{path: path}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, f.unwritable(err)
	}
	lock, err := os.OpenFile(f.file("lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, f.unwritable(err)
	}
	held, err := tryLock(lock)
	if err != nil || !held {
		lock.Close()
	}
	if err != nil {
		return nil, f.unwritable(err)
	}
	if !held {
		return nil, review.Fail(HubRuns, review.Args{"folder": path})
	}
	f.lock = lock
	return f, nil
}

func (f *folder) close() error { return f.lock.Close() }

func (f *folder) file(name string) string { return filepath.Join(f.path, name) }

func (f *folder) unwritable(err error) error {
	return review.Fail(HubUnwritable, review.Args{"folder": f.path}).Because(err)
}

// read answers fs.ErrNotExist when there is no such file yet.
func (f *folder) read(name string, value any) error {
	raw, err := os.ReadFile(f.file(name))
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	if err := json.Unmarshal(raw, value); err != nil {
		return review.Fail(HubDamaged, review.Args{"file": f.file(name)}).Because(err)
	}
	return nil
}

func (f *folder) keep(name string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	return f.write(name, raw)
}

// write puts a file in its place when it is on the disk as a whole, so that a
// power cut leaves the old or the new one.
func (f *folder) write(name string, content []byte) error {
	aside, err := os.CreateTemp(f.path, ".new-*") // 0600
	if err != nil {
		return f.unwritable(err)
	}
	defer os.Remove(aside.Name()) // unless it was renamed
	_, err = aside.Write(content)
	err = errors.Join(err, aside.Sync(), aside.Close())
	if err == nil {
		err = os.Rename(aside.Name(), f.file(name))
	}
	if err == nil {
		err = f.sync()
	}
	if err != nil {
		return f.unwritable(err)
	}
	return nil
}

// sync makes a new name last. Windows has no such call and needs none.
func (f *folder) sync() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(f.path)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}
