package main

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"

	"github.com/earshot-app/earshot/ui"
)

// newLoop has Fyne's goroutine sleep in GLFW, which is what Fyne opens windows with.
func (a *app) newLoop() *ui.Loop {
	return &ui.Loop{
		Sleep: func(most time.Duration) { glfw.WaitEventsTimeout(most.Seconds()) },
		Wake:  wake,
		Moves: a.moves,
	}
}

// wake panics where Fyne has ended GLFW, as it does on its own ways out: there is
// nobody to wake then.
func wake() {
	defer func() { _ = recover() }()
	glfw.PostEmptyEvent()
}

// moves reports whether a playhead moves, or the cursor of a field.
func (a *app) moves() bool {
	_, field := a.window.Canvas().Focused().(fyne.Shortcutable)
	return field || a.player.Playing()
}
