package playback_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails when a player or an output leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
