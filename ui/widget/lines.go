package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// fewLines are so few that each may be as high as it needs; of more, only
// those in sight are made, and a high line is cut.
const (
	fewLines  = 50
	lineLines = 3
)

// NewLines returns sentences below one another, such as what an import left
// out. There may be hundreds of thousands of them.
func NewLines(lines []string) fyne.CanvasObject {
	if len(lines) <= fewLines {
		box := container.New(layout.NewCustomPaddedVBoxLayout(8))
		for _, line := range lines {
			box.Add(NewText(line, Look{Fit: Wrap}))
		}
		return box
	}
	create := func() fyne.CanvasObject {
		return container.New(&lineHeight{}, NewText("", Look{Fit: Wrap, Lines: lineLines}))
	}
	list := NewList(func() int { return len(lines) }, create, func(n int, row fyne.CanvasObject) {
		row.(*fyne.Container).Objects[0].(*Text).SetText(lines[n])
	})
	return container.New(&listHeight{}, list)
}

// lineHeight gives a text room for its most lines.
type lineHeight struct{}

func (*lineHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	text := objects[0].(*Text)
	return fyne.NewSize(text.least().Width, text.measure(ellipsis).Height*lineLines)
}

func (*lineHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// listHeight asks for a readable height, which a list does not.
type listHeight struct{}

func (*listHeight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, 420)
}

func (*listHeight) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
