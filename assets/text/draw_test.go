package text

import (
	"testing"

	"github.com/earshot-app/earshot/review/sampling"
)

// A draw that does not hold must say why in words, whatever the reason.
func TestEveryCheckOfADrawHasASentence(t *testing.T) {
	for _, check := range sampling.Checks {
		key := "draw.fails-" + string(check)
		if _, ok := For("en").find(key); !ok {
			t.Errorf("no text %q", key)
		}
	}
}
