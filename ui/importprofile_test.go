package ui

import (
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

func freepbx() desk.Preview {
	return desk.Preview{
		Recognition: desk.Recognition{Profile: "freepbx", Name: "FreePBX", Files: 4, Fit: 4},
		Taken:       "freepbx", Category: "profile.category_table", Vendors: []desk.Vendor{{ID: "freepbx", Name: "FreePBX"}, {ID: "3cx", Name: "3CX"}},
		Rows: []desk.Found{{Name: "q-600.wav", Meta: desk.Meta{Queue: "600", Agent: review.Hide("Ada Quill")}}},
	}
}

// A vendor's folder is shown as it will be read before anything is stored.
func TestARecognisedVendorIsShownBeforeTheImport(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.names = freepbx()
		b.Import([]string{"/calls/monitor"})
		b.settle()
		if len(b.desk.imports) != 0 || len(b.modals) != 1 {
			t.Fatalf("%d imports, %d dialogs", len(b.desk.imports), len(b.modals))
		}
		b.modals[0].enter()
		b.settle()
		if len(b.desk.imports) != 1 || b.desk.imports[0].Profile != "freepbx" {
			t.Errorf("imported %+v", b.desk.imports)
		}
	})
}

func TestALeaderMayDeclineAVendor(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.names = freepbx()
		b.Import([]string{"/calls/monitor"})
		b.settle()
		b.modals[0].escape()
		b.settle()
		if len(b.desk.imports) != 0 || len(b.modals) != 0 {
			t.Errorf("%d imports, %d dialogs", len(b.desk.imports), len(b.modals))
		}
		b.offerProfile(desk.ImportRequest{Paths: []string{"/calls/monitor"}, Profile: "plain"})
		b.settle()
		b.modals[0].enter()
		b.settle()
		if len(b.desk.imports) != 1 || b.desk.imports[0].Profile != "plain" {
			t.Errorf("imported %+v", b.desk.imports)
		}
	})
}

// What is read of a name says that there is an agent, and never who.
func TestAPreviewHidesPeople(t *testing.T) {
	window(t, 5, func(b *bench) {
		if got := b.readOf(freepbx().Rows[0]); got != "queue 600  ·  an agent" {
			t.Errorf("it says %q", got)
		}
	})
}

// The start is that of the person's own clock, beside the source's words and the
// zone in which they were read.
func TestAPreviewSaysHowAStartWasTold(t *testing.T) {
	window(t, 5, func(b *bench) {
		start := time.Date(2022, 4, 10, 13, 17, 0, 0, time.Local)
		meta := desk.Meta{Start: start.UTC(), StartSaid: "20220410-1847", Zone: "+05:30"}
		if got, want := b.readOf(desk.Found{Meta: meta}), "10 Apr 2022, 13:17 (“20220410-1847” at +05:30)"; got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
		meta.ZoneGuessed = true
		if got, want := b.readOf(desk.Found{Meta: meta}), "10 Apr 2022, 13:17 (“20220410-1847”, taken for +05:30)"; got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	})
}
