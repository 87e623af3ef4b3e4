package bundle

import (
	"bytes"
	"context"
	"embed"
	"os"
	"path/filepath"
	"text/template"
)

// files are what desktops, dpkg and Windows read, some with the version or the
// date to be filled in.
//
//go:embed files
var files embed.FS

// windowsLinks makes Windows hand invitations to the app beside it.
//
//go:embed files/earshot-links.cmd
var windowsLinks []byte

const appID = "app.earshot.Earshot"

// shared are the files of a Linux package below share/.
func (r Release) shared(ctx context.Context, t target) ([]file, error) {
	desktop, err := files.ReadFile("files/" + appID + ".desktop")
	if err != nil {
		return nil, err
	}
	about, err := r.metainfo()
	if err != nil {
		return nil, err
	}
	entry := plain("share/applications/"+appID+".desktop", desktop)
	info := plain("share/metainfo/"+appID+".metainfo.xml", about)
	if err := validate(ctx, entry, info); err != nil {
		return nil, err
	}
	all, err := texts(ctx, t)
	if err != nil {
		return nil, err
	}
	all = append(all, entry, info)
	for path, icon := range map[string]string{"512x512": "icon.png", "scalable": "icon.svg"} {
		data, err := os.ReadFile(filepath.Join("assets", icon))
		if err != nil {
			return nil, err
		}
		all = append(all, plain("share/icons/hicolor/"+path+"/apps/"+appID+filepath.Ext(icon), data))
	}
	return all, nil
}

// metainfo is what software centres show of the app (AppStream).
func (r Release) metainfo() ([]byte, error) {
	about, err := template.ParseFS(files, "files/"+appID+".metainfo.xml")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = about.Execute(&out, map[string]string{"Version": r.Version, "Date": r.Time.UTC().Format("2006-01-02")})
	return out.Bytes(), err
}

// validate has freedesktop's own programs read what they will read.
func validate(ctx context.Context, entry, info file) error {
	work, err := os.MkdirTemp("", "earshot-bundle-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	paths := make([]string, 2)
	for i, f := range []file{entry, info} {
		paths[i] = filepath.Join(work, filepath.Base(f.path))
		if err := os.WriteFile(paths[i], f.data, 0o600); err != nil {
			return err
		}
	}
	if _, err := output(ctx, nil, "desktop-file-validate", paths[0]); err != nil {
		return err
	}
	_, err = output(ctx, nil, "appstreamcli", "validate", "--no-net", "--pedantic", paths[1])
	return err
}

// texts are the README, our licence and those of all that is linked in.
func texts(ctx context.Context, t target) ([]file, error) {
	notices, err := notices(ctx, t)
	if err != nil {
		return nil, err
	}
	all := []file{plain("share/doc/earshot/NOTICES.txt", notices)}
	for _, name := range []string{"README.md", "LICENSE"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, plain("share/doc/earshot/"+name, data))
	}
	return all, nil
}
