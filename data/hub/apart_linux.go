package hub

import "syscall"

// apart keeps what is typed at a terminal, such as Ctrl+C, with the parent, who
// ends the hub in order; a parent that is killed takes it along.
func apart() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
