package catalog

import (
	"path"
	"slices"
	"strings"
)

// archives are the endings of files that hold others, as vendors' portals hand
// them out.
var archives = []string{".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"}

// archived reports whether a file's name says that it holds recordings which
// cannot be heard as they lie: it is an archive, or a recording that is
// compressed once more.
func archived(name string) bool {
	name = strings.ToLower(path.Base(name))
	plain, packed := strings.CutSuffix(name, ".gz")
	return packed && claimsSound(plain) || slices.ContainsFunc(archives, func(ending string) bool { return strings.HasSuffix(name, ending) })
}
