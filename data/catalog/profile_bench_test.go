package catalog

import (
	"context"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// BenchmarkNames reads one name: what a profile costs a look through a million
// recordings.
func BenchmarkNames(b *testing.B) {
	for id, name := range map[string]string{
		"freepbx":        "2026/11/10/q-600-03012345678-20261110-094203-1794300120.17.wav",
		"vicidial":       "MP3/20051020-103108_6666-all.mp3",
		"amazon-connect": "connect/acme/CallRecordings/2022/04/07/c6ad7525-4209-4f4c-aca2-f04597dd29b3_20220407T13:14_UTC.wav",
	} {
		b.Run(id, func(b *testing.B) {
			p, err := ProfileOf(id)
			if err != nil {
				b.Fatal(err)
			}
			r := newReading(p, time.UTC)
			b.ReportAllocs()
			for b.Loop() {
				found := desk.Found{Root: "/r", Name: name, Recording: review.Recording{Channels: 1}}
				if of, skip := r.takes(&file{root: "/r", name: name}, true); !skip {
					r.tell(context.Background(), &found, of)
				}
			}
		})
	}
}
