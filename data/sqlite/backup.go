package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Backup is a whole library that lies beside the one it was made from.
type Backup struct {
	File  string
	At    time.Time // when it was made, by this computer's clock
	Bytes int64
	Kind  BackupKind
}

// BackupKind is why a backup was made.
type BackupKind string

// The kinds. Only copies are ever removed again, when later ones take their place.
const (
	Copied   BackupKind = "copy"      // as it was on a day
	Replaced BackupKind = "replaced"  // put aside when a backup was restored
	Migrated BackupKind = "migration" // before the schema became another
)

// How many copies are kept: the last of each of so many days and weeks.
const (
	keptDays  = 7
	keptWeeks = 4
)

// stamp is how the name of a backup tells when it was made, in UTC.
const stamp = "20060102T150405Z"

// BackupFolder is where the backups of a library lie: beside it.
func BackupFolder(library string) string { return strings.TrimSuffix(library, ".earshot") + "-backups" }

// Backups are all whole libraries that were ever kept of this one and are still
// there, newest first, whatever their kind.
func Backups(library string) ([]Backup, error) {
	inFolder, err := listed(BackupFolder(library), regexp.MustCompile(`^(replaced-)?(\d{8}T\d{6}Z)\.earshot$`), Copied)
	if err != nil {
		return nil, err
	}
	name := regexp.QuoteMeta(strings.TrimSuffix(filepath.Base(library), ".earshot"))
	beside, err := listed(filepath.Dir(library), regexp.MustCompile(`^(`+name+`\.v\d+-)(\d{8}T\d{6}Z)$`), Migrated)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(inFolder, beside)
	slices.SortStableFunc(all, func(a, b Backup) int { return b.At.Compare(a.At) })
	return all, nil
}

// listed are the files of a folder whose names match: what they begin with, and
// when they were made. A folder that is not there has none.
func listed(folder string, name *regexp.Regexp, kind BackupKind) ([]Backup, error) {
	files, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list the backups: %w", err)
	}
	var all []Backup
	for _, file := range files {
		match := name.FindStringSubmatch(file.Name())
		if match == nil || !file.Type().IsRegular() {
			continue
		}
		at, err := time.Parse(stamp, match[2])
		info, gone := file.Info()
		if err != nil || gone != nil {
			continue // named like one, or removed just now
		}
		b := Backup{File: filepath.Join(folder, file.Name()), At: at, Bytes: info.Size(), Kind: kind}
		if match[1] == "replaced-" {
			b.Kind = Replaced
		}
		all = append(all, b)
	}
	return all, nil
}

// unfinished is what the name of a copy under way ends in.
const unfinished = ".part"

// Leftovers are the files of copies that were begun and never became whole, as
// after a power cut. They hold what the library held and may be removed unless a
// copy is under way.
func Leftovers(library string) ([]string, error) {
	inFolder, err := filepath.Glob(filepath.Join(escaped(BackupFolder(library)), "*"+unfinished+"*"))
	if err != nil {
		return nil, fmt.Errorf("look for unfinished copies: %w", err)
	}
	beside, err := filepath.Glob(escaped(strings.TrimSuffix(library, ".earshot")) + ".*" + unfinished + "*")
	if err != nil {
		return nil, fmt.Errorf("look for unfinished copies: %w", err)
	}
	return slices.Concat(inFolder, beside), nil
}

// escaped is a path as a pattern that it alone matches.
func escaped(path string) string {
	return regexp.MustCompile(`[*?\[\\]`).ReplaceAllStringFunc(path, func(c string) string {
		if os.PathSeparator == '\\' {
			return c
		}
		return `\` + c
	})
}

// When says at which times a copy is wanted.
type When int

// The times.
const (
	Asked When = iota // now, whatever was copied before
	Daily             // if none was made today and there is news
	Ended             // if there is news
)

// MakeBackup copies the library as it is, which others may write meanwhile, and
// removes the copies that this one makes needless. Days and weeks are those of
// now's zone. made is false where no copy was wanted, or where it would say what
// the newest one says; b is that then. It answers the codes of [Open].
func MakeBackup(ctx context.Context, library string, w When, now time.Time) (b Backup, made bool, err error) {
	all, err := Backups(library)
	if err != nil {
		return b, false, err
	}
	copies := slices.DeleteFunc(all, func(b Backup) bool { return b.Kind != Copied })
	news, err := lastWritten(library)
	if err != nil {
		return b, false, err
	}
	if len(copies) > 0 {
		b = copies[0]
		today := sameDay(b.At.In(now.Location()), now)
		if w != Asked && (w == Daily && today || told(b.File).Equal(news)) {
			return b, false, nil
		}
	}
	file := filepath.Join(BackupFolder(library), now.UTC().Format(stamp)+".earshot")
	if err := os.MkdirAll(BackupFolder(library), 0o700); err != nil {
		return b, false, failure(fmt.Errorf("make the folder of backups: %w", err))
	}
	part, err := copyLibrary(ctx, library, file)
	if err != nil {
		return b, false, err
	}
	if w != Asked && len(copies) > 0 && alike(part, b.File) {
		return b, false, errors.Join(os.Remove(part), os.Chtimes(b.File, time.Time{}, news))
	}
	if err := errors.Join(os.Chtimes(part, time.Time{}, news), rename(part, file)); err != nil {
		return b, false, fmt.Errorf("name a backup: %w", errors.Join(err, os.Remove(part)))
	}
	return finishBackup(library, file, now)
}

// finishBackup answers the backup in file once copies that it replaces are gone.
func finishBackup(library, file string, now time.Time) (Backup, bool, error) {
	all, err := Backups(library)
	if err != nil {
		return Backup{}, true, err
	}
	for _, old := range surplus(all, now.Location()) {
		err = errors.Join(err, os.Remove(old.File))
	}
	i := slices.IndexFunc(all, func(b Backup) bool { return b.File == file })
	if i < 0 {
		return Backup{}, true, errors.Join(err, fmt.Errorf("find a backup: %w", fs.ErrNotExist))
	}
	return all[i], true, err
}

// surplus are the copies, of backups newest first, that are neither the last of
// one of the last days nor of one of the last weeks that have any.
func surplus(all []Backup, zone *time.Location) []Backup {
	days, weeks := map[string]bool{}, map[string]bool{}
	var old []Backup
	for _, b := range all {
		if b.Kind != Copied {
			continue
		}
		at := b.At.In(zone)
		year, number := at.ISOWeek()
		day, week := at.Format(time.DateOnly), fmt.Sprint(year, number)
		keep := false
		if !days[day] && len(days) < keptDays {
			days[day], keep = true, true
		}
		if !weeks[week] && len(weeks) < keptWeeks {
			weeks[week], keep = true, true
		}
		if !keep {
			old = append(old, b)
		}
	}
	return old
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// lastWritten is when a library's file was written last. A log without anything
// in it is there whenever the library is open.
func lastWritten(library string) (time.Time, error) {
	info, err := os.Stat(library)
	if err != nil {
		return time.Time{}, failure(fmt.Errorf("look at the library: %w", err))
	}
	last := info.ModTime()
	if log, err := os.Stat(library + "-wal"); err == nil && log.Size() > 0 && log.ModTime().After(last) {
		last = log.ModTime()
	}
	return last, nil
}

// told is the time that a copy's file was given: when the library had been
// written last. Clocks may be set back, so that only the same time tells
// anything.
func told(file string) time.Time {
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// copyLibrary writes what a library holds to a file of its own beside to, whole
// and synced, and answers its name.
func copyLibrary(ctx context.Context, library, to string) (part string, err error) {
	db, err := connect(library, copySettings, 1)
	if err != nil {
		return "", err
	}
	part, err = vacuumInto(ctx, db, to)
	return part, failure(errors.Join(err, db.Close()))
}

// vacuumInto writes a copy without free pages beside the file to and answers its
// name. SQLite does not sync what VACUUM INTO makes.
func vacuumInto(ctx context.Context, db *sql.DB, to string) (part string, err error) {
	temp, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+unfinished+"*")
	if err != nil {
		return "", fmt.Errorf("make room for a copy of the library: %w", err)
	}
	defer func() {
		err = errors.Join(err, temp.Close())
		if err != nil {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	if _, err = db.ExecContext(ctx, `VACUUM INTO ?`, temp.Name()); err == nil {
		err = temp.Sync()
	}
	return temp.Name(), wrap(err, "copy the library")
}

// alike reports whether two files hold the same.
func alike(a, b string) bool {
	one, err := os.Open(a)
	if err != nil {
		return false
	}
	defer one.Close()
	two, err := os.Open(b)
	if err != nil {
		return false
	}
	defer two.Close()
	x, y := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, err1 := io.ReadFull(one, x)
		m, err2 := io.ReadFull(two, y)
		if n != m || !bytes.Equal(x[:n], y[:m]) {
			return false
		}
		if err1 != nil || err2 != nil {
			return (err1 == io.EOF || err1 == io.ErrUnexpectedEOF) && err1 == err2
		}
	}
}
