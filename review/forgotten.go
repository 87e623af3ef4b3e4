package review

import "strings"

// forgottenPrefix begins the ids of calls that were forgotten. No source's call
// id that begins so becomes a uid.
const forgottenPrefix = "forgotten-"

// ForgottenUID makes the opaque id of a call that is being forgotten of an id
// that is never made again and says nothing about the call.
func ForgottenUID(id string) string { return forgottenPrefix + id }

// Forgotten reports whether a uid is that of a call that was forgotten: of it
// there are its week, its stratum, how it stands and its issues, and no more.
func Forgotten(uid string) bool { return strings.HasPrefix(uid, forgottenPrefix) }
