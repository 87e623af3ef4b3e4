package config

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/adrg/xdg"
	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
)

// folders are new ones that do not exist yet.
func folders(t *testing.T) Folders {
	t.Helper()
	root := t.TempDir()
	return Folders{
		Data: filepath.Join(root, "share", "earshot"), Config: filepath.Join(root, "config", "earshot"),
		Cache: filepath.Join(root, "cache", "earshot"),
	}
}

// blocked are folders that cannot be made, by anyone: a file lies in the way.
func blocked(t *testing.T) Folders {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return Folders{Data: filepath.Join(file, "earshot"), Config: filepath.Join(file, "earshot")}
}

func seedOf(b byte) *bytes.Reader { return bytes.NewReader(bytes.Repeat([]byte{b}, ed25519.SeedSize)) }

// The variables are those of the XDG base directory specification, which holds
// for Linux and which the library honours elsewhere too.
func TestStandardFoldersAreThoseOfTheUser(t *testing.T) {
	root := t.TempDir()
	t.Cleanup(xdg.Reload) // when the variables are as they were
	t.Setenv("XDG_DATA_HOME", filepath.Join(root, "d"))
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(root, "c"))
	t.Setenv("XDG_CACHE_HOME", filepath.Join(root, "h"))
	xdg.Reload()
	want := Folders{
		Data: filepath.Join(root, "d", "earshot"), Config: filepath.Join(root, "c", "earshot"),
		Cache: filepath.Join(root, "h", "earshot"),
	}
	if diff := cmp.Diff(want, Standard()); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
}

func TestWhichLibraryIsOpened(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	f := folders(t)
	tests := []struct{ name, flag, env, want string }{
		{"the one that is asked for", "a.earshot", "b.earshot", filepath.Join(here, "a.earshot")},
		{"the one of the environment", "", "b.earshot", filepath.Join(here, "b.earshot")},
		{"the user's own", "", "", filepath.Join(f.Data, "library.earshot")},
	}
	for _, test := range tests {
		getenv := func(name string) string { return map[string]string{"EARSHOT_LIBRARY": test.env}[name] }
		got, err := f.Library(test.flag, getenv)
		if err != nil || got != test.want {
			t.Errorf("%s: %q, %v; want %q", test.name, got, err, test.want)
		}
	}
	if info, err := os.Stat(f.Data); err != nil || !info.IsDir() {
		t.Errorf("the folder of the user's own library is not there: %v", err)
	}
}

// What one leader says about calls is nobody else's business on a shared
// machine.
func TestOnlyTheOwnerMayReadWhatIsKept(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // keeps rights in lists, which the user's own folder has right
	}
	f := folders(t)
	if _, err := f.Identity(seedOf(1)); err != nil {
		t.Fatal(err)
	}
	if err := f.SaveSettings(Settings{Theme: Dark}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{
		f.Data: fs.ModeDir | 0o700, f.Config: fs.ModeDir | 0o700,
		filepath.Join(f.Data, "author.key"): 0o600, filepath.Join(f.Config, "settings.json"): 0o600,
	} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s has mode %v, %v; want %v", filepath.Base(path), info.Mode(), err, want)
		}
	}
}

func TestTheIdentityIsMadeOnce(t *testing.T) {
	f := folders(t)
	first, err := f.Identity(seedOf(1))
	if err != nil || !bytes.Equal(first, bytes.Repeat([]byte{1}, 32)) {
		t.Fatalf("the first is %x, %v", first, err)
	}
	second, err := f.Identity(seedOf(2))
	if err != nil || !bytes.Equal(second, first) {
		t.Errorf("the second is %x, %v; the first was %x", second, err, first)
	}
	if left := files(t, f.Data); !cmp.Equal(left, []string{"author.key"}) {
		t.Errorf("there lie %v", left)
	}
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// A new key in place of a damaged one would make strangers of one's own words.
func TestADamagedIdentityIsNeverReplaced(t *testing.T) {
	for _, content := range []string{"", "short", strings.Repeat("x", 33)} {
		f := folders(t)
		if err := os.MkdirAll(f.Data, 0o700); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(f.Data, "author.key")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Identity(seedOf(1)); review.CodeOf(err) != BadIdentity {
			t.Errorf("%d bytes: %v, want %s", len(content), err, BadIdentity)
		}
		if kept, err := os.ReadFile(file); err != nil || string(kept) != content {
			t.Errorf("%q became %q, %v", content, kept, err)
		}
	}
}

func TestNoRandomnessMakesNoIdentity(t *testing.T) {
	f := folders(t)
	if seed, err := f.Identity(strings.NewReader("too short")); err == nil {
		t.Errorf("made %x", seed)
	}
	if _, err := os.Stat(filepath.Join(f.Data, "author.key")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key was left: %v", err)
	}
}

// The window and the terminal may start at the same moment on a new machine.
// Each child makes its identity in folders that they share and prints it.
func TestProgramsThatStartAtOnceAreOnePerson(t *testing.T) {
	if data := os.Getenv("EARSHOT_TEST_IDENTITY"); data != "" {
		printIdentity(t, data)
		return
	}
	f := folders(t)
	const programs = 12
	var said [programs]bytes.Buffer
	var running [programs]*exec.Cmd
	for i := range running {
		cmd := exec.Command(os.Args[0], "-test.run=^TestProgramsThatStartAtOnceAreOnePerson$")
		cmd.Env = append(os.Environ(), "EARSHOT_TEST_IDENTITY="+f.Data)
		cmd.Stdout = &said[i]
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running[i] = cmd
	}
	seen := map[string]bool{}
	for i, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Errorf("program %d: %v", i, err)
		}
		line, _, _ := strings.Cut(said[i].String(), "\n")
		seen[line] = true
	}
	if len(seen) != 1 {
		t.Errorf("%d programs are %d people", programs, len(seen))
	}
}

func printIdentity(t *testing.T, data string) {
	t.Helper()
	own := bytes.Repeat([]byte{byte(os.Getpid()), byte(os.Getpid() >> 8)}, 16)
	seed, err := Folders{Data: data}.Identity(bytes.NewReader(own))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stdout.WriteString(hex.EncodeToString(seed) + "\n"); err != nil {
		t.Fatal(err)
	}
}

func TestSettingsComeBackAsTheyWereSaved(t *testing.T) {
	f := folders(t)
	for _, want := range []Settings{
		{Theme: Dark, Folder: "/calls/Südwest", Width: 1280, Height: 800.5, Sound: Sound{Speed: 1.75, Skipping: true, Mono: true}},
		{Theme: System, Sound: usual, Server: Server{
			Addresses: []string{"tls://nats.example.com:4222"}, File: "/k/kim.creds", Authority: "/k/ca.pem", HandshakeFirst: true, Leaf: true,
		}},
		{Theme: Light, Sound: usual, Language: "de", Size: 150},
	} {
		if err := f.SaveSettings(want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, f.Settings()); diff != "" {
			t.Errorf("settings (-want +got):\n%s", diff)
		}
	}
	if left := files(t, f.Config); !cmp.Equal(left, []string{"settings.json"}) {
		t.Errorf("there lie %v", left)
	}
}

// usual is how someone hears who has chosen nothing yet.
var usual = Sound{Speed: 1, Even: true}

// No state of a settings file may keep the app from starting, and what can be
// read of it holds.
func TestSettingsAreReadTolerantly(t *testing.T) {
	tests := map[string]Settings{
		``:                                      {Theme: System, Sound: usual},
		`{`:                                     {Theme: System, Sound: usual},
		"\x00\x00\x00":                          {Theme: System, Sound: usual},
		`[]`:                                    {Theme: System, Sound: usual},
		`{"theme":"pink"}`:                      {Theme: System, Sound: usual},
		`{"theme":"light","new":[1,2]}`:         {Theme: Light, Sound: usual},
		`{"theme":3,"folder":"/calls"}`:         {Theme: System, Folder: "/calls", Sound: usual},
		`{"width":"wide","height":800}`:         {Theme: System, Sound: usual},
		`{"width":1,"height":800}`:              {Theme: System, Sound: usual},
		`{"width":1e9,"height":800}`:            {Theme: System, Sound: usual},
		`{"width":-5,"height":-5}`:              {Theme: System, Sound: usual},
		`{"width":1280,"height":800}`:           {Theme: System, Width: 1280, Height: 800, Sound: usual},
		`{"language":"fr","size":20}`:           {Theme: System, Sound: usual},
		`{"sound":null}`:                        {Theme: System, Sound: usual},
		`{"sound":{"mono":true}}`:               {Theme: System, Sound: Sound{Speed: 1, Even: true, Mono: true}},
		`{"sound":{"speed":0}}`:                 {Theme: System, Sound: usual},
		`{"sound":{"speed":9e99,"even":false}}`: {Theme: System, Sound: Sound{Speed: 1}},
	}
	for content, want := range tests {
		f := folders(t)
		if err := os.MkdirAll(f.Config, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(f.Config, "settings.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, f.Settings()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", content, diff)
		}
	}
}

func TestFoldersThatCannotBeMadeAreNamed(t *testing.T) {
	f := blocked(t)
	_, identity := f.Identity(seedOf(1))
	_, library := f.Library("", func(string) string { return "" })
	for what, err := range map[string]error{
		"library": library, "settings": f.SaveSettings(Settings{}), "identity": identity,
	} {
		if review.CodeOf(err) != Unwritable {
			t.Errorf("%s: %v, want %s", what, err, Unwritable)
		}
	}
	if got := f.Settings(); got.Theme != System {
		t.Errorf("settings that are not there are %+v", got)
	}
}
