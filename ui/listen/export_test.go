package listen

import "time"

// Tick lets the page follow the player to a place, as its animation does on
// every frame.
func Tick(s *Screen, at time.Duration) { s.tick(at) }

// Typed types into the field of issues.
func Typed(s *Screen, text string) { s.view.side.field.SetText(text) }
