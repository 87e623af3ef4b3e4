package catalog

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// walkAs lists what a catalogue finds of a vendor, as [walk] does.
func walkAs(t *testing.T, profile string, files map[string]string, unredacted bool) []string {
	t.Helper()
	return walk(t, desk.ImportRequest{Paths: []string{folder(t, files)}, Profile: profile, Unredacted: unredacted})
}

func codeOf(err error) review.Code { return review.CodeOf(err) }

// VICIdial mixes the two legs of a call and may leave them beside the mix.
func TestAMixIsHeardInPlaceOfItsLegs(t *testing.T) {
	sound := string(wave(80))
	want(t, walkAs(t, "vicidial", map[string]string{
		"20051020-103108_6666-all.wav":      sound,
		"ORIG/20051020-103108_6666-in.wav":  sound,
		"ORIG/20051020-103108_6666-out.wav": sound,
		"ORIG/20051020-113108_6666-in.wav":  sound,
		"ORIG/20051020-113108_6666-out.wav": sound,
	}, false),
		"20051020-103108_6666-all.wav", "ORIG/20051020-113108_6666-in.wav", "ORIG/20051020-113108_6666-out.wav")
}

// What a customer had redacted must not be heard by chance, and nothing twice.
func TestTheRedactedRecordingIsHeardUnlessChosenOtherwise(t *testing.T) {
	sound := string(wave(80))
	const (
		redacted = "Analysis/Voice/Redacted/58805c4e-1111-4f4c-aca2-f04597dd29b3_call_recording_redacted_2022-04-07T14_14_13Z.wav"
		whole    = "CallRecordings/58805c4e-1111-4f4c-aca2-f04597dd29b3_20220407T14_14_UTC.wav"
		other    = "CallRecordings/c6ad7525-4209-4f4c-aca2-f04597dd29b3_20220407T13_14_UTC.wav"
	)
	files := map[string]string{redacted: sound, whole: sound, other: sound}
	want(t, walkAs(t, "amazon-connect", files, false), redacted, other)
	want(t, walkAs(t, "amazon-connect", files, true), whole, other)
}

// A transfer makes a contact of its own; both are one customer's call.
func TestContactsThatWereTransferredShareTheFirstsID(t *testing.T) {
	const first, second = "58805c4e-1111-4f4c-aca2-f04597dd29b3", "7777705c-1111-4f4c-aca2-f04597dd29b3"
	root := folder(t, map[string]string{
		first + "_20220407T14_14_UTC.wav":  string(wave(80)),
		second + "_20220407T14_20_UTC.wav": string(wave(80)),
		"ctr.json":                         `{"ContactId":"` + second + `","InitialContactId":"` + first + `"}`,
	})
	for _, name := range []string{first + "_20220407T14_14_UTC.wav", second + "_20220407T14_20_UTC.wav"} {
		found, _ := recordingOf(t, desk.ImportRequest{Paths: []string{root}, Profile: "amazon-connect"}, name)
		if found.Contact != first || found.Meta.CallID != first {
			t.Errorf("%s is of contact %q, call %q", name, found.Contact, found.Meta.CallID)
		}
	}
}

// What cannot be read beside a recording must neither lose nor delay it.
func TestSidecarsThatCannotBeRead(t *testing.T) {
	const name = "conversation_id=9a3e1e32-29e3-4b8e-8a58-a5bbb1f3bb2a/5ae72bb1-0d3c-4a2e-9f4f-d9a5e6c9c001.wav"
	root := folder(t, map[string]string{name: string(wave(80)), name + "_metadata.json": `{"startTime":`})
	want(t, walk(t, desk.ImportRequest{Paths: []string{root}, Profile: "genesys-cloud"}), name, name+"_metadata.json bad-sidecar")

	if err := os.Remove(filepath.Join(root, name+"_metadata.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(root, name+"_metadata.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	want(t, walk(t, desk.ImportRequest{Paths: []string{root}, Profile: "genesys-cloud"}), name, name+"_metadata.json bad-sidecar")
}

// A record that a stream tore must not take those after it along.
func TestRecordsAfterABrokenOneAreRead(t *testing.T) {
	const id = "c6ad7525-4209-4f4c-aca2-f04597dd29b3"
	root := folder(t, map[string]string{
		id + "_20220407T13_14_UTC.wav": string(wave(80)),
		"ctr.jsonl":                    "{\"ContactId\":\"torn\",\"Queue\":{\n{\"ContactId\":\"" + id + "\",\"Queue\":{\"Name\":\"Billing\"}}\n",
	})
	want(t, walk(t, desk.ImportRequest{Paths: []string{root}, Profile: "amazon-connect"}),
		id+"_20220407T13_14_UTC.wav Billing", "ctr.jsonl bad-sidecar")
}

// Names of people are written in every script, and some disks take letters and
// their accents apart.
func TestPatternsTakeAnyLetters(t *testing.T) {
	for name, agent := range map[string]string{
		"20261110-094200_Jörg Müller-all.wav":   "Jörg Müller",
		"20261110-094200_Jo\u0308rg-all.wav":    "Jörg",
		"20261110-094200_Ольга-all.wav":         "Ольга",
		"20261110-094200_أحمد-all.wav":          "أحمد",
		"20261110-094200_李娜-all.wav":            "李娜",
		"20261110-094200_👩‍💻-all.wav":           "👩‍💻",
		"20261110-094200_a\nb-all.wav":          "a b",
		"20261110-094200_not\xffUTF-8-all.wav":  "not\xffUTF-8",
		"20261110-094200_-all-all.wav":          "-all",
		"tief/im/ordner/20261110-094200_x.gsm ": "",
	} {
		p, err := ProfileOf("vicidial")
		if err != nil {
			t.Fatal(err)
		}
		of := p.recording(name)
		got := ""
		if of != nil {
			got = p.sayings(of)[setAgent]
		}
		if got != agent {
			t.Errorf("%q is read as agent %q, want %q", name, got, agent)
		}
	}
}

// The offset is what the clock in the name is ahead of the id's Unix time, which
// a greeting may delay.
func TestOffsetsOfFreePBX(t *testing.T) {
	made := time.Date(2026, 11, 10, 8, 42, 0, 0, time.UTC)
	tests := []struct {
		wall string // of the recording's begin
		id   string
		want string
	}{
		{"09:42:03", "1794300120.17", "1h0m0s"},
		{"08:42:00", "1794300120.17", "0s"},
		{"09:41:58", "1794300120.17", "1h0m0s"}, // the clock was set meanwhile
		{"09:53:00", "1794300120.17", "1h0m0s"}, // eleven minutes of greeting
		{"00:42:05", "1794300120.17", "-8h0m0s"},
		{"14:12:05", "pbx-1-1794300120.17", "5h30m0s"}, // India
		{"14:27:05", "1794300120.17", "5h45m0s"},       // Nepal
		{"22:42:05", "1794300120.17", "14h0m0s"},       // Kiribati
		{"09:42:03", "99.17", ""},
		{"09:42:03", "x", ""},
		{"09:42:03", "", ""},
	}
	for _, test := range tests {
		clock, err := time.Parse(time.TimeOnly, test.wall)
		if err != nil {
			t.Fatal(err)
		}
		wall := time.Date(2026, 11, 10, clock.Hour(), clock.Minute(), clock.Second(), 0, time.UTC)
		got := ""
		if offset, ok := offsetOf(wall, test.id); ok {
			got = offset.String()
		}
		if got != test.want {
			t.Errorf("%s of %v, id %s: offset %q, want %q", test.wall, made, test.id, got, test.want)
		}
	}
}

// Nothing that a name holds may be shown but on request.
func TestPartiesStayPrivate(t *testing.T) {
	for _, p := range Profiles() {
		for _, e := range p.Examples {
			found, _ := recordingOf(t, desk.ImportRequest{Paths: []string{e.export(t)}, Profile: p.ID}, e.Name)
			uid := review.UID(found.Meta.CallID, []review.Private{found.Meta.Agent, found.Meta.Customer}, "salt", "root", "path")
			for _, name := range []string{e.Want["agent"], e.Want["customer"]} {
				if name != "" && uid == name {
					t.Errorf("%s: the uid %s is a name or a number", p.ID, uid)
				}
			}
		}
	}
}

// A call log has no zone; where the names tell it, the leader's own must not go
// over it.
func TestAGuessedZoneDoesNotGoOverAKnownOne(t *testing.T) {
	const name = "q-600-5550100-20261110-141203-1794300120.17.wav" // made in India
	root := folder(t, map[string]string{
		name:            string(wave(80)),
		"cdr__1pbx.csv": "calldate,src,uniqueid,recordingfile\n2026-11-10 14:12:00,5550100,1794300120.17," + name + "\n",
	})
	found, _ := recordingOf(t, desk.ImportRequest{Paths: []string{root}, Profile: "freepbx", Metadata: filepath.Join(root, "cdr__1pbx.csv")}, name)
	if want := time.Date(2026, 11, 10, 8, 42, 3, 0, time.UTC); !found.Meta.Start.Equal(want) || found.Meta.ZoneGuessed {
		t.Errorf("it begins at %v, guessed %v; want %v", found.Meta.Start, found.Meta.ZoneGuessed, want)
	}
}

// Every centre gives the attributes of its contacts names of its own.
func TestALeaderSaysWhichAttributeIsTheCategory(t *testing.T) {
	const id = "c6ad7525-4209-4f4c-aca2-f04597dd29b3"
	root := folder(t, map[string]string{
		id + "_20220407T13_14_UTC.wav": string(wave(80)),
		"ctr.json":                     `{"ContactId":"` + id + `","Attributes":{"callReason":"guessed","flow_7":"Invoice","product":"Internet"}}`,
	})
	for said, want := range map[string]string{"": "guessed", "flow_7": "Invoice"} {
		req := desk.ImportRequest{Paths: []string{root}, Profile: "amazon-connect"}
		if said != "" {
			req.Table.Columns = map[string]desk.Meaning{said: desk.MeansCategory, "product": desk.MeansNothing}
		}
		found, _ := recordingOf(t, req, id+"_20220407T13_14_UTC.wav")
		if found.Meta.Category != want {
			t.Errorf("with %q the category is %q, want %q", said, found.Meta.Category, want)
		}
	}
}

// VICIdial's short status is what the agent filed a call under; where its name
// stands beside it, the name is.
func TestAStatusOfVICIdialIsTheCategory(t *testing.T) {
	const name = "20261110-094200_6666-all.mp3"
	for row, want := range map[string]string{
		"call_date\tstatus\tuser\trecording_filename\n2026-11-10 09:42:00\tCALLBK\t6666\t20261110-094200_6666\n":                               "CALLBK",
		"call_date\tstatus\tuser\tstatus_name\trecording_filename\n2026-11-10 09:42:00\tCALLBK\t6666\tCall back later\t20261110-094200_6666\n": "Call back later",
	} {
		root := folder(t, map[string]string{name: string(wave(800)), "EXPORT_CALL_REPORT_1.txt": row})
		found, _ := recordingOf(t, desk.ImportRequest{Paths: []string{root}, Profile: "vicidial", Metadata: filepath.Join(root, "EXPORT_CALL_REPORT_1.txt")}, name)
		if m := found.Meta; m.Category != want || m.Agent.Open() != "6666" || len(m.Fields) != 0 {
			t.Errorf("category %q, agent %q, %d fields; want category %q", m.Category, m.Agent.Open(), len(m.Fields), want)
		}
	}
}
