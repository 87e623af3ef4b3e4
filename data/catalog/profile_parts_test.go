package catalog

import (
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// cutUp writes a name with its parts in brackets, and what they mean before a
// colon.
func cutUp(example string) string {
	name, parts := New(diskFiles, time.UTC).NameParts(example)
	var b strings.Builder
	runes, end := []rune(name), 0
	for _, part := range parts {
		b.WriteString(string(runes[end:part.From]) + "[")
		if part.Field != "" {
			b.WriteString(part.Field + ":")
		}
		b.WriteString(string(runes[part.From:part.To]) + "]")
		end = part.To
	}
	return b.String() + string(runes[end:])
}

func TestANameIsCutWhereAPersonMayPoint(t *testing.T) {
	for example, want := range map[string]string{
		"10.11.2026 09.42 Müller, Jörg [Rechnung].wav": "[start:10.11.2026 09.42] [Müller], [Jörg] [[Rechnung]].wav",
		"2026/Billing/20261110094200-5550100-in.mp3":   "[2026]/[Billing]/[start:20261110094200]-[5550100]-[in].mp3",
		"rec_2026-11-10_09-42-00_4711":                 "[rec]_[start:2026-11-10_09-42-00]_[4711]",
		"c6ad7525-4209-4f4c-aca2-f04597dd29b3_Jo.wav":  "[call:c6ad7525-4209-4f4c-aca2-f04597dd29b3]_[Jo].wav",
		"600-1794303720.17 (2).wav":                    "[600]-[call:1794303720.17] ([2]).wav",
		"2026/11/10/094200_q.wav":                      "[start:2026/11/10/094200]_[q].wav",
		"2026-11-10_to_2026-11-11.wav":                 "[start:2026-11-10]_[to]_[2026]-[11]-[11].wav",
		"Mu\u0308ller.wav":                             "[Müller].wav",
		"...":                                          "...",
		"":                                             "",
		"c6ad7525-4209-4f4c-aca2-f04597dd29b3/2026-11-10_agent 7_late.wav": "[call:c6ad7525-4209-4f4c-aca2-f04597dd29b3]/[start:2026-11-10]_[agent] [7]_[late].wav",
	} {
		if got := cutUp(example); got != want {
			t.Errorf("%s is cut into\n%s, want\n%s", example, got, want)
		}
	}
}

// Folders of an example in which nothing is pointed at may be other ones, and
// more or fewer.
func TestAPatternIsOfTheFileWhereNothingElseIsPointedAt(t *testing.T) {
	const example = "2026/Billing/20261110094200_Ada.wav"
	profile, err := Pattern(example, []desk.NamePart{at(example, "agent", "Ada")})
	if err != nil {
		t.Fatal(err)
	}
	const other = "20261111094200_Bob.wav"
	root := folder(t, map[string]string{other: string(wave(80))})
	found, _ := recordingOf(t, desk.ImportRequest{Paths: []string{root}, Profile: profile}, other)
	if got := found.Meta.Agent.Open(); got != "Bob" {
		t.Errorf("the agent is %q", got)
	}
}

// FuzzNameParts holds the parts of any name to lie within it, one behind another,
// and each to make a pattern of its own.
func FuzzNameParts(f *testing.F) {
	for _, seed := range []string{"10.11.2026 09.42 Mu\u0308ller.wav", "a/b/20261110.mp3", "\xff_1794303720.17", "....", "２０２６１１１０-１.wav"} {
		f.Add(seed)
	}
	c := New(diskFiles, time.UTC)
	f.Fuzz(func(t *testing.T, example string) {
		name, parts := c.NameParts(example)
		end := 0
		for _, part := range parts {
			if part.From < end || part.To <= part.From || part.To > len([]rune(name)) {
				t.Fatalf("%q: a part from %d to %d, after %d", name, part.From, part.To, end)
			}
			end = part.To
			part.Field = "queue"
			profile, err := c.Pattern(example, []desk.NamePart{part})
			if err != nil {
				t.Fatalf("%q: %v (%s)", name, err, review.CodeOf(err))
			}
			if _, err := ProfileOf(profile); err != nil {
				t.Fatalf("%q: %v", name, err)
			}
		}
	})
}
