package bundle

import (
	"bytes"
	"context"
	"debug/elf"
	"encoding/binary"
	"errors"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var commit = time.Date(2026, 11, 22, 8, 30, 0, 0, time.UTC)

// tree is out of order, as maps and folders give it.
var tree = []file{
	plain("share/doc/earshot/LICENSE", []byte("Apache")),
	{"bin/earshot", 0o755, []byte("\x7fELF…")},
}

func TestATarballUnpacksAsItWasPacked(t *testing.T) {
	r := Release{Version: "1.2.3", Time: commit, Out: t.TempDir()}
	if err := r.tarball("a.tar.gz", "earshot-1.2.3", tree); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("tar", "--utc", "-tvf", filepath.Join(r.Out, "a.tar.gz"))
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got []string
	for line := range strings.Lines(string(out)) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	want := []string{
		"-rwxr-xr-x 0/0 7 2026-11-22 08:30 earshot-1.2.3/bin/earshot",
		"-rw-r--r-- 0/0 6 2026-11-22 08:30 earshot-1.2.3/share/doc/earshot/LICENSE",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whoever builds a release again can hold it against the one that is offered.
func TestTheSameFilesGiveTheSameBytes(t *testing.T) {
	turned := []file{tree[1], tree[0]}
	for name, pack := range map[string]func(Release, string, string, []file) error{"tar": Release.tarball, "zip": Release.zip} {
		var packed [2][]byte
		for i, order := range [][]file{tree, turned} {
			zone := time.FixedZone("elsewhere", i*3600)
			r := Release{Version: "1.2.3", Time: commit.In(zone), Out: t.TempDir()}
			if err := pack(r, "a", "earshot-1.2.3", order); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join(r.Out, "a"))
			if err != nil {
				t.Fatal(err)
			}
			packed[i] = data
		}
		if !bytes.Equal(packed[0], packed[1]) {
			t.Errorf("two %s files of the same tree differ", name)
		}
	}
}

func TestWhatDesktopsReadIsValid(t *testing.T) {
	r := Release{Version: "1.2.3", Time: commit}
	about, err := r.metainfo()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(about), `<release version="1.2.3" date="2026-11-22"/>`) {
		t.Errorf("the release is not named:\n%s", about)
	}
	for _, program := range []string{"desktop-file-validate", "appstreamcli"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Logf("not checked: there is no %s here", program)
			return
		}
	}
	desktop, err := files.ReadFile("files/" + appID + ".desktop")
	if err != nil {
		t.Fatal(err)
	}
	if err := validate(context.Background(), plain(appID+".desktop", desktop), plain(appID+".metainfo.xml", about)); err != nil {
		t.Error(err)
	}
}

// Each picture of the icon lies where its 16 bytes in the head say, and is as
// large.
func TestTheIconHoldsEachSize(t *testing.T) {
	sizes := []int{16, 256}
	icon, err := ico(filepath.Join("..", "..", "..", "assets", "icon.png"), sizes...)
	if err != nil {
		t.Fatal(err)
	}
	for i, size := range sizes {
		entry := icon[6+16*i:]
		length, at := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
		picture, err := png.Decode(bytes.NewReader(icon[at : at+length]))
		if err != nil {
			t.Fatal(err)
		}
		if got := picture.Bounds().Dx(); got != size || int(entry[0]) != size%256 {
			t.Errorf("picture %d is %d pixels wide and called %d, want %d", i, got, entry[0], size)
		}
	}
}

func TestTheNewestCLibraryAskedForIsNeeded(t *testing.T) {
	symbols := []elf.ImportedSymbol{{Version: "GLIBC_2.2.5"}, {Version: "GLIBC_2.34"}, {Version: "GLIBC_2.4"}, {Version: "ALSA_0.9"}}
	if got := glibc(symbols); got != "2.34" {
		t.Errorf("needs glibc %s, want 2.34", got)
	}
}

func TestNothingIsShippedWithoutALicenceOrUnderTheGPL(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("free/LICENSE", "Permission is hereby granted")
	write("free/sub/deep/x.go", "package deep")
	write("free/sub/c/COPYING.txt", "zlib")
	write("gnu/COPYING", "\n                    GNU GENERAL PUBLIC LICENSE\n                       Version 3")
	write("bare/x.go", "package bare")
	listed := func(name, folder, c string) string {
		return strings.Join([]string{name, "v1.0.0", filepath.Join(root, name), filepath.Join(root, folder), c, ""}, "\t") + "\n"
	}
	for _, test := range []struct {
		line, holds string
		gnu, fails  bool
	}{
		{line: listed("free", "free/sub/deep", "0"), holds: "Permission is hereby granted"},
		{line: listed("free", "free/sub", "1"), holds: "zlib"}, // C below a package is compiled into it
		{line: listed("gnu", "gnu", "0"), gnu: true, fails: true},
		{line: listed("bare", "bare", "0"), fails: true},
	} {
		parts := map[string]*part{}
		if err := collect(parts, []byte(test.line)); err != nil {
			t.Fatal(err)
		}
		for _, p := range parts {
			var out bytes.Buffer
			err := p.write(&out)
			if (err != nil) != test.fails || errors.Is(err, errGNU) != test.gnu || !strings.Contains(out.String(), test.holds) {
				t.Errorf("%s: %v, notices %q", test.line, err, out.String())
			}
		}
	}
}
