// Package listen is the page on which calls are heard: the draw, its calls one
// after the other, what was heard in them.
//
// # How it is built
//
// The model (model.go, choose.go, marks.go, form.go) knows what is shown and
// what a key means, and touches neither Fyne nor the library. [Screen] carries
// out what a person asks for: it plays through a [Player], reads and writes
// through a [Desk], and opens dialogs of the shell. The view (view.go and the
// files named after its parts) shows the model and calls the screen back.
//
// # What happens when
//
// Acts go to one goroutine in the order in which they were asked for (worker);
// each is followed by a fresh reading of the call, so what is shown is what the
// library says. Whatever may take longer (opening a recording, the pass for its
// waveform, making a draw) is a job, and what comes of it is dropped once the
// page has moved on.
//
// # When a moment is
//
// An issue tagged by its key lies where the call was when the key went down. An
// issue found by typing lies where the call was when the field was entered, not
// where it is when Enter is pressed: the reviewer presses T because of what was
// just said, and the call plays on while they type. The field says so.
//
// # What the waveform shows
//
// A survey of the recording (survey.go) is recalled from the cache, or made by a
// pass that the waveform shows as it goes: 20 ms are its finest part. Where the
// listener looks closer, the samples around are read anew (closeup.go). , and .
// mark a span (span.go): the next issue lies over it, and it can be looped.
//
// # How it sounds
//
// How a listener likes to hear calls ([Habits]) holds for every call and is kept
// by whoever made the page; levels stay until the app is closed, and a mute or a
// loop ends with its call. Silences are skipped, and loudness is evened out,
// once the survey of the call is whole, so that the window skips what the
// terminal skips. Skipped silence is no speech, so it is never missing from what
// was heard; what played where nobody could hear it is.
//
// When the sound card is lost the call pauses and a notice says so. Trying again
// goes on where it was; so does playing, which looks for a card first.
//
// # What is saved
//
// A moment, a marked span or the whole call becomes a sound file (clip.go), with
// what led to it and without what is to be beeped out; the call's moments become
// labels. What writes them is handed in ([Files]), and the desk says what a clip
// holds, so that window and terminal save the same.
//
// # Listening together
//
// While a session runs whose host plays for all ([Together]), a strip below the
// header says who is there. The page goes to each call that the host opens, once,
// and twenty times a second its player does what the session says (follow.go);
// tags, fields and dialogs are never touched by that. Space, seeking and speed ask
// for all. No silence is skipped then and nothing looped, since a place in the call
// must mean the same to all. Where several sit in one room one machine is heard,
// and what it plays counts as heard at the others.
//
// # Where a call is left
//
// The place and what was played are saved on every pause, when the call or the
// page is left, and every few seconds while it plays. So a call is found again
// where it was left, also after the machine was switched off.
package listen
