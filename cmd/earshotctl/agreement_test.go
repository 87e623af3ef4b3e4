package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
)

// Two people hear ten calls and tag one issue as the observers of Krippendorff
// 2011, data A: their α is .095, which scripts and people read with where it lies.
// Ten calls tell little, so that is far from either end.
func TestAgreementIsPrintedWithWhereItLies(t *testing.T) {
	host, ada := newCtl(t), newCtl(t)
	recorded, table := recordings(t, 10)
	for _, c := range []*ctl{host, ada} {
		get[any](c, "import", recorded, "--metadata", table)
	}
	draw := get[drawn](host, "draw", "-n", "10", "--seed", "meeting-61")
	get[any](host, "tag", "c-01", "--issue", "Late bill", "--at", "5") // so that it is on both their lists
	file := func(name string) string { return filepath.Join(recorded, name+".earshot-session") }
	id := get[struct{ Session string }](host, "session", "host", "--draw", draw.ID, "--name", "Hedda", "--offline", "-o", file("open")).Session
	get[any](ada, "session", "import", file("open"), "--name", "Ada")
	for c, held := range map[*ctl]string{host: "0100000010", ada: "1110010000"} {
		for i, h := range held {
			uid := fmt.Sprintf("c-%02d", i)
			if h == '1' {
				get[any](c, "tag", uid, "--issue", "Late bill", "--at", "5")
			}
			get[any](c, "heard", uid)
		}
	}
	get[any](ada, "session", "export", id, "-o", file("ada"))
	get[any](host, "session", "import", file("ada"), "--admit")
	get[any](host, "session", "reveal", id)
	a := get[agreementShown](host, "session", "agreement", id)
	if len(a.Issues) != 1 {
		t.Fatalf("agreement: %+v", a)
	}
	for name, f := range map[string][3]*float64{"all": {a.Alpha, a.Low, a.High}, "the bill": {a.Issues[0].Alpha, a.Issues[0].Low, a.Issues[0].High}} {
		if f[0] == nil || f[1] == nil || f[2] == nil {
			t.Fatalf("of %s it tells %+v", name, a)
		}
		if math.Abs(*f[0]-.095) > .001 || *f[1] > *f[0]-.2 || *f[2] < *f[0]+.2 {
			t.Errorf("α of %s is %.3f, between %.3f and %.3f", name, *f[0], *f[1], *f[2])
		}
	}
	said := fmt.Sprintf("0.10 (%.2f to %.2f)", *a.Low, *a.High)
	if out, _, _ := host.run("session", "agreement", id); strings.Count(out, said) != 2 {
		t.Errorf("people read, of %q:\n%s", said, out)
	}
}
