package main

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestScriptsFindEveryField holds the members that scripts rely on, on a library
// that knows as little as can be: one recording without any metadata.
func TestScriptsFindEveryField(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	writeWAV(t, filepath.Join(dir, "a.wav"))
	has := func(fields string, args ...string) map[string]any {
		t.Helper()
		answer := get[any](c, args...)
		if list, ok := answer.([]any); ok {
			answer = list[0]
		}
		object := answer.(map[string]any)
		for _, field := range strings.Fields(fields) {
			if v, ok := object[field]; !ok || v == nil {
				t.Errorf("%v has no %s, but %v", args, field, slices.Sorted(maps.Keys(object)))
			}
		}
		return object
	}
	within := func(fields string, what any) {
		t.Helper()
		if list, ok := what.([]any); ok {
			what = list[0]
		}
		raw, err := json.Marshal(what)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range strings.Fields(fields) {
			if !strings.Contains(string(raw), `"`+field+`":`) {
				t.Errorf("no %s in %s", field, raw)
			}
		}
	}
	has("calls recordings updated problems", "import", dir)
	uid := has("uid start duration queue category state", "calls")["uid"].(string)
	draw := has("id seed chosen_seed frame calls", "draw", "-n", "1")
	within("size digest", draw["frame"])
	within("rank uid key", draw["calls"])
	has("id holds", "draw", "verify", draw["id"].(string))
	has("moment", "tag", uid, "--issue", "Late bill", "--at", "1")
	has("uid state", "heard", uid)
	has("name key calls", "issues")
	rank := has("heard skipped not_reached picked frame not_covered issues", "rank")
	within("rank issue calls share low high per_week categories", rank["issues"])
	card := has("category calls heard issues", "unlump")
	within("issue calls share low high", card["issues"])
	has("uid moments praise recordings", "show", uid)
	has("ok integrity events tables_agree last_event chain", "check")
}
