package main

import (
	"bytes"
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
)

// usage is what the command line gets wrong. Args: problem.
const usage review.Code = "usage"

// complaints are what the parser says of a command line, as regular expressions,
// and the texts that say it in the reader's language. The groups are the
// arguments a and b.
var complaints = []struct {
	says string
	text text.Key
}{
	{`^unexpected argument (.*?)(?:, did you mean .*)?$`, "ctl.unexpected"},
	{`^unknown flag (.+?)(?:, did you mean .*)?$`, "ctl.unknown_flag"},
	{`^missing flags: (.+)$`, "ctl.missing_flags"},
	{`^expected one of (.+?)(?:,  ?\.\.\.)?$`, "ctl.missing_command"},
	{`^expected (".+)$`, "ctl.missing_argument"},
	{`(?s)^(\S+) must be one of (?:"",)?(.+) but got ".*"$`, "ctl.not_of"},
	{`(?s)^(\S+): expected .* but got (".*?")(?: .*)?$`, "ctl.not_fit"},
	{`^(\S+) and (\S+) can't be used together$`, "ctl.not_both"},
	{`^(\S+) and (\S+) must be used together$`, "ctl.only_both"},
	{`^([a-z]+(?: [a-z]+)*): (.+)$`, "ctl.form"}, // what Validate says of a command
}

// misuse is the error of a command line that cannot be parsed: that of a value
// that was refused, or [usage].
func (p program) misuse(err error) error {
	var known *review.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	problem := err.Error()
	for _, c := range complaints {
		if m := regexp.MustCompile(c.says).FindStringSubmatch(problem); m != nil {
			a := strings.ReplaceAll(m[1], " or ", " / ")
			problem = p.texts.Say(c.text, review.Args{"a": a, "b": m[len(m)-1]})
			break
		}
	}
	return review.Fail(usage, review.Args{"problem": problem})
}

// headings are the parser's words in its help, at the beginning of a line, and
// the texts for them.
var headings = []struct {
	words string
	text  text.Key
}{
	{"Usage: ", "ctl.help_usage"},
	{"Arguments:", "ctl.help_arguments"},
	{"Flags:", "ctl.help_flags"},
	{"Commands:", "ctl.help_commands"},
}

// explain replaces the names of the help texts in n and below by the texts. It
// is done only when somebody asks, since a script starts a thousand times.
func (p program) explain(n *kong.Node) {
	say := func(help *string) {
		if *help != "" {
			*help = p.texts.Say(text.Key("ctl."+*help), nil)
		}
	}
	for _, child := range n.Children {
		say(&child.Help)
		p.explain(child)
	}
	for _, flag := range n.Flags {
		say(&flag.Help)
	}
	for _, value := range n.Positional {
		say(&value.Help)
	}
}

// help prints the parser's help in the reader's language.
func (p program) help(options kong.HelpOptions, command *kong.Context) error {
	p.explain(command.Model.Node)
	var out bytes.Buffer
	command.Stdout = &out
	err := kong.DefaultHelpPrinter(options, command)
	command.Stdout = p.out
	if err != nil {
		return err
	}
	for line := range strings.Lines(out.String()) {
		for _, h := range headings {
			if rest, ok := strings.CutPrefix(line, h.words); ok {
				line = p.texts.Say(h.text, nil) + rest
			}
		}
		if strings.HasPrefix(line, `Run "earshotctl `) {
			line = p.texts.Say("ctl.help_more", nil) + "\n"
		}
		if _, err := p.out.Write([]byte(line)); err != nil {
			return err
		}
	}
	return nil
}
