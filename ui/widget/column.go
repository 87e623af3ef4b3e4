package widget

import "fyne.io/fyne/v2"

// Column is a layout that stacks what is shown, each as wide as the column.
// Texts that wrap know their height only once they know their width, so each
// is given its width before it is asked.
type Column struct {
	Gap, Margin fyne.ThemeSizeName // "" for none
	Widest      float32            // the column is no wider, and stands in the middle; 0 for no limit
	Middle      bool               // also between above and below
}

func themeSize(name fyne.ThemeSizeName) float32 {
	if name == "" {
		return 0
	}
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// MinSize implements fyne.Layout.
func (c Column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least, gap := fyne.Size{}, float32(0)
	for _, o := range objects {
		if o.Visible() {
			own := o.MinSize()
			least.Width = max(least.Width, own.Width)
			least.Height += gap + own.Height
			gap = themeSize(c.Gap)
		}
	}
	return least.AddWidthHeight(2*themeSize(c.Margin), 2*themeSize(c.Margin))
}

// Layout implements fyne.Layout.
func (c Column) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	margin := themeSize(c.Margin)
	width := at.Width - 2*margin
	if c.Widest > 0 {
		width = min(width, c.Widest)
	}
	for _, o := range objects {
		o.Resize(fyne.NewSize(width, o.Size().Height))
	}
	x, y := (at.Width-width)/2, margin
	if c.Middle {
		y = max(y, (at.Height-c.MinSize(objects).Height)/2+margin)
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := o.MinSize().Height
		o.Resize(fyne.NewSize(width, height))
		o.Move(fyne.NewPos(x, y))
		y += height + themeSize(c.Gap)
	}
}
