package codebook_test

import (
	"testing"

	"github.com/earshot-app/earshot/review/codebook"
)

func near(a, b string) bool {
	return len(codebook.Near(a, []codebook.Name{{ID: "b", Text: b}})) > 0
}

// Names that two people give one issue, and names of two issues, as leaders of
// contact centres in two languages would write them.
func TestWhichNamesLookLikeOneIssue(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"invoice old adress", "Invoice goes to the old address", true},
		{"Invoices go to old address", "Invoice goes to the old address", true},
		{"Charged twice", "Charged twice after a plan change", true},
		{"Double charge after plan change", "Charged twice after a plan change", false},
		{"Plan change: charged twice", "Charged twice after a plan change", true},
		{"Refund promised – not paid", "Refund promised, not paid", true},
		{"Router resets at night", "Router resets nightly", true},
		{"Refunds", "Refund", true},
		{"SIM activation code unclear", "Sim-activation code is unclear", true},
		{"Discount missing on first bill", "Discount missing from first bill", true},
		{"Cancelation not confirmed", "Cancellation not confirmed", true},
		{"technican did not come", "Technician didn't come", true},
		{"Rechnung an alte Adresse", "Rechnung geht an die alte Adresse", true},
		{"Rechnungsadresse alt", "Rechnung an alte Adresse", true},
		{"Rechnungs-Adresse veraltet", "Rechnungsadresse veraltet", true},
		{"Kündigung nicht bestätigt", "Kuendigung nicht bestaetigt", true},
		{"Gutschrift fehlt", "Gutschriften fehlen", true},
		{"Techniker-Termin verschoben", "Technikertermin verschoben", true},
		{"Vertragsverlängerung unbemerkt", "Verlängerung des Vertrags unbemerkt", true},
		{"Straße falsch geschrieben", "Strasse falsch geschrieben", true},

		{"Invoice goes to the new address", "Invoice goes to the old address", false},
		{"Invoice too low", "Invoice too high", false},
		{"Charged wrong after a plan change", "Charged twice after a plan change", false},
		{"Refund promised, paid", "Refund promised, not paid", false},
		{"Error 503 at login", "Error 504 at login", false},
		{"Router", "Router resets nightly", false},
		{"Cannot find the invoice online", "Invoice goes to the old address", false},
		{"Address change needs two calls", "Invoice goes to the old address", false},
		{"Rechnung zu hoch", "Rechnung zu niedrig", false},
		{"Rechnung nicht erhalten", "Rechnung erhalten", false},
		{"Internet fällt aus", "Fernsehen fällt aus", false},
		{"Late bill", "Rate bill", false},
		{"the", "a", false},
		{"", "Refund", false},
	} {
		if near(c.a, c.b) != c.want || near(c.b, c.a) != c.want {
			t.Errorf("%q and %q: near is %t and %t, want %t", c.a, c.b, near(c.a, c.b), near(c.b, c.a), c.want)
		}
	}
}

func TestTheSameNameIsNotNear(t *testing.T) {
	if near("Late bill", "late BILL") {
		t.Error("an issue is shown beside itself")
	}
}

func TestNearNamesComeNearestFirstAndEachIssueOnce(t *testing.T) {
	got := codebook.Near("invoice old adress", []codebook.Name{
		{"far", "Router resets nightly"},
		{"b", "Invoice goes out to the old address again"},
		{"a", "Invoice to old address"},
		{"a", "Old invoice address"},
	})
	if len(got) != 2 || got[0].ID != "a" || got[1].ID != "b" {
		t.Errorf("%+v", got)
	}
}

func FuzzNear(f *testing.F) {
	f.Add("Rechnungsadresse alt", "Rechnung an alte Adresse")
	f.Add("\xff\u0308ß", "ﬁn’’’é e")
	f.Fuzz(func(t *testing.T, a, b string) {
		if near(a, b) != near(b, a) {
			t.Errorf("%q is near %q and not the other way round", a, b)
		}
	})
}
