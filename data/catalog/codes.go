package catalog

import "github.com/earshot-app/earshot/review"

// What keeps a metadata file from being used at all.
const (
	Unreadable review.Code = "metadata-unreadable" // args: file
	NotText    review.Code = "metadata-not-text"   // args: file; it is no text
	NoColumns  review.Code = "metadata-no-columns" // args: file; no column names a file or a call
)

// Why a line of a metadata file is left out. No argument holds what a cell
// says: a cell in the wrong column may be a name or a number.
const (
	WrongCells     review.Code = "metadata-cells" // args: n, want
	OpenQuote      review.Code = "metadata-open-quote"
	BadRecord      review.Code = "metadata-record"          // it is not JSON
	LongLine       review.Code = "metadata-long-line"       // more than a megabyte
	BadText        review.Code = "metadata-letters"         // not UTF-8
	BadStart       review.Code = "metadata-start"           // args: column
	AmbiguousStart review.Code = "metadata-ambiguous-start" // args: column
	BadDuration    review.Code = "metadata-duration"        // args: column
	NoKey          review.Code = "metadata-no-key"          // neither file nor call id
	Contradicts    review.Code = "metadata-contradicts"     // args: line, the earlier one
	NoRecording    review.Code = "metadata-no-recording"
	ManyRecordings review.Code = "metadata-many-recordings" // args: n
)

// Archive is what is wrong with a file that holds recordings and must be unpacked
// first.
const Archive review.Code = "archive"
