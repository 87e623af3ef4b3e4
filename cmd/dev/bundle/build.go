package bundle

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// A target is a system that programs are built for.
type target struct {
	goos, arch string
	env        []string // for go build
	ending     string   // of a program's name
	appMode    string   // of building the app, "" for the system's own
	appFlags   string   // for the linker of the app
}

var windows = target{
	goos: "windows", arch: "amd64", ending: ".exe", appFlags: " -H=windowsgui",
	env: []string{"GOOS=windows", "GOARCH=amd64", "CC=x86_64-w64-mingw32-gcc"},
}

// host is the machine that this runs on: the window needs its C libraries, so
// Linux is not built across.
func host() (target, error) {
	if runtime.GOOS != "linux" {
		return target{}, fmt.Errorf("linux packages are made on linux, this is %s", runtime.GOOS)
	}
	return target{
		goos: "linux", arch: runtime.GOARCH, appMode: "pie", appFlags: " -bindnow",
		env: []string{"GOOS=linux", "GOARCH=" + runtime.GOARCH},
	}, nil
}

// tags are those that the app is released with.
const tags = "migrated_fynedo,release"

// build compiles the app, with cgo, and the terminal's program, without. On Linux
// the app, which has C in it, is position-independent. The terminal's program is
// linked with nothing at all, so that it runs on any Linux; made independent it
// would need the C library's loader, 4 MB and 3 ms more at each start.
func (r Release) build(ctx context.Context, t target) ([]file, error) {
	work, err := os.MkdirTemp("", "earshot-bundle-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	resource, err := r.resource(ctx, t, work)
	if err != nil {
		return nil, err
	}
	app := compile{name: "earshot", cgo: "1", mode: t.appMode, linker: t.appFlags + resource}
	ctl := compile{name: "earshotctl", cgo: "0"}
	var programs []file
	for _, c := range []compile{app, ctl} {
		data, err := c.run(ctx, t, work)
		if err != nil {
			return nil, fmt.Errorf("build %s for %s: %w", c.name, t.goos, err)
		}
		programs = append(programs, file{t.folder() + c.name + t.ending, 0o755, data})
	}
	return programs, nil
}

// folder is where a package keeps its programs.
func (t target) folder() string {
	if t.goos == "windows" {
		return ""
	}
	return "bin/"
}

// A compile is one program to be built.
type compile struct {
	name   string
	cgo    string // CGO_ENABLED
	mode   string // of building, "" for the default
	linker string // more flags for the linker
}

func (c compile) run(ctx context.Context, t target, work string) ([]byte, error) {
	program := filepath.Join(work, c.name+t.ending)
	args := []string{
		"build", "-tags", tags, "-trimpath", "-buildvcs=auto",
		"-ldflags", "-s -w -buildid=" + c.linker, "-o", program,
	}
	if c.mode != "" {
		args = append(args, "-buildmode", c.mode)
	}
	env := append([]string{"CGO_ENABLED=" + c.cgo}, t.env...)
	if _, err := output(ctx, env, "go", append(args, "./cmd/"+c.name)...); err != nil {
		return nil, err
	}
	return os.ReadFile(program)
}
