package main

import (
	"slices"
	"strings"
	"testing"
)

func TestALinkIsReadFromStandardInput(t *testing.T) {
	const link = "earshot://join/abc"
	for _, c := range []struct {
		args []string
		in   string
		want []string
	}{
		{[]string{"join", "-"}, " " + link + " \nmore", []string{link}},
		{[]string{"--library", "a.earshot", "join", "-"}, link, []string{"--library", "a.earshot", link}},
		{[]string{"join", link}, "", []string{link}},
		{[]string{"join", "-"}, "", []string{"earshot://"}}, // no link: the question says so
		{[]string{"join", "calls"}, link, []string{"join", "calls"}},
		{[]string{"-"}, link, []string{"-"}},
		{nil, link, nil},
	} {
		if got := withLink(c.args, strings.NewReader(c.in)); !slices.Equal(got, c.want) {
			t.Errorf("%q becomes %q, want %q", c.args, got, c.want)
		}
	}
}

// A link is no path: it reaches the first start as it is.
func TestALinkOnTheCommandLineStaysOne(t *testing.T) {
	o, err := parse([]string{"--library", "x.earshot", "earshot://join/abc"}, nil, nil)
	if err != nil || !slices.Equal(o.paths, []string{"earshot://join/abc"}) {
		t.Errorf("%+v, %v", o, err)
	}
}
