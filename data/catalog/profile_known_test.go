package catalog

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// recognised lays out files and answers which profile reads them.
func recognised(t *testing.T, names ...string) (desk.Recognition, string) {
	t.Helper()
	files := map[string]string{}
	for _, name := range names {
		files[name] = "x"
	}
	root := folder(t, files)
	known, err := New(diskFiles, time.UTC).Recognise(t.Context(), []string{root})
	if err != nil {
		t.Fatal(err)
	}
	return known, root
}

func TestRecognition(t *testing.T) {
	const freepbx = "q-600-5550100-20261110-094203-1794300120.17.wav"
	tests := []struct {
		name  string
		files []string
		want  string
	}{
		{"names that say nothing", []string{"call-01.wav", "interview.wav"}, desk.PlainProfile},
		{"no files", nil, desk.PlainProfile},
		{"a name like Puzzel's without its sidecar", []string{"call_01.wav", "call_02.wav"}, desk.PlainProfile},
		{"most names of one vendor", []string{freepbx, "out-030123456-201-20261110-094200-1794300118.18.wav", "note.wav"}, "freepbx"},
		{"a few names of one vendor", []string{freepbx, "a.wav", "b.wav", "c.wav"}, desk.PlainProfile},
		{"RingCentral, whose names look like VICIdial's", []string{"20251104-133555_302_(252)555-0186_Outgoing_Auto_2243071124051.mp3"}, "ringcentral"},
		{"VICIdial", []string{"20051020-103108_6666-all.mp3", "20051020-113108_Outgoing-all.mp3"}, "vicidial"},
		{"a call log alone", []string{"cdr-csv/Master.csv"}, "asterisk"},
		{"recordings that the call log does not name", []string{"Master.csv", "interview.wav"}, desk.PlainProfile},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if known, _ := recognised(t, test.files...); known.Profile != test.want {
				t.Errorf("taken for %+v, want %s", known, test.want)
			}
		})
	}
}

// The leader need not know that there is a call log, nor where.
func TestAVendorsTableIsFound(t *testing.T) {
	known, root := recognised(t, "log/cdr-csv/Master.csv", "monitor/1794300120.17.wav")
	req := known.Settle(desk.ImportRequest{Paths: []string{root}})
	if want := filepath.Join(root, "log", "cdr-csv", "Master.csv"); req.Profile != "asterisk" || req.Metadata != want {
		t.Errorf("settled for %s and %s", req.Profile, req.Metadata)
	}
	asked := known.Settle(desk.ImportRequest{Paths: []string{root}, Profile: desk.PlainProfile})
	if asked.Profile != desk.PlainProfile || asked.Metadata != "" {
		t.Errorf("a request for no profile became %+v", asked)
	}
}

func TestUnknownProfilesAreRefused(t *testing.T) {
	for _, id := range []string{"nobody", "{", `{"recordings":[{"pattern":"("}]}`, `{"unknown":1}`} {
		err := New(diskFiles, time.UTC).Walk(t.Context(), desk.ImportRequest{Paths: []string{t.TempDir()}, Profile: id},
			func(desk.Found) error { return nil })
		if codeOf(err) != BadProfile {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// A preview reads what the walk does, and no more than is asked for.
func TestAPreviewIsTheBeginning(t *testing.T) {
	root := folder(t, map[string]string{
		"20051020-103108_1111-all.wav": string(wave(80)),
		"20051020-103109_2222-all.wav": string(wave(80)),
		"20051020-103110_3333-all.wav": string(wave(80)),
	})
	p, err := New(diskFiles, berlin(t)).Preview(t.Context(), desk.ImportRequest{Paths: []string{root}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if p.Taken != "vicidial" || p.Fit != 3 || len(p.Rows) != 2 || p.Rows[0].Meta.StartSaid != "20051020-103108" {
		t.Errorf("previewed %+v", p)
	}
}
