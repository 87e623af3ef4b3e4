package hub

import "syscall"

// apart keeps what is typed at a terminal, such as Ctrl+C, with the parent, who
// ends the hub in order.
func apart() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
