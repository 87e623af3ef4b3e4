package catalog

import (
	"regexp"
	"sync"
)

// lazily is an expression that is compiled when it is first asked for: most
// programs that link this package read no table.
func lazily(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
