package listen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

func size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// flex sets objects beside or above one another, each as long as it asks for
// and as wide as the place; grow is the number of the one that takes what is
// left, or gives what is missing, −1 for none. What is hidden takes no place.
type flex struct {
	vertical bool
	gap      fyne.ThemeSizeName
	grow     int
}

func (f flex) around(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(f, objects...)
}

// split takes a size apart into along and across the row.
func (f flex) split(s fyne.Size) (along, across float32) {
	if f.vertical {
		return s.Height, s.Width
	}
	return s.Width, s.Height
}

func (f flex) join(along, across float32) fyne.Size {
	if f.vertical {
		return fyne.NewSize(across, along)
	}
	return fyne.NewSize(along, across)
}

// MinSize implements fyne.Layout.
func (f flex) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var along, across float32
	shown := 0
	for _, o := range objects {
		if o.Visible() {
			a, c := f.split(o.MinSize())
			along, across = along+a, max(across, c)
			shown++
		}
	}
	return f.join(along+size(f.gap)*float32(max(0, shown-1)), across)
}

// Layout implements fyne.Layout.
func (f flex) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	if f.vertical { // texts that wrap know their height once they have their width
		for _, o := range objects {
			o.Resize(fyne.NewSize(at.Width, o.Size().Height))
		}
	}
	room, across := f.split(at)
	wanted, _ := f.split(f.MinSize(objects))
	from := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		along, _ := f.split(o.MinSize())
		if i == f.grow {
			along = max(0, along+room-wanted)
		}
		o.Resize(f.join(along, across))
		to := f.join(from, 0)
		o.Move(fyne.NewPos(to.Width, to.Height))
		from += along + size(f.gap)
	}
}

// fixed gives what is within a width or a height of its own; 0 leaves it as it
// is.
type fixed struct{ width, height float32 }

func (f fixed) around(o fyne.CanvasObject) *fyne.Container { return container.New(f, o) }

// MinSize implements fyne.Layout.
func (f fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	if f.width > 0 {
		least.Width = f.width
	}
	if f.height > 0 {
		least.Height = f.height
	}
	return least
}

// Layout implements fyne.Layout.
func (f fixed) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(at)
}

// inset leaves a margin around what is within.
type inset struct{ across, along fyne.ThemeSizeName }

func (p inset) around(o fyne.CanvasObject) *fyne.Container { return container.New(p, o) }

// MinSize implements fyne.Layout.
func (p inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*size(p.across), 2*size(p.along))
}

// Layout implements fyne.Layout.
func (p inset) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	objects[0].Move(fyne.NewPos(size(p.across), size(p.along)))
	objects[0].Resize(at.SubtractWidthHeight(2*size(p.across), 2*size(p.along)))
}

// level keeps what is within at its own height, in the middle of its line.
func level(o fyne.CanvasObject) *fyne.Container { return container.New(upright{}, o) }

type upright struct{}

// MinSize implements fyne.Layout.
func (upright) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout implements fyne.Layout.
func (upright) Layout(o []fyne.CanvasObject, at fyne.Size) {
	o[0].Resize(fyne.NewSize(at.Width, o[0].MinSize().Height)) // a text that wraps may now ask for another height
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(at.Width, height))
	o[0].Move(fyne.NewPos(0, max(0, (at.Height-height)/2)))
}

// middle centres what is within, a little above the middle, and gives it a
// width.
type middle struct{ width float32 }

// MinSize implements fyne.Layout.
func (m middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (m middle) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	width := min(m.width, at.Width)
	objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height))
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(width, height))
	objects[0].Move(fyne.NewPos((at.Width-width)/2, max(0, (at.Height-height)/3)))
}
