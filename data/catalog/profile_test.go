package catalog

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/desk"
)

// export lays out an example as its vendor does: the recording and what stands
// beside it.
func (e *Example) export(t *testing.T) string {
	t.Helper()
	files := map[string]string{e.Name: string(wave(800))}
	for name, raw := range e.Files {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		files[name] = text
	}
	return folder(t, files)
}

// told is what was found, in the words of an example.
func told(f desk.Found) map[string]string {
	m := f.Meta
	all := map[string]string{
		"call": m.CallID, "contact": f.Contact, "said": m.StartSaid, "zone": m.Zone, "queue": m.Queue,
		"category": m.Category, "direction": m.Direction, "agent": m.Agent.Open(), "customer": m.Customer.Open(),
		"leg": string(f.Recording.Leg),
	}
	if !m.Start.IsZero() {
		all["start"] = m.Start.Format(time.RFC3339Nano)
	}
	if m.Duration != 0 {
		all["duration"] = m.Duration.String()
	}
	for name, is := range map[string]bool{"guessed": m.ZoneGuessed, "rough": m.StartRough, "agent_left": f.AgentFirst} {
		if is {
			all[name] = strconv.FormatBool(is)
		}
	}
	for _, field := range m.Fields {
		all["field "+field.Name] = field.Value.Open()
	}
	for name, value := range all {
		if value == "" {
			delete(all, name)
		}
	}
	return all
}

// recordingOf imports a folder and answers what is found under a name.
func recordingOf(t *testing.T, req desk.ImportRequest, name string) (desk.Found, bool) {
	t.Helper()
	var one desk.Found
	ok := false
	err := New(diskFiles, berlin(t)).Walk(t.Context(), req, func(f desk.Found) error {
		if f.Problem != nil {
			t.Errorf("%s: %v", f.Name, f.Problem)
		}
		if f.Name == name {
			one, ok = f, true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return one, ok
}

// The examples of every profile are documented names and sidecars of its vendor.
func TestExamplesOfVendors(t *testing.T) {
	for _, p := range Profiles() {
		if len(p.Examples) == 0 {
			t.Errorf("%s has no example", p.ID)
		}
		for _, e := range p.Examples {
			t.Run(p.ID+"/"+e.Name, func(t *testing.T) {
				root := e.export(t)
				found, ok := recordingOf(t, desk.ImportRequest{Paths: []string{root}, Profile: p.ID}, e.Name)
				if !ok {
					t.Fatal("the recording is not found")
				}
				if diff := cmp.Diff(e.Want, told(found)); diff != "" {
					t.Errorf("read (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// A folder of a vendor's files is recognised as that vendor's.
func TestVendorsAreRecognised(t *testing.T) {
	for _, p := range Profiles() {
		for _, e := range p.Examples {
			root := e.export(t)
			known, err := New(diskFiles, time.UTC).Recognise(t.Context(), []string{root})
			if err != nil {
				t.Fatal(err)
			}
			if known.Profile != p.ID {
				t.Errorf("%s of %s is taken for %s", e.Name, p.ID, known.Profile)
			}
		}
	}
}

// A part that no pattern and no sidecar fills is a slip in a profile: what is
// made of it stays empty for ever.
func TestProfilesHaveNoLooseParts(t *testing.T) {
	for _, p := range Profiles() {
		if len(p.Sidecars) > 0 {
			continue
		}
		for _, doc := range p.docs {
			t.Errorf("%s: nothing tells {%s}", p.ID, strings.Join(doc.path, "."))
		}
	}
}

func TestProfilesSayWhereTheCategoryIs(t *testing.T) {
	for _, p := range Profiles() {
		for _, lang := range []string{"en", "de"} {
			if said := text.For(lang).Say(p.Category, nil); strings.HasPrefix(said, "[?") {
				t.Errorf("%s: %s has no text %q", p.ID, lang, p.Category)
			}
		}
	}
}
