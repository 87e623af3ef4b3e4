package sampling

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails when a test leaves a goroutine behind: a draw ends those that
// read its frame.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
