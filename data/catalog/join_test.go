package catalog

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

var joins = []struct {
	name, csv string
	files     []string
	want      []string
}{
	{
		"by path before file name", "file,queue\nx/1.wav,X\ny/1.wav,Y\n",
		[]string{"1.wav", "x/1.wav", "y/1.wav"},
		[]string{"1.wav", "x/1.wav X", "y/1.wav Y"},
	},
	{
		"by path, though another is found first", "file,queue\nz/1.wav,Z\n",
		[]string{"a/1.wav", "z/1.wav"},
		[]string{"a/1.wav", "z/1.wav Z"},
	},
	{
		"by the path on the server", "file,queue\n" + `C:\rec\1.wav,X` + "\n/var/spool/2.wav,Y\ns3://calls/3.wav,Z\n",
		[]string{"a/1.wav", "a/2.wav", "b/3.wav"},
		[]string{"a/1.wav X", "a/2.wav Y", "b/3.wav Z"},
	},
	{
		"not by a file name that two recordings have", "file,queue\n1.wav,X\n",
		[]string{"a/1.wav", "b/1.wav"},
		[]string{"a/1.wav", "b/1.wav", "calls.csv:2 metadata-many-recordings"},
	},
	{
		"not by a file name that two rows have", "file,queue\n/u/1.wav,X\n/v/1.wav,Y\n",
		[]string{"a/1.wav"},
		[]string{"a/1.wav", "calls.csv:2 metadata-no-recording", "calls.csv:3 metadata-no-recording"},
	},
	{
		"by a file name without extension", "recording_filename,queue\n1,X\n",
		[]string{"a/1.wav"},
		[]string{"a/1.wav X"},
	},
	{
		"by call id", "call id,queue\nc-1,X\nc-2,Y\n",
		[]string{"agent/c-1.wav", "customer/c-1.wav", "c-2.wav"},
		[]string{"agent/c-1.wav X", "c-2.wav Y", "customer/c-1.wav X"},
	},
	{
		"by call id, if the file has another name now", "file,call id,queue\nold.mp3,c-1,X\n",
		[]string{"c-1.wav"},
		[]string{"c-1.wav X"},
	},
	{
		"or not at all", "file,queue\n1.wav,X\n3.wav,Y\n",
		[]string{"1.wav", "2.wav"},
		[]string{"1.wav X", "2.wav", "calls.csv:3 metadata-no-recording"},
	},
}

func TestRowsFindTheirRecordings(t *testing.T) {
	sound := string(wave(80))
	for _, test := range joins {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{}
			for _, name := range test.files {
				files[name] = sound
			}
			table := filepath.Join(folder(t, map[string]string{"calls.csv": test.csv}), "calls.csv")
			want(t, walk(t, desk.ImportRequest{Paths: []string{folder(t, files)}, Metadata: table}), test.want...)
		})
	}
}

// A recording whose name tells a number and a time finds the one row with that
// number at about that time.
func TestRowsAreFoundByNumberAndTime(t *testing.T) {
	table := read(t, "phone,start,queue\n+49 170 5550100,2026-11-10 09:42:00,Near\n01705550100,2026-11-10 15:00:00,Later\n"+
		"01705550199,2026-11-10 09:42:30,Another\n01705550177,2026-11-10 09:42:00,One\n01705550177,2026-11-10 09:43:00,Two\n")
	for _, test := range []struct {
		number, start, want string
	}{
		{"0170 5550100", "2026-11-10T08:43:10Z", "Near"},
		{"5550100", "2026-11-10T13:58:30Z", "Later"},
		{"5550100", "2026-11-10T13:57:30Z", ""}, // two and a half minutes before
		{"5550123", "2026-11-10T08:42:00Z", ""},
		{"5550177", "2026-11-10T08:42:30Z", ""}, // either of two
		{"100", "2026-11-10T08:42:00Z", ""},     // an extension, and no number
	} {
		start, err := time.Parse(time.RFC3339, test.start)
		if err != nil {
			t.Fatal(err)
		}
		meta, _, told, err := table.meta("/", "x.wav", desk.Meta{Customer: review.Hide(test.number), Start: start})
		if err != nil || meta.Queue != test.want || told != (test.want != "") {
			t.Errorf("%s at %s is told of by %q, %v; want %q", test.number, test.start, meta.Queue, err, test.want)
		}
	}
}

// Amazon delivers a contact record at least once, and again when it changes.
func TestOfRowsThatWereWrittenAgainTheLatestHolds(t *testing.T) {
	table := read(t, "contact id,last update timestamp,queue\nc-1,2026-11-10T10:00:00Z,Old\nc-1,2026-11-10T12:00:00Z,New\nc-1,2026-11-10T11:00:00Z,Between\n")
	see(t, table, "/", "c-1.wav")
	if got := toldOf(t, table, "/", "c-1.wav").Queue; got != "New" {
		t.Errorf("the queue is %q", got)
	}
	if _, faults := all(t, table); len(faults) != 0 {
		t.Errorf("faults %+v", faults)
	}
}

// Legs and transfers share a contact; a ring that nobody answered is a row more
// of the same recording.
func TestRowsOfOneContactAreOneCall(t *testing.T) {
	table := read(t, "uniqueid,linkedid,recordingfile,dst\n1.1,1.1,a.wav,600\n1.2,1.1,a.wav,601\n1.3,1.1,b.wav,602\n")
	for _, file := range []string{"a.wav", "b.wav"} {
		see(t, table, "/", file)
	}
	for _, file := range []string{"a.wav", "b.wav"} {
		if got := toldOf(t, table, "/", file).CallID; got != "1.1" {
			t.Errorf("%s is of call %q", file, got)
		}
	}
	if _, faults := all(t, table); len(faults) != 0 {
		t.Errorf("faults %+v", faults)
	}
}

// A table of calls that Earshot itself exported brings their ids to another library.
func TestTheColumnCallOfAnExportIsTheID(t *testing.T) {
	table := read(t, "call,file,queue\nc-17,a.wav,Billing\n")
	if got := toldOf(t, table, "/", "a.wav").CallID; got != "c-17" {
		t.Errorf("the recording is of call %q", got)
	}
}

func TestTheSameCallIDMakesTwoRecordingsOfOneCall(t *testing.T) {
	sound := string(wave(80))
	root := folder(t, map[string]string{
		"ivr.wav": sound, "agent.wav": sound, "calls.csv": "contact id,file\n4711,ivr.wav\n4711,agent.wav\n",
	})
	req := desk.ImportRequest{Paths: []string{root}, Metadata: filepath.Join(root, "calls.csv")}
	err := New(diskFiles, time.UTC).Walk(t.Context(), req, func(f desk.Found) error {
		if f.Problem != nil || f.Meta.CallID != "4711" {
			t.Errorf("%s: call %q, %v", f.Name, f.Meta.CallID, f.Problem)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
