package review

import (
	"strings"
	"testing"
)

// The people of a call are hidden however they are spoken of; others' words are
// left as they are.
func TestAMaskHidesTheNamesAndNumbersOfACall(t *testing.T) {
	m := NewMask(Hide("Will Øre-Haugen"), Hide("+49 170 5550100"), Hide(""), Hide("Bo"))
	for said, want := range map[string]string{
		"Hello, this is Will.":                 "Hello, this is [hidden].",
		"I will call Mr Haugen, HAUGEN!":       "I will call Mr [hidden], [hidden]!",
		"my name is will":                      "my name is [hidden]",
		"Øre's number is 0170 / 555 01 00, ok": "[hidden]'s number is [hidden], ok",
		"It is 0170-5550100":                   "It is [hidden]",
		"Not 0170-5550101 but 12":              "Not 0170-5550101 but 12",
		"Goodwill of Bo, 100 €":                "Goodwill of Bo, 100 €",
		"":                                     "",
	} {
		if got := m.Hide(said); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}

// Whatever is said, nothing is lost but what is hidden.
func FuzzMask(f *testing.F) {
	f.Add("Call Ada at +49 170 555-01 00 (mobile).")
	f.Add("\xff Ada \x00 0170 ")
	m := NewMask(Hide("Ada Quill"), Hide("01705550100"))
	f.Fuzz(func(t *testing.T, said string) {
		got := m.Hide(said)
		if strings.Contains(" "+got+" ", " Ada ") {
			t.Errorf("%q shows the name", got)
		}
		if !strings.Contains(got, Masked) && got != said {
			t.Errorf("%q became %q", said, got)
		}
	})
}
