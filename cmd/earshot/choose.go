package main

import (
	"context"
	"os"
	"runtime"
	"strings"

	"github.com/rymdport/portal/filechooser"

	"github.com/earshot-app/earshot/ui"
)

// chooser is the system's own file dialog: the desktop portal on Linux, where a
// session bus says there may be one. Elsewhere it is nil, and Fyne's is used.
func chooser() func(ctx context.Context, c ui.Choice) (path string, ok bool) {
	if runtime.GOOS != "linux" || os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return nil
	}
	return choose
}

// choose asks in the portal. When ctx ends it returns at once and leaves the
// call behind, as the portal has no way to take a dialog back: that happens
// only when the window is closing.
func choose(ctx context.Context, c ui.Choice) (path string, ok bool) {
	type answer struct {
		uris []string
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		uris, err := filechooser.OpenFile("", c.Title, portalOptions(c))
		answered <- answer{uris, err}
	}()
	select {
	case <-ctx.Done():
		return "", true
	case a := <-answered:
		if a.err != nil {
			return "", false
		}
		return fromURI(a.uris)
	}
}

func portalOptions(c ui.Choice) *filechooser.OpenFileOptions {
	o := &filechooser.OpenFileOptions{Directory: c.Folder, CurrentFolder: c.From}
	if len(c.Endings) > 0 {
		filter := &filechooser.Filter{Name: "*" + strings.Join(c.Endings, ", *")}
		for _, ending := range c.Endings {
			filter.Rules = append(filter.Rules, filechooser.Rule{Type: filechooser.GlobPattern, Pattern: "*" + ending})
		}
		o.Filters = []*filechooser.Filter{filter}
	}
	return o
}

// fromURI is the path of the file that was chosen, "" for none. The portal's
// package has unescaped the URI already, and made a space of each plus sign: a
// path that does not exist is such a one, and ok is false.
func fromURI(uris []string) (path string, ok bool) {
	if len(uris) == 0 {
		return "", true
	}
	path, ok = strings.CutPrefix(uris[0], "file://")
	if _, err := os.Stat(path); err != nil {
		return "", false
	}
	return path, ok
}
