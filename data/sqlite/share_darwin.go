package sqlite

import "golang.org/x/sys/unix"

// shareKind names the network file system that dir lies on, or "".
func shareKind(dir string) string {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil {
		return ""
	}
	switch kind := unix.ByteSliceToString(st.Fstypename[:]); kind {
	case "nfs", "smbfs", "afpfs", "webdav", "cifs":
		return kind
	}
	return ""
}
