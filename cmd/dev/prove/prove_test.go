package prove_test

import (
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/cmd/dev/prove"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A few rounds of each fault lose nothing. What this computer does not let us try
// is told in the table, and is no loss.
func TestNothingIsLost(t *testing.T) {
	t.Chdir("../../..")
	var table strings.Builder
	if err := prove.Run(t.Context(), &table, prove.Options{Quick: true}); err != nil {
		t.Errorf("%v\n%s", err, table.String())
	}
	t.Log(table.String())
}
