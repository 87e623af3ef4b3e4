// Package profiles holds what is known of the exports of telephone systems and
// contact centres, one JSON file each. data/catalog reads them and says what
// their members mean; the examples within a file are its test.
package profiles

import "embed"

// Files are the profiles, by the id of the profile with ".json".
//
//go:embed *.json
var Files embed.FS
