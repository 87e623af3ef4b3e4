package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
)

// backupCmd opens no library, so that one that is broken can be restored.
type backupCmd struct {
	List    backupListCmd    `cmd:"" lone:"" help:"backup_list"`
	Make    backupMakeCmd    `cmd:"" lone:"" help:"backup_make"`
	Restore backupRestoreCmd `cmd:"" lone:"" help:"backup_restore"`
}

// libraryFile is the library that a command is about which does not open it.
func (s *session) libraryFile() (string, error) {
	return config.Standard().Library(s.common.Library, s.getenv)
}

type backupRow struct {
	File  string            `json:"file"`
	At    string            `json:"at"`
	Kind  sqlite.BackupKind `json:"kind"`
	Bytes int64             `json:"bytes"`

	at time.Time
}

func toBackupRow(b sqlite.Backup) backupRow {
	return backupRow{File: b.File, At: instant(b.At), Kind: b.Kind, Bytes: b.Bytes, at: b.At}
}

func (r backupRow) print(s *session, w io.Writer) {
	row(w, local(r.at), s.texts.Say("backup."+string(r.Kind), nil), whole((r.Bytes+999)/1000)+" kB", r.File)
}

type backupListCmd struct{}

// Run lists the backups, newest first.
func (backupListCmd) Run(s *session) error {
	file, err := s.libraryFile()
	if err != nil {
		return err
	}
	all, err := sqlite.Backups(file)
	if err != nil {
		return err
	}
	rows := []backupRow{}
	for _, b := range all {
		rows = append(rows, toBackupRow(b))
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "made", "backup_kind", "size", "file")
		for _, r := range rows {
			r.print(s, w)
		}
	})
}

type backupMakeCmd struct{}

// Run copies the library, whoever has it open.
func (backupMakeCmd) Run(ctx context.Context, s *session) error {
	file, err := s.libraryFile()
	if err == nil {
		err = library.Find(file)
	}
	if err != nil {
		return err
	}
	b, _, err := sqlite.MakeBackup(ctx, file, sqlite.Asked, time.Now())
	if err != nil {
		return err
	}
	out := toBackupRow(b)
	return s.answer(out, func(w io.Writer) { out.print(s, w) })
}

type backupRestoreCmd struct {
	Backup string `arg:"" help:"arg_backup"`
}

type restoredShown struct {
	Library  string `json:"library"`
	Replaced string `json:"replaced"` // where the library lies that was there; "" for none
	Older    int    `json:"older"`    // calls of which something was forgotten in the backup
}

// Run puts a backup into the library's place.
func (c *backupRestoreCmd) Run(ctx context.Context, s *session) error {
	file, err := s.libraryFile()
	if err == nil {
		err = library.Find(c.Backup)
	}
	if err != nil {
		return err
	}
	restored, err := library.Restore(ctx, file, c.Backup, config.Standard())
	if err != nil {
		return err
	}
	out := restoredShown{Library: file, Replaced: restored.Replaced, Older: restored.Most()}
	return s.answer(out, func(w io.Writer) {
		fmt.Fprintln(w, s.texts.Say("ctl.backup_restored", map[string]any{"file": out.Replaced}))
		if out.Older > 0 {
			fmt.Fprintln(w, s.texts.Say("backup.retained", review.Args{"n": out.Older}))
		}
	})
}
