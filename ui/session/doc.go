// Package session is the screen of shared sessions: it hosts and joins them,
// says who is there, and shows what the members made of each call once that is
// revealed.
package session
