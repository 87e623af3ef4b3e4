package desk

import "context"

// PlainProfile is the id of no profile: names say nothing.
const PlainProfile = "plain"

// A Recognition says which profile reads some files best, and why.
type Recognition struct {
	Profile  string // its id, or [PlainProfile]
	Name     string // as the vendor writes it
	Files    int    // recordings of which the names were looked at
	Fit      int    // of them with a name as the vendor gives it
	Example  string // one of those
	Sidecars int    // files of the vendor that say something of recordings
	Tables   int    // tables with a name as the vendor gives it
	Table    string // the path of the first of them, "" for none
}

// A Preview is what an import would read, before anything is stored.
type Preview struct {
	Recognition        // what was recognised, whatever was asked for
	Taken       string // id of the profile that is taken
	Metadata    string // path of the table that is read with it, or ""
	Category    string // key of the sentence on where the agents' category is
	Rows        []Found
	Vendors     []Vendor // those that can be taken instead
	// Redacts says that the profile takes redacted recordings unless
	// [ImportRequest.Unredacted].
	Redacts bool
}

// A Vendor is one whose exports are known.
type Vendor struct{ ID, Name string }

// previewRows is how many recordings a preview shows.
const previewRows = 10

// Preview reads the first recordings as [Desk.Import] would and stores nothing.
// It answers the errors of [Source].
func (d *Desk) Preview(ctx context.Context, req ImportRequest) (Preview, error) {
	req, err := d.recognised(ctx, req)
	if err == nil {
		err = d.arrange(ctx, &req)
	}
	if err != nil {
		return Preview{}, err
	}
	return d.source.Preview(ctx, req, previewRows)
}

// recognised fills in what a request leaves open: the profile by which its source
// was read before, else the one that reads the files' names best, and the table
// that its vendor writes beside them.
func (d *Desk) recognised(ctx context.Context, req ImportRequest) (ImportRequest, error) {
	if req.Profile == "" {
		var err error
		if req.Profile, err = d.remembered(ctx, req.Paths); err != nil {
			return req, err
		}
	}
	if req.Profile != "" && req.Metadata != "" {
		return req, nil
	}
	known, err := d.source.Recognise(ctx, req.Paths)
	if err != nil {
		return req, err
	}
	return known.Settle(req), nil
}

// Settle fills in what a request leaves to the files.
func (r Recognition) Settle(req ImportRequest) ImportRequest {
	if req.Profile == "" {
		req.Profile = r.Profile
	}
	if req.Metadata == "" && req.Profile == r.Profile {
		req.Metadata = r.Table
	}
	return req
}
