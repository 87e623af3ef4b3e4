package sound_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/sound"
)

func TestWithout(t *testing.T) {
	span := func(from, to int) sound.Span {
		return sound.Span{From: time.Duration(from) * time.Second, To: time.Duration(to) * time.Second}
	}
	for name, c := range map[string]struct{ a, b, want []sound.Span }{
		"nothing taken":    {[]sound.Span{span(1, 4)}, nil, []sound.Span{span(1, 4)}},
		"all taken":        {[]sound.Span{span(1, 4), span(6, 7)}, []sound.Span{span(0, 9)}, nil},
		"the middle":       {[]sound.Span{span(1, 9)}, []sound.Span{span(3, 5)}, []sound.Span{span(1, 3), span(5, 9)}},
		"both ends":        {[]sound.Span{span(2, 8)}, []sound.Span{span(7, 9), span(1, 3)}, []sound.Span{span(3, 7)}},
		"beside":           {[]sound.Span{span(2, 4)}, []sound.Span{span(0, 2), span(4, 6)}, []sound.Span{span(2, 4)}},
		"over two at once": {[]sound.Span{span(0, 3), span(5, 8)}, []sound.Span{span(2, 6)}, []sound.Span{span(0, 2), span(6, 8)}},
	} {
		if diff := cmp.Diff(c.want, sound.Without(c.a, c.b)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
