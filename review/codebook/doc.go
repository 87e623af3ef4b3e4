// Package codebook has the rules of the codebook: what an issue is described
// by, which issue became which, which names look like the same issue, and how
// the codebooks of two libraries are brought together. It reads and writes
// nothing.
//
// # Lineage
//
// A moment keeps the issue that it was tagged or dealt to for ever. What merges
// make of that is told apart from it, by [Trace]: an issue's survivor is where
// the moments of all that was merged into it count. So a merge moves nothing
// that its undo would have to remember, and a moment that is tagged with a
// merged issue afterwards, by somebody who did not know yet, goes to the
// survivor by itself.
//
// Several people may merge and split at once. In the order of the story
//
//   - an issue is merged once: the first merge of it holds;
//   - a merge that would close a ring does nothing: of A into B and B into A
//     the first holds;
//   - a split of an issue that is merged does nothing for as long as it is
//     merged, since its moments are its survivor's;
//   - splits of one issue by two people add up: it has the parts of both.
//
// A split leaves the moments of an issue where they are until each was dealt to
// a part.
//
// # Since when
//
// The share since an issue was named divides by the calls that were heard when
// all of the issue had a name. For a survivor that is the last naming of all
// that became it: a call heard between two namings was checked for one half
// only. (Of two issues, one in a tenth of all calls and named on the first, the
// other in another tenth and named half-way, the merged one is in a fifth;
// divided by the calls since the first naming it would be in three twentieths.)
// A part that its split named goes back to the naming of what was split: who
// heard a call then was listening for all of it, and its moments were looked at
// again.
package codebook
