// Package sound is pure signal work on samples that others have read: changing
// the rate ([Resampler]), changing the speed and keeping the pitch
// ([Stretcher]), looking at a whole recording once ([Survey], which is [Peaks]:
// the waveform, where someone speaks and where nobody does; and [Meter]: how
// loud each channel is), looking at a moment of it closely ([Closeup]), and
// spans of time ([Span]).
//
// Samples are float32, full scale ±1, channels interleaved. A frame is one
// sample of each channel. Resampler and Stretcher are streams of the same
// shape: Push as often as there is sound, then Flush once; both append what is
// ready to a slice of the caller's and keep the rest. Neither adds a delay: the
// first frame that comes out is the first that went in.
package sound
