//go:build !linux && !darwin

package sqlite

import "strings"

// shareKind names the network file system that dir lies on, or "". Only a UNC
// path can be told without asking the system.
func shareKind(dir string) string {
	if strings.HasPrefix(dir, `\\`) {
		return "UNC"
	}
	return ""
}
