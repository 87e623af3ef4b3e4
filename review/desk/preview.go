package desk

import "context"

// A Recognition says which profile reads some files best, and why.
type Recognition struct {
	Profile  string // its id; "plain" for none
	Name     string // as the vendor writes it
	Files    int    // recordings of which the names were looked at
	Fit      int    // of them with a name as the vendor gives it
	Example  string // one of those
	Sidecars int    // files of the vendor that say something of recordings
	Tables   int    // tables with a name as the vendor gives it
}

// A Preview is what an import would read, before anything is stored.
type Preview struct {
	Recognition        // what was recognised, whatever was asked for
	Taken       string // id of the profile that is taken; "own" for the person's
	Category    string // key of the sentence on where the agents' category is
	Rows        []Found
}

// previewRows is how many recordings a preview shows.
const previewRows = 10

// Preview reads the first recordings as [Desk.Import] would and stores nothing.
// It answers the errors of [Source].
func (d *Desk) Preview(ctx context.Context, req ImportRequest) (Preview, error) {
	return d.source.Preview(ctx, req, previewRows)
}
