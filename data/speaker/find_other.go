//go:build !linux

package speaker

// find knows of no card that is missing: here only opening one would tell.
func find() error { return nil }
