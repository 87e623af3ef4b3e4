//go:build !windows

package ffmpeg

import "os/exec"

// hide does nothing: only on Windows does a program open a terminal.
func hide(*exec.Cmd) {}
