package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/earshot-app/earshot/cmd/internal/live"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/data/sessionfile"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	shared "github.com/earshot-app/earshot/review/session"
)

type sessionsCmd struct {
	Host   sessionHostCmd   `cmd:"" help:"session_host"`
	Join   joinCmd          `cmd:"" creates:"" help:"session_join"`
	Export sessionExportCmd `cmd:"" help:"session_export"`
	Import sessionImportCmd `cmd:"" creates:"" help:"session_import"`
	Status sessionStatusCmd `cmd:"" help:"session_status"`

	Reveal    sessionRevealCmd    `cmd:"" help:"session_reveal"`
	Table     sessionTableCmd     `cmd:"" help:"session_table"`
	Match     sessionMatchCmd     `cmd:"" help:"session_match"`
	Consensus sessionConsensusCmd `cmd:"" help:"session_consensus"`
	Adopt     sessionAdoptCmd     `cmd:"" help:"session_adopt"`
	Close     sessionCloseCmd     `cmd:"" help:"session_close"`
	Digest    sessionDigestCmd    `cmd:"" help:"session_digest"`
	Key       sessionKeyCmd       `cmd:"" lone:"" help:"session_key"`
	Agreement sessionAgreementCmd `cmd:"" help:"session_agreement"`
}

// sessionRef is a session by its id, or as much of it as tells it from others.
type sessionRef string

func (r sessionRef) of(ctx context.Context, s *session) (string, error) {
	all, err := s.Sessions(ctx)
	if err != nil {
		return "", err
	}
	found := ""
	for _, one := range all {
		if one.ID == string(r) {
			return one.ID, nil
		}
		if strings.HasPrefix(one.ID, string(r)) && r != "" {
			if found != "" {
				found = ""
				break
			}
			found = one.ID
		}
	}
	if found == "" {
		return "", review.Fail(shared.NoSession, review.Args{"id": string(r)})
	}
	return found, nil
}

type sessionHostCmd struct {
	Draw      string     `required:"" xor:"what" help:"session_draw" placeholder:"ID"`
	Resume    sessionRef `required:"" xor:"what" help:"session_resume" placeholder:"SESSION"`
	Title     string     `help:"session_name" placeholder:"TEXT"`
	Name      string     `default:"Host" help:"session_as" placeholder:"NAME"`
	Open      bool       `help:"session_open"`
	Together  bool       `help:"session_together"`
	KeepAudio bool       `help:"session_keep"`
	Offline   bool       `help:"session_offline"`
	Output    string     `short:"o" help:"session_file" placeholder:"FILE"`
	Hub       string     `help:"session_hub" placeholder:"-"`

	liveFlags `embed:""`
}

// Validate is called by the parser.
func (c *sessionHostCmd) Validate() error {
	if c.Offline != (c.Output != "") || c.Offline && len(c.Listen)+len(c.Server)+len(c.Resume) > 0 {
		return errors.New("[--listen HOST:PORT] | --server ADDRESS | --offline -o FILE")
	}
	if c.Hub != "" && (c.Offline || len(c.Listen)+len(c.Server) > 0) {
		return errors.New("[--draw ID | --resume SESSION] --hub -")
	}
	if c.Resume != "" && (c.Title != "" || c.Open || c.Together || c.KeepAudio) {
		return errors.New("--resume SESSION [--listen HOST:PORT]")
	}
	return nil
}

// Run opens a session, and hands it out in a file or runs it in the foreground;
// or goes on with one that was opened.
func (c *sessionHostCmd) Run(ctx context.Context, s *session) error {
	if c.Resume != "" {
		id, err := c.Resume.of(ctx, s)
		if err != nil {
			return err
		}
		return c.resume(ctx, s, id)
	}
	opened, err := s.HostSession(ctx, desk.HostRequest{
		Draw: c.Draw, Name: c.Title, As: c.Name, Blind: !c.Open, Together: c.Together, KeepAudio: c.KeepAudio,
	}, nil)
	if err != nil {
		return err
	}
	if !c.Offline {
		return c.live(ctx, s, opened.ID, live.Host)
	}
	if err := s.exportSession(ctx, opened.ID, c.Output); err != nil {
		return err
	}
	out := struct {
		Session string `json:"session"`
		File    string `json:"file"`
	}{opened.ID, c.Output}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("ctl.session_opened", review.Args{"id": out.Session}))
		row(w, s.texts.Say("ctl.wrote", review.Args{"file": out.File}))
	})
}

// resume goes on with a session as its host.
func (c *sessionHostCmd) resume(ctx context.Context, s *session, id string) error {
	opened, err := s.SharedOf(ctx, id)
	if err != nil {
		return err
	}
	if !opened.Hosting {
		return review.Fail(shared.NotHost, nil)
	}
	return c.live(ctx, s, id, live.Enter)
}

func (s *session) exportSession(ctx context.Context, id, file string) error {
	head, events, err := s.ExportSession(ctx, id)
	if err != nil {
		return err
	}
	return csv.WriteFile(ctx, file, func(w io.Writer) error { return sessionfile.Write(w, head, events) })
}

type sessionExportCmd struct {
	What   []string `arg:"" name:"session" help:"arg_export"`
	Output string   `short:"o" help:"session_file" placeholder:"FILE"`
}

// Validate is called by the parser.
func (c *sessionExportCmd) Validate() error {
	if len(c.What) > 2 || c.Output != "" && len(c.What) > 1 {
		return errors.New("[SESSION] FILE | SESSION -o FILE")
	}
	return nil
}

// Run writes a session's file.
func (c *sessionExportCmd) Run(ctx context.Context, s *session) error {
	what, file := c.What, c.Output
	if file == "" {
		what, file = what[:len(what)-1], what[len(what)-1]
	}
	id, err := s.only(ctx)
	if len(what) > 0 {
		id, err = sessionRef(what[0]).of(ctx, s)
	}
	if err == nil {
		err = s.exportSession(ctx, id, file)
	}
	if err != nil {
		return err
	}
	return s.wrote(file)
}

// only is the library's session where it has just one.
func (s *session) only(ctx context.Context) (string, error) {
	all, err := s.Sessions(ctx)
	if err != nil {
		return "", err
	}
	if len(all) != 1 {
		return "", review.Fail(shared.NoSession, review.Args{"id": ""})
	}
	return all[0].ID, nil
}

type sessionImportCmd struct {
	File  string `arg:"" help:"session_file"`
	Name  string `help:"session_as" placeholder:"NAME"`
	Admit bool   `help:"session_admit"`
}

// sessionImported is what an import did, as scripts read it.
type sessionImported struct {
	Session  string    `json:"session"`
	Joined   bool      `json:"joined"`
	Added    int       `json:"added"`
	Known    int       `json:"known"`
	Refused  []refusal `json:"refused"`
	Admitted []string  `json:"admitted"`
	Stranger string    `json:"stranger,omitempty"`
	Guests   int       `json:"guests"` // calls whose recordings are not here
	Draw     string    `json:"draw,omitempty"`
}

type refusal struct {
	Line   int           `json:"line"`
	Reason shared.Reason `json:"reason"`
}

// Run takes in a session's file.
func (c *sessionImportCmd) Run(ctx context.Context, s *session) error {
	f, err := os.Open(c.File)
	if err != nil {
		return review.Fail(noFile, review.Args{"file": c.File}).Because(review.WithoutPath(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	head, lines, err := sessionfile.Read(f)
	if err != nil {
		return err
	}
	in, err := s.ImportSession(ctx, desk.SessionImport{Head: head, Lines: lines, As: c.Name, Admit: c.Admit})
	if err != nil {
		return err
	}
	out := sessionImported{
		Session: in.Session, Joined: in.Joined, Added: in.Added, Known: in.Known, Refused: []refusal{},
		Admitted: orEmpty(in.Admitted), Stranger: in.Stranger, Guests: len(in.Guests), Draw: in.Draw,
	}
	for _, r := range in.Refused {
		out.Refused = append(out.Refused, refusal(r))
	}
	return s.answer(out, func(w io.Writer) { s.tellImported(w, out) })
}

func (s *session) tellImported(w io.Writer, in sessionImported) {
	if in.Joined {
		row(w, s.texts.Say("ctl.session_joined", review.Args{"id": in.Session}))
	}
	row(w, s.texts.Say("ctl.session_added", review.Args{"n": in.Added}))
	if in.Known > 0 {
		row(w, s.texts.Say("ctl.session_known", review.Args{"n": in.Known}))
	}
	for _, r := range in.Refused {
		row(w, s.texts.Say("ctl.session_refused", review.Args{"line": r.Line, "reason": string(r.Reason)}))
	}
	if in.Stranger != "" {
		row(w, s.texts.Say("ctl.session_stranger", review.Args{"author": in.Stranger}))
	}
	if in.Guests > 0 {
		row(w, s.texts.Say("ctl.session_guests", review.Args{"n": in.Guests}))
	}
}

type sessionCloseCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
}

// Run ends a session for everybody.
func (c *sessionCloseCmd) Run(ctx context.Context, s *session) error {
	return c.Session.act(ctx, s, s.CloseSession)
}

// act does something to a session and answers that it is done.
func (r sessionRef) act(ctx context.Context, s *session, do func(context.Context, string) error) error {
	id, err := r.of(ctx, s)
	if err == nil {
		err = do(ctx, id)
	}
	if err != nil {
		return err
	}
	out := struct {
		Session string `json:"session"`
	}{id}
	return s.answer(out, func(w io.Writer) { row(w, s.texts.Say("ctl.session_done", nil)) })
}

type sessionDigestCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
}

// Run prints what is the same for all who hold the same of a session.
func (c *sessionDigestCmd) Run(ctx context.Context, s *session) error {
	id, err := c.Session.of(ctx, s)
	if err != nil {
		return err
	}
	digest, err := s.SessionDigest(ctx, id)
	if err != nil {
		return err
	}
	out := struct {
		Session string `json:"session"`
		Digest  string `json:"digest"`
	}{id, digest}
	return s.answer(out, func(w io.Writer) { fmt.Fprintln(w, digest) })
}
