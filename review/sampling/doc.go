// Package sampling draws calls at random, so that anyone can check later that
// nobody chose them.
//
// # The draw
//
// A draw of n calls is the n calls of its frame with the smallest
//
//	key = hex SHA-256(seed + "," + uid)
//
// in the order of their keys. A call that was drawn before is passed over and
// the next smallest moves up. For a seed that does not depend on the frame
// every set of n open calls is equally likely, whatever was drawn, added,
// skipped or opened by hand before: this is bottom-k, or order, sampling with
// equal weights (Cohen & Kaplan, SIGMETRICS 2007; Ohlsson's permanent random
// numbers, but with a fresh seed for each draw, because one key kept for ever
// is unfair to calls that arrive later). Rivest's consistent_sampler and Stark's
// election audits draw the same way.
//
// The seed of the library's draw number i is not a matter of taste either:
//
//	seed = first 20 hex digits of SHA-256(library seed + "," + i + "," + filter)
//
// with the canonical text of the [Filter]. The library seed is fixed when the
// library is made. A seed that a person typed marks the draw for ever.
//
// A stratified draw deals its calls to the categories, queues, weeks or values of
// a metadata field of the frame first, in proportion to their sizes by largest remainder or equally, and
// then takes the smallest keys within each ([Stratum]). A top-up draws again
// from the frame of an earlier draw, as that one saw it.
//
// The frame's digest is Σ SHA-256(uid) mod 2²⁵⁶, which does not depend on the
// order of the calls: one scan in constant memory both draws and adds it up.
// It shows that a frame changed. It is no lock against the owner of the file;
// only a copy elsewhere is.
//
// # The file
//
// [Write] and [Read] exchange a draw as lines of fields parted by tabs, UTF-8:
//
//	earshot-draw  1
//	id            …
//	number        3
//	library       hex SHA-256 of the library seed
//	filter        {"from":"2026-11-02T00:00:00Z",…}
//	wanted        20
//	seed          1f0c…
//	chosen-seed   false
//	frame-size    12418
//	frame-digest  hex
//	prev          digest of the draw before, or none
//	call          1  key  uid        one a line, in order
//	digest        hex SHA-256 of all lines above this one
//	open          uid                calls of the frame that could be drawn
//	drawn         uid                calls of the frame that an earlier draw had
//
// Draws with strata and top-ups are of version 2. After prev they say
//
//	strata        queue, category, week, field:NAME or none
//	equal         false
//	tops-up       id of the draw whose frame it is, or none
//	stratum       name  calls of the frame  calls drawn    one a line, by name
//
// and name the stratum before each uid: "call 1 key stratum uid", "open stratum
// uid".
//
// Nothing but a shell is needed to check it. This lists the calls of a simple
// draw again, as many as were wanted; they must be those of the call lines:
//
//	seed=$(grep ^seed F | cut -f2) n=$(grep ^wanted F | cut -f2)
//	grep ^open F | cut -f2 | while read -r uid; do
//	  printf '%s,%s' "$seed" "$uid" | sha256sum | cut -c-64 | tr '\n' ' '; printf '%s\n' "$uid"
//	done | LC_ALL=C sort | head -n "$n"
//
// and "sed '/^digest/,$d' F | sha256sum" prints the digest.
package sampling
