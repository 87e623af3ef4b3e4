package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

type forgetCmd struct {
	Call     forgetCallCmd     `cmd:"" help:"forget_call"`
	Customer forgetCustomerCmd `cmd:"" help:"forget_customer"`
}

type forgetCallCmd struct {
	UIDs []string `arg:"" name:"uid" help:"arg_uids"`
	Yes  bool     `help:"forget_yes"`
}

// Run forgets calls by their uids.
func (c *forgetCallCmd) Run(ctx context.Context, s *session) error {
	return s.forget(ctx, c.UIDs, c.Yes)
}

type forgetCustomerCmd struct {
	Number string `xor:"customer" required:"" help:"forget_number" placeholder:"NUMBER"`
	Party  string `xor:"customer" required:"" help:"forget_party" placeholder:"NAME"`
	Yes    bool   `help:"forget_yes"`
}

// Run forgets the calls of a customer.
func (c *forgetCustomerCmd) Run(ctx context.Context, s *session) error {
	uids, err := s.CallsOf(ctx, desk.Customer{Number: c.Number, Party: c.Party})
	if err != nil {
		return err
	}
	return s.forget(ctx, uids, c.Yes)
}

// notConfirmed is answered where a command that cannot be taken back was not
// confirmed. Args: n.
const notConfirmed review.Code = "not-confirmed"

type forgottenShown struct {
	Calls  int  `json:"calls"`
	Traces bool `json:"traces"` // are left until the library is opened next
}

// forget forgets calls, unless there are none or nobody confirms it.
func (s *session) forget(ctx context.Context, uids []string, confirmed bool) error {
	var done desk.ForgottenCalls
	if len(uids) > 0 {
		n := review.Args{"n": len(uids)}
		if err := s.confirm("forget.question", review.Fail(notConfirmed, n), confirmed); err != nil {
			return err
		}
		var err error
		if done, err = s.Forget(ctx, uids, nil); err != nil {
			return err
		}
	}
	return s.forgot(done)
}

// forgot answers with what was forgotten.
func (s *session) forgot(done desk.ForgottenCalls) error {
	out := forgottenShown{done.Calls, done.Traces}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("forget.done", review.Args{"n": out.Calls}))
		if out.Traces {
			row(w, s.texts.Say("forget.traces", nil))
		}
	})
}

// confirm asks a person on standard error whether they really mean it. It answers
// refused, to scripts at once, whose args the question has too.
func (s *session) confirm(question text.Key, refused *review.Error, confirmed bool) error {
	if confirmed {
		return nil
	}
	if s.json {
		return refused
	}
	fmt.Fprintln(s.errs, s.texts.Say(question, refused.Args))
	fmt.Fprint(s.errs, s.texts.Say("forget.type_yes", nil)+" ")
	line, err := bufio.NewReader(s.in).ReadString('\n')
	if err != nil && line == "" || !strings.EqualFold(strings.TrimSpace(line), s.texts.Say("forget.yes", nil)) {
		return refused
	}
	return nil
}
