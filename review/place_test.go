package review_test

import (
	"path/filepath"
	"testing"

	"github.com/earshot-app/earshot/review"
)

func TestWhereFilesLie(t *testing.T) {
	folder := t.TempDir()
	for _, test := range []struct{ root, name, want string }{
		{folder, "2026/11/a.wav", filepath.Join(folder, "2026", "11", "a.wav")},
		{"s3://calls/2026", "11/a.wav", "s3://calls/2026/11/a.wav"},
		{"s3://quality@calls/", "a//b/../c.wav", "s3://quality@calls/a//b/../c.wav"}, // keys are no paths
	} {
		if got := review.Under(test.root, test.name); got != test.want {
			t.Errorf("%q below %q: %q", test.name, test.root, got)
		}
	}
	if got, err := review.Absolute("s3://calls/2026/"); err != nil || got != "s3://calls/2026" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := review.Absolute("calls"); err != nil || !filepath.IsAbs(got) {
		t.Errorf("%q, %v", got, err)
	}
}
