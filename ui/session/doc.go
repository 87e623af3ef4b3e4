// Package session is the screen of shared sessions: it hosts and joins them,
// says who is there, and shows what the members made of each call once that is
// revealed.
//
// Without a session in front the page lists those that this library takes or
// took part in. A session that is chosen fills it: the people at the left, the
// calls of the draw, and below them who heard what. Calls are heard and tagged
// on the listening screen, to which the page leads; what is tagged there belongs
// to the session by itself.
//
// The page asks a [Desk] for what is known and a [Live] for what takes a network
// or a file. A session can be looked at whether it runs or not.
package session
