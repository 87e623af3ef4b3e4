package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCodebooksOfTwoLibrariesAreBroughtTogether(t *testing.T) {
	a, _ := codebookOf(t)
	get[any](a, "codebook", "describe", "Late bill", "--fixer", "Printing")
	file := filepath.Join(t.TempDir(), "codebook.csv")
	get[any](a, "codebook", "export", "-o", file)

	b := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](b, "import", dir, "--metadata", table)
	get[any](b, "tag", "c-00", "--issue", "late bill", "--at", "1")
	get[any](b, "tag", "c-00", "--issue", "Invoice to old adress", "--at", "1")
	brought := get[[]met](b, "codebook", "import", file)
	if len(brought) != 2 || brought[0].How != "near" || len(brought[0].Near) != 1 || brought[1].How != "name" {
		t.Fatalf("%+v", brought)
	}
	entries := get[[]entryShown](b, "codebook")
	if len(entries) != 3 || entries[0].Fixer != "Printing" || entries[2].ID != brought[0].Issue {
		t.Errorf("%+v", entries)
	}
	if again := get[[]met](b, "codebook", "import", file); again[0].How != "id" {
		t.Errorf("the second time it is met by %s", again[0].How)
	}
	get[any](b, "undo")
	if entries := get[[]entryShown](b, "codebook"); len(entries) != 2 || entries[0].Fixer != "" {
		t.Errorf("after undo %+v", entries)
	}
	if err := os.WriteFile(file, []byte("id;label\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.refuse(1, "not-codebook", "codebook", "import", file)
}

// codebookFile is the codebook of a library as a file.
func codebookFile(t *testing.T, c *ctl) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "codebook.csv")
	get[any](c, "codebook", "export", "-o", file)
	return file
}

// An issue was merged into another that was merged in turn, a third took the
// name of the first, one is half dealt to its parts, one is retired and one has
// no key. An empty library that gets this codebook has the same one, in one act.
func TestACodebookComesIntoAnEmptyLibraryAsItIs(t *testing.T) {
	a, uids := codebookOf(t)
	for _, name := range []string{"Invoice lost", "No signal", "Shop shut"} {
		get[any](a, "tag", uids[4], "--issue", name, "--at", "3")
	}
	get[any](a, "codebook", "describe", "Late bill", "--definition", "The bill came after its due day.")
	get[any](a, "codebook", "merge", "Invoice lost", "Late bill")
	get[any](a, "codebook", "merge", "Late bill", "No signal")
	get[any](a, "codebook", "rename", "No signal", "Late bill")
	split := get[splitShown](a, "codebook", "split", "Invoice goes to the old address", "Moved abroad", "Moved in June")
	get[any](a, "codebook", "deal", split.Moments[0].Moment, "Moved in June")
	get[any](a, "codebook", "retire", "Shop shut")
	get[any](a, "codebook", "key", "Moved abroad", "0")
	get[any](a, "codebook", "key", "Moved in June", "8")
	file := codebookFile(t, a)

	b := newCtl(t)
	get[any](b, "import", t.TempDir())
	brought := get[[]met](b, "codebook", "import", file)
	want := get[[]entryShown](a, "codebook")
	for i := range want {
		want[i].Calls, want[i].ToLookAt = 0, 0 // of its own calls
	}
	if diff := cmp.Diff(want, get[[]entryShown](b, "codebook")); diff != "" {
		t.Error(diff)
	}
	merged, parts := 0, 0
	for _, m := range brought {
		if m.How != "new" {
			t.Errorf("%s was met as %s in an empty library", m.Name, m.How)
		}
		if m.MergedInto != "" {
			merged++
		}
		parts += len(m.SplitInto)
	}
	if merged != 2 || parts != 2 {
		t.Errorf("told of %d merged and %d parts: %+v", merged, parts, brought)
	}
	for _, m := range get[[]met](b, "codebook", "import", file) {
		if m.How != "id" || m.MergedInto != "" || len(m.SplitInto) > 0 {
			t.Errorf("brought once more: %+v", m)
		}
	}
	get[any](b, "undo")
	if left := get[[]entryShown](b, "codebook"); len(left) != 0 {
		t.Errorf("after undo %+v", left)
	}
	if ok := get[checked](b, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
}

// Two libraries had their codebook from one another. What one merged since is
// merged in the other; what the other named itself, under the same name, is not,
// and neither is what it merged otherwise.
func TestMergesAreTakenOverFromWhereAnIssueCame(t *testing.T) {
	a, uids := codebookOf(t)
	get[any](a, "tag", uids[4], "--issue", "No signal", "--at", "3")
	b := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](b, "import", dir, "--metadata", table)
	get[any](b, "tag", "c-00", "--issue", "No signal", "--at", "1")
	get[any](b, "codebook", "import", codebookFile(t, a))
	get[any](b, "tag", "c-00", "--issue", "Late bill", "--at", "1")

	get[any](a, "codebook", "merge", "No signal", "Late bill")
	get[any](a, "codebook", "merge", "Late bill", "Invoice goes to the old address")
	get[any](b, "codebook", "import", codebookFile(t, a))
	states := map[string]string{}
	for _, e := range get[[]entryShown](b, "codebook") {
		states[e.Name] = string(e.State)
	}
	want := map[string]string{"No signal": "open", "Late bill": "merged", "Invoice goes to the old address": "open"}
	if diff := cmp.Diff(want, states); diff != "" {
		t.Error(diff)
	}
	get[any](b, "undo")
	get[any](b, "codebook", "merge", "Late bill", "No signal")
	for _, m := range get[[]met](b, "codebook", "import", codebookFile(t, a)) {
		if m.MergedInto != "" {
			t.Errorf("merged again: %+v", m)
		}
	}
}
