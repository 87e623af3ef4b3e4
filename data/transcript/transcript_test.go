package transcript

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/sound"
)

// heard reads text as the file of a call whose agent is Dana Whitfield.
func heard(t testing.TB, text string) (dialogue.Transcript, []string) {
	t.Helper()
	var left []string
	got, err := read(strings.NewReader(text), desktop(&left))
	if err != nil {
		t.Fatal(err)
	}
	return got, left
}

func turn(at, until time.Duration, role dialogue.Role, text string) dialogue.Turn {
	return dialogue.Turn{At: at * time.Millisecond, Until: until * time.Millisecond, Role: role, Text: text}
}

func span(from, to time.Duration) []sound.Span {
	return []sound.Span{{From: from * time.Millisecond, To: to * time.Millisecond}}
}

func check(t *testing.T, name, text string, want dialogue.Transcript, wantLeft ...string) {
	t.Helper()
	got, left := heard(t, text)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
	if diff := cmp.Diff(wantLeft, left); diff != "" {
		t.Errorf("%s: left out (-want +got):\n%s", name, diff)
	}
}

func file(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestWebVTT(t *testing.T) {
	check(t, "all that the standard allows", "\ufeffWEBVTT - Call\r\nKind: captions\r\n\r\n"+
		"STYLE\r\n::cue(v) { color: red }\r\n\r\nREGION\r\nid:fred\r\n\r\nNOTE made by hand\r\n\r\n"+
		"intro\r\n00:05.000 --> 00:08.200 align:start position:0%\r\n<v Customer>I moved in June, &amp; the\r\nbill <i>still</i> goes <00:07.000>there.\r\n\r\n"+
		"01:00:00.500 --> 01:00:01.000\r\n<v.loud Dana>Oh no.</v> <v Walt>Yes.\r\n",
		dialogue.Transcript{Turns: []dialogue.Turn{
			turn(5000, 8200, dialogue.Customer, "I moved in June, & the bill still goes there."),
			turn(3600500, 3601000, dialogue.Agent, "Oh no."),
			{At: 3600500 * time.Millisecond, Until: 3601 * time.Second, Voice: 1, Text: "Yes."},
		}})
	check(t, "bad cues", "WEBVTT\n\n00:01.000 --> soon\nlost\n\n00:02.000 --> 00:01.000\nbackwards\n\n00:03.000 --> 00:04.000\nkept\n\nno time\n",
		dialogue.Transcript{Turns: []dialogue.Turn{turn(3000, 4000, "", "kept")}}, "3 bad-cue", "6 bad-cue")
	check(t, "old line ends", "WEBVTT\r\r00:01.000 --> 00:02.000\rone\r", dialogue.Transcript{Turns: []dialogue.Turn{turn(1000, 2000, "", "one")}})
}

func TestSubRip(t *testing.T) {
	check(t, "commas, tags, labels", "1\r\n00:00:01,000 --> 00:00:02,500\r\nAgent: <b>Hello</b>,\r\nDana here.\r\n\r\n"+
		"2\r\n00:00:03,000 --> 00:00:04,000\r\n{\\an8}Kundin: Jürgen & ich – kündigen.\r\n\r\n",
		dialogue.Transcript{Turns: []dialogue.Turn{
			turn(1000, 2500, dialogue.Agent, "Hello, Dana here."),
			turn(3000, 4000, dialogue.Customer, "Jürgen & ich – kündigen."),
		}})
	check(t, "no empty lines, no milliseconds", "1\n00:01 --> 00:02\none\n2\n00:03 --> 00:04\ntwo\n",
		dialogue.Transcript{Turns: []dialogue.Turn{turn(1000, 2000, "", "one"), turn(3000, 4000, "", "two")}})
	check(t, "a bad cue by its line", "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n00:0x:03,000 --> 00:00:04,000\nlost\n\nstray words\n\n3\n00:00:05,000 --> 00:00:06,000\nthree\n",
		dialogue.Transcript{Turns: []dialogue.Turn{turn(1000, 2000, "", "one"), turn(5000, 6000, "", "three")}}, "6 bad-cue", "9 bad-cue")
	check(t, "Windows-1252", "1\n00:00:01,000 --> 00:00:02,000\nK\xfcndigung \x96 ja\n",
		dialogue.Transcript{Turns: []dialogue.Turn{turn(1000, 2000, "", "Kündigung – ja")}})
	check(t, "UTF-16", "\xff\xfe1\x00\n\x000\x000\x00:\x000\x001\x00 \x00-\x00-\x00>\x00 \x000\x000\x00:\x000\x002\x00\n\x00h\x00i\x00",
		dialogue.Transcript{Turns: []dialogue.Turn{turn(1000, 2000, "", "hi")}})
	check(t, "hold, as captions say it", "1\n00:00:10,000 --> 00:00:40,000\n[Hold music]\n\n2\n00:00:41,000 --> 00:00:42,000\nPlease hold.\n",
		dialogue.Transcript{
			Turns: []dialogue.Turn{turn(10000, 40000, "", "[Hold music]"), turn(41000, 42000, "", "Please hold.")},
			Holds: span(10000, 40000),
		})
}

// The expected times and roles are those written in testdata/lens.json, in the
// shape of Amazon's published example: participants behind the transcript, a
// brace too many at the end.
func TestContactLens(t *testing.T) {
	want := dialogue.Transcript{
		Turns: []dialogue.Turn{
			turn(160, 4640, dialogue.Agent, "Larkspur Billing, this is [PII]."),
			turn(4700, 7900, dialogue.Customer, "The bill still goes to my old address."),
		},
		Quiet: span(16450, 24140), Overtalk: span(10710, 14500),
	}
	whole := file(t, "lens.json")
	check(t, "whole", whole, want, "0 bad-turn n=3")
	cut := whole[:strings.Index(whole, `{"Id": "3"`)]
	short := dialogue.Transcript{Turns: []dialogue.Turn{
		{At: 160 * time.Millisecond, Until: 4640 * time.Millisecond, Voice: 1, Text: want.Turns[0].Text},
		{At: 4700 * time.Millisecond, Until: 7900 * time.Millisecond, Voice: 2, Text: want.Turns[1].Text},
	}}
	check(t, "broken off before it says who is who", cut, short, "0 transcript-cut")
}

func TestTranscribeCallAnalytics(t *testing.T) {
	check(t, "roles in the turns", `{"JobStatus":"COMPLETED","Transcript":[
		{"LoudnessScores":[78.6],"Content":"Ansage.","Id":"1","BeginOffsetMillis":0,"EndOffsetMillis":10,"ParticipantRole":"SYSTEM"},
		{"Content":"Hello?","Id":"2","BeginOffsetMillis":1430,"EndOffsetMillis":2000,"ParticipantRole":"CUSTOMER","Items":[{"Content":"Hello","Type":"pronunciation"}]},
		{"Content":"Hi.","Id":"3","BeginOffsetMillis":1200,"EndOffsetMillis":1900,"ParticipantRole":"AGENT"}],"Channel":"VOICE"}`,
		dialogue.Transcript{Turns: []dialogue.Turn{
			turn(0, 10, dialogue.System, "Ansage."), turn(1200, 1900, dialogue.Agent, "Hi."), turn(1430, 2000, dialogue.Customer, "Hello?"),
		}})
}

// Times are counted from the recording's start, 1693351144873 ms after 1970.
func TestGenesys(t *testing.T) {
	check(t, "from 1970", file(t, "genesys.json"), dialogue.Transcript{
		Turns: []dialogue.Turn{
			turn(27, 927, dialogue.System, "guten tag hier ist die ansage"),
			turn(2000, 3000, dialogue.Agent, "was kann ich für sie tun"),
			turn(4000, 5500, dialogue.Customer, "Ich möchte kündigen."),
		},
		Quiet: span(10000, 12000), Overtalk: span(500, 750),
	})
	check(t, "from the start, and one phrase without a time", `{"transcripts":[{"phrases":[{"text":"hi","startTimeMs":500,"durationMs":100,"participantPurpose":"agent"},{"text":"lost"}]}]}`,
		dialogue.Transcript{Turns: []dialogue.Turn{turn(500, 600, dialogue.Agent, "hi")}}, "0 bad-turn n=2")
}

// Files that are no transcript are nobody's business.
func TestWhatIsNoTranscriptSaysNothing(t *testing.T) {
	for _, text := range []string{
		"", " ", "hello", "call,start\n1,2", `{"conversationId":"c","durationMs":3}`, `{"Transcript":"text"}`, `{"transcripts":{"a":[1]}}`,
		`{"results":{"transcripts":[{"transcript":"x"}]}}`, "[1,2]", "1\n2\n3", "WEBVTTX\n\n00:01.000 --> 00:02.000\nno",
	} {
		check(t, text, text, dialogue.Transcript{})
	}
}

// What a broken file would have told is lost, whether it came to a turn or not.
func TestBrokenJSONIsToldOf(t *testing.T) {
	for _, text := range []string{"{", `{"Transcript":[`, `{"Transcript":[{"Content":"hi"`, `{"conversationId":"c",}`, `{"JobStatus":"COMPLETED" "Version"`} {
		check(t, text, text, dialogue.Transcript{}, "0 transcript-cut")
	}
}

// A name that a source labels a speaker with never gets through; what only looks
// like a label stays.
func TestLabelsBecomeRolesAndVoices(t *testing.T) {
	srt := func(lines ...string) string {
		var b strings.Builder
		for i, line := range lines {
			fmt.Fprintf(&b, "%d\n00:00:%02d,000 --> 00:00:%02d,500\n%s\n\n", i+1, i, i, line)
		}
		return b.String()
	}
	tests := []struct {
		text string
		want string
	}{
		{srt("Dana Whitfield: Hello.", "June: My bill."), "agent Hello.|customer My bill."},
		{srt("dana: Hello.", "June: My bill.", "Otto: Mine too."), "agent Hello.|1 My bill.|2 Mine too."},
		{srt("Speaker 1: Hello.", "Speaker 2: My bill.", "Speaker 1: Oh."), "1 Hello.|2 My bill.|1 Oh."},
		{srt("Agent 1: Hello.", "Remember: the bill.", "yes", "no"), "agent Hello.|0 Remember: the bill.|0 yes|0 no"},
		{srt("[Customer]: at 10:30, he said: no"), "customer at 10:30, he said: no"},
		{"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Dana Whitfield>Hello.\n\n00:01.000 --> 00:02.000\n<v +1 202 555 0117>My bill.\n", "agent Hello.|customer My bill."},
	}
	for _, test := range tests {
		got, _ := heard(t, test.text)
		var said []string
		for _, turn := range got.Turns {
			who := string(turn.Role)
			if who == "" {
				who = fmt.Sprint(turn.Voice)
			}
			said = append(said, who+" "+turn.Text)
		}
		if all := strings.Join(said, "|"); all != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.text, all, test.want)
		}
	}
}

// A file of another kind must not fill the list of problems.
func TestFaultsOfOneFileAreFew(t *testing.T) {
	var left []string
	text := "1\n00:00 --> 00:01\na\n\n" + strings.Repeat("x --> y\n\n", 1000)
	if _, err := read(strings.NewReader(text), desktop(&left)); err != nil || len(left) != mostLeft {
		t.Errorf("%d faults, %v, want %d", len(left), err, mostLeft)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"lens.json", "genesys.json"} {
		f.Add([]byte(file(f, name)))
	}
	f.Add([]byte("WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Dana>a</v><v B>b\n\nNOTE\n-->\n"))
	f.Add([]byte("1\n00:00:01,000 --> 00:00:02,000\nAgent: hi\n2\n00:01 --> 00:02\nb\n"))
	f.Add([]byte("\xff\xfe{\x00}\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var left []string
		got, err := read(strings.NewReader(string(raw)), desktop(&left))
		if err != nil {
			t.Fatal(err)
		}
		last := time.Duration(0)
		for _, turn := range got.Turns {
			if turn.At < last || turn.Until < turn.At {
				t.Errorf("a turn from %v to %v behind one at %v", turn.At, turn.Until, last)
			}
			if last = turn.At; turn.Text == "" || !utf8.ValidString(turn.Text) || strings.ContainsFunc(turn.Text, unicode.IsControl) {
				t.Errorf("a turn says %q", turn.Text)
			}
		}
	})
}

func TestNamesOfSidecars(t *testing.T) {
	const id, other = "c6ad7525-4209-4f4c-aca2-f04597dd29b3", "11111111-2222-3333-4444-555555555555"
	tests := []struct {
		name     string
		beside   []string
		contacts []string
		place    int
	}{
		{"a/call-01.vtt", []string{"a/call-01"}, nil, 3},
		{"a/call-01.wav.SRT", []string{"a/call-01.wav", "a/call-01"}, nil, 4},
		{"call.de-DE.vtt", []string{"call.de-DE", "call"}, nil, 3},
		{"call_transcript.json", []string{"call_transcript", "call"}, nil, 1},
		{id + "_analysis_redacted_2021-09-09T18_13_13Z.json", []string{id + "_analysis_redacted_2021-09-09T18_13_13Z"}, []string{id}, 0},
		{"conversation_id=" + strings.ToUpper(id) + "/" + other + ".transcript.json", []string{
			"conversation_id=" + strings.ToUpper(id) + "/" + other + ".transcript", "conversation_id=" + strings.ToUpper(id) + "/" + other,
		}, []string{other, id}, 1},
	}
	for _, test := range tests {
		s, ok := sidecar(test.name)
		if !ok || s.Place != test.place {
			t.Errorf("%s: place %d, %v, want %d", test.name, s.Place, ok, test.place)
		}
		if diff := cmp.Diff(test.beside, s.Beside); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		if diff := cmp.Diff(test.contacts, s.Contacts); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	for _, name := range []string{"call.wav", "calls.csv", "vtt", "a.vtt/b"} {
		if _, ok := sidecar(name); ok {
			t.Errorf("%s is taken for a sidecar", name)
		}
	}
}

func reasons(line int, reason *review.Error) string {
	said := fmt.Sprintf("%d %s", line, reason.Code)
	if n, ok := reason.Args["n"]; ok {
		said += fmt.Sprintf(" n=%v", n)
	}
	return said
}
