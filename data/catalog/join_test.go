package catalog

import (
	"path/filepath"
	"testing"
	"time"

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
