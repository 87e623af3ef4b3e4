package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/assets"
)

// inModule asks go list about a module that the project uses.
func inModule(t *testing.T, format, path string) string {
	t.Helper()
	cmd := exec.Command("go", "list", "-m", "-f", format, path)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -m %s: %v", path, err)
	}
	return strings.TrimSpace(string(out))
}

// modernc.org/sqlite is C translated against one version of libc; with another
// it may build and then corrupt memory.
func TestLibcIsTheOneThatSQLiteWasMadeWith(t *testing.T) {
	gomod, err := os.ReadFile(inModule(t, "{{.GoMod}}", "modernc.org/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	asked := regexp.MustCompile(`(?m)modernc\.org/libc (v\S+)`).FindSubmatch(gomod)
	if asked == nil {
		t.Fatal("modernc.org/sqlite no longer asks for modernc.org/libc")
	}
	if got := inModule(t, "{{.Version}}", "modernc.org/libc"); got != string(asked[1]) {
		t.Errorf("modernc.org/libc is pinned at %s, sqlite was made with %s", got, asked[1])
	}
}

func TestPackagingAndAppAgree(t *testing.T) {
	toml, err := os.ReadFile(filepath.Join(root, "FyneApp.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		fmt.Sprintf("Name = %q", assets.Name),
		fmt.Sprintf("ID = %q", assets.ID),
		fmt.Sprintf("Version = %q", assets.Version),
		fmt.Sprintf("Build = %d", assets.Build),
	} {
		if !regexp.MustCompile(`(?m)^\s*` + regexp.QuoteMeta(want) + `$`).Match(toml) {
			t.Errorf("FyneApp.toml does not say %s, as package assets does", want)
		}
	}
}
