package library

import (
	"context"
	"errors"
	"time"

	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review/desk"
)

// Restored is what became of restoring a backup.
type Restored struct {
	Replaced string // where the library lies that was there, "" for none
	Forgot   desk.Retained
}

// Restore puts a backup into the place of a library, which nobody may have open.
// What that library keeps no longer is forgotten in the backup before: by its
// rule or, for what it never settled or where it cannot be opened, by the backup's
// own. So a backup brings back nothing that is too old, and the library that is put
// aside need not go for it.
// It answers the codes of [sqlite.Restore].
func Restore(ctx context.Context, file, backup string, folders config.Folders) (out Restored, err error) {
	rule := ruleOf(ctx, file, folders)
	settle := func(copied string) (err error) {
		l, err := Open(ctx, copied, folders)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, l.Close()) }()
		for part, days := range rule.Days {
			if err == nil {
				err = l.SetRetention(ctx, part, days)
			}
		}
		if err == nil {
			out.Forgot, err = l.Retain(ctx, nil)
		}
		return err
	}
	out.Replaced, err = sqlite.Restore(ctx, file, backup, time.Now(), settle)
	return out, err
}

// ruleOf is how long the present library keeps what. Opening it finishes what
// forgetting began in it, which deletes backups.
func ruleOf(ctx context.Context, file string, folders config.Folders) desk.Retention {
	if Find(file) != nil {
		return desk.Retention{}
	}
	l, err := Open(ctx, file, folders)
	if err != nil {
		return desk.Retention{} // it is put aside as it is
	}
	rule, err := l.Retention(ctx)
	if errors.Join(err, l.Close()) != nil {
		return desk.Retention{}
	}
	return rule
}

// Most is of how many calls something was forgotten.
func (r Restored) Most() int {
	most := 0
	for _, n := range r.Forgot.Forgot {
		most = max(most, n)
	}
	return most
}
