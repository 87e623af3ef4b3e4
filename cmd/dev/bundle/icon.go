package bundle

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"golang.org/x/image/draw"
)

// resource makes the icon and the version that Windows shows of the app, and
// answers the flag of the linker that links them in. Other systems have none.
func (r Release) resource(ctx context.Context, t target, work string) (string, error) {
	if t.goos != "windows" {
		return "", nil
	}
	icon, err := ico(filepath.Join("assets", "icon.png"), 16, 32, 48, 256)
	if err != nil {
		return "", err
	}
	var script bytes.Buffer
	numbers := strings.ReplaceAll(r.Version, ".", ",") + ",0"
	if err := windowsResource.Execute(&script, map[string]string{"Version": r.Version, "Numbers": numbers}); err != nil {
		return "", err
	}
	rc, object := filepath.Join(work, "earshot.rc"), filepath.Join(work, "resource.o")
	if err := os.WriteFile(filepath.Join(work, "earshot.ico"), icon, 0o600); err != nil {
		return "", err
	}
	if err := os.WriteFile(rc, script.Bytes(), 0o600); err != nil {
		return "", err
	}
	_, err = output(ctx, nil, "x86_64-w64-mingw32-windres", "--include-dir", work, "-i", rc, "-O", "coff", "-o", object)
	return " -extldflags=" + object, err
}

var windowsResource = template.Must(template.ParseFS(files, "files/earshot.rc"))

// ico scales a PNG to the sizes, in pixels and at most 256, and puts them in one
// Windows icon: a header of 6 bytes, 16 for each picture, then the pictures as
// PNG, which Windows reads since Vista.
func ico(path string, sizes ...int) ([]byte, error) {
	source, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer source.Close()
	whole, err := png.Decode(source)
	if err != nil {
		return nil, err
	}
	var pictures bytes.Buffer
	header := binary.LittleEndian.AppendUint16([]byte{0, 0, 1, 0}, uint16(len(sizes)))
	for _, size := range sizes {
		at, start := 6+16*len(sizes)+pictures.Len(), pictures.Len()
		scaled := image.NewNRGBA(image.Rect(0, 0, size, size))
		draw.CatmullRom.Scale(scaled, scaled.Bounds(), whole, whole.Bounds(), draw.Src, nil)
		if err := png.Encode(&pictures, scaled); err != nil {
			return nil, err
		}
		header = append(header, byte(size), byte(size), 0, 0, 1, 0, 32, 0) // 256 is written as 0
		header = binary.LittleEndian.AppendUint32(header, uint32(pictures.Len()-start))
		header = binary.LittleEndian.AppendUint32(header, uint32(at))
	}
	return append(header, pictures.Bytes()...), nil
}
