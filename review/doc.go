// Package review holds the nouns of listening to calls: [Call], [Recording],
// [Issue], [Moment], [Praise], and the errors that tell a person what went
// wrong with them.
//
// # Words
//
// A call is one contact; it has recordings, a start, a queue, an agent and the
// category the agent filed it under. An issue is what made the customer call,
// named by a leader. A moment is one issue at one time of one call. A call
// that was drawn at random and heard counts in a share; one that was opened by
// hand (picked) never does.
//
// # Errors
//
// An [Error] is a [Code] and its [Args]; assets/text has the sentence.
// [Private] wraps names, numbers and paths, so that nothing prints them by
// accident.
//
// The packages beneath hold the rules: journal what happened, sampling who is
// drawn, ranking what it says, desk one method for each thing a person does.
// None of them knows a database, a window or a sound card.
package review
