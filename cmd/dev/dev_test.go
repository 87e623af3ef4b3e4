package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestAbsentFindsWhatDpkgLacks(t *testing.T) {
	// Lines as `dpkg-query -W -f '${db:Status-Status}|${Package}|${Provides}\n'`
	// writes them on Debian 12.
	listing := strings.Join([]string{
		"installed|gcc|c-compiler, gcc-x86-64-linux-gnu (= 4:12.2.0-3)",
		"installed|pkgconf|pkg-config (= 1.8.1-1)",
		"config-files|xvfb|xserver",
		"not-installed|xdotool|",
		"installed|libx11-dev|",
	}, "\n")
	tests := []struct {
		name   string
		wanted []string
		want   []string
	}{
		{"all there", []string{"gcc", "libx11-dev"}, nil},
		{"there under another name", []string{"pkg-config"}, nil},
		{"removed, settings kept", []string{"xvfb"}, []string{"xvfb"}},
		{"known, never installed", []string{"xdotool"}, []string{"xdotool"}},
		{"unknown, order kept", []string{"zzz", "gcc", "aaa"}, []string{"zzz", "aaa"}},
	}
	for _, test := range tests {
		if got := absent(listing, test.wanted); !slices.Equal(got, test.want) {
			t.Errorf("%s: absent %q, want %q", test.name, got, test.want)
		}
	}
}

func TestAdviceNamesTheSystemsOwnCommand(t *testing.T) {
	tests := []struct {
		goos, manager string
		need          kit
		want          string
	}{
		{"darwin", "", building, "xcode-select --install"},
		{"darwin", "brew", speaking, "brew install espeak-ng"},
		{"windows", "", building, "pacman -S mingw-w64-ucrt-x86_64-gcc"},
		{"linux", "dnf", building, "sudo dnf install gcc "},
		{"linux", "pacman", windows, "sudo pacman -S --needed xorg-server-xvfb xdotool"},
		{"linux", "apk", building, "libasound2-dev"},
	}
	for _, test := range tests {
		got := advice(test.goos, test.need, func(program string) bool { return program == test.manager })
		if !strings.Contains(got, test.want) {
			t.Errorf("on %s with %q: %q does not say %q", test.goos, test.manager, got, test.want)
		}
	}
}

func TestStepsStopAtTheFirstThatFails(t *testing.T) {
	broken := errors.New("two files differ")
	var ran []string
	run := func(name string, err error) func(context.Context) error {
		return func(context.Context) error {
			ran = append(ran, name)
			return err
		}
	}
	var out strings.Builder
	err := runSteps(context.Background(), &out, []step{
		{"Formatting", run("Formatting", nil)},
		{"Vet", run("Vet", broken)},
		{"Tests", run("Tests", nil)},
	})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "step 2, Vet") {
		t.Errorf("the steps answer %v, want step 2, Vet, and its reason", err)
	}
	if want := []string{"Formatting", "Vet"}; !slices.Equal(ran, want) {
		t.Errorf("ran %q, want %q", ran, want)
	}
	for _, heading := range []string{"[1/3] Formatting", "[2/3] Vet", "FAILED"} {
		if !strings.Contains(out.String(), heading) {
			t.Errorf("%q is not among the output:\n%s", heading, out.String())
		}
	}
}
