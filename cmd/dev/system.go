package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// A kit is what one command needs from the operating system.
type kit struct {
	apt, dnf, pacman []string // packages by name
	libraries        []string // names that pkg-config must know where there is no apt
	programs         []string // programs that must be found where there is no apt
}

// The kits. On Linux Fyne compiles GLFW against X11 and OpenGL, and the
// speaker needs ALSA; the tests of the window bring their own X server, and what
// ffmpeg decodes and what others read as CSV is tested with the real ones. Benches
// compare with sox too. Packages need a compiler for Windows, and the checkers of
// what desktops and man(1) read.
var (
	building = kit{
		apt: []string{
			"ca-certificates", "gcc", "libc6-dev", "pkg-config", "libgl1-mesa-dev", "libx11-dev",
			"libxcursor-dev", "libxrandr-dev", "libxinerama-dev", "libxi-dev", "libxxf86vm-dev", "libasound2-dev",
		},
		dnf: []string{
			"gcc", "pkgconf-pkg-config", "mesa-libGL-devel", "libX11-devel", "libXcursor-devel",
			"libXrandr-devel", "libXinerama-devel", "libXi-devel", "libXxf86vm-devel", "alsa-lib-devel",
		},
		pacman: []string{
			"gcc", "pkgconf", "mesa", "libglvnd", "libx11", "libxcursor", "libxrandr", "libxinerama", "libxi",
			"libxxf86vm", "alsa-lib",
		},
		libraries: []string{"gl", "x11", "xcursor", "xrandr", "xinerama", "xi", "xxf86vm", "alsa"},
		programs:  []string{"gcc", "pkg-config"},
	}
	decoding = kit{
		apt:      []string{"ffmpeg"},
		dnf:      []string{"ffmpeg-free"},
		pacman:   []string{"ffmpeg"},
		programs: []string{"ffmpeg", "ffprobe"},
	}
	comparing = kit{
		apt:      []string{"sox"},
		dnf:      []string{"sox"},
		pacman:   []string{"sox"},
		programs: []string{"sox"},
	}
	reading = kit{
		apt:      []string{"sqlite3", "python3"},
		dnf:      []string{"sqlite", "python3"},
		pacman:   []string{"sqlite", "python"},
		programs: []string{"sqlite3", "python3"},
	}
	windows = kit{
		apt:      []string{"xvfb", "xdotool", "libgl1-mesa-dri"},
		dnf:      []string{"xorg-x11-server-Xvfb", "xdotool", "mesa-dri-drivers"},
		pacman:   []string{"xorg-server-xvfb", "xdotool"},
		programs: []string{"Xvfb", "xdotool"},
	}
	crossing = kit{
		apt:      []string{"gcc-mingw-w64-x86-64"},
		dnf:      []string{"mingw64-gcc"},
		pacman:   []string{"mingw-w64-gcc"},
		programs: []string{"x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"},
	}
	describing = kit{
		apt:      []string{"appstream", "desktop-file-utils", "dpkg", "groff-base", "xz-utils"},
		dnf:      []string{"appstream", "desktop-file-utils", "dpkg", "groff-base", "xz"},
		pacman:   []string{"appstream", "desktop-file-utils", "dpkg", "groff", "xz"},
		programs: []string{"appstreamcli", "desktop-file-validate", "dpkg-deb", "groff", "xz"},
	}
	speaking = kit{
		apt:      []string{"espeak-ng"},
		dnf:      []string{"espeak-ng"},
		pacman:   []string{"espeak-ng"},
		programs: []string{"espeak-ng"},
	}
)

func join(kits []kit) kit {
	var all kit
	for _, k := range kits {
		all.apt = append(all.apt, k.apt...)
		all.dnf = append(all.dnf, k.dnf...)
		all.pacman = append(all.pacman, k.pacman...)
		all.libraries = append(all.libraries, k.libraries...)
		all.programs = append(all.programs, k.programs...)
	}
	return all
}

// ensure makes the kits available: with apt by installing what is missing,
// elsewhere by saying exactly what to install.
func ensure(ctx context.Context, kits ...kit) error {
	need := join(kits)
	if found("apt-get") && found("dpkg-query") {
		return installMissing(ctx, need.apt)
	}
	if runtime.GOOS != "linux" {
		return ensureCompiler(runtime.GOOS, need)
	}
	if gaps := need.gaps(ctx); len(gaps) > 0 {
		return fmt.Errorf("missing here: %s\n\n%s", strings.Join(gaps, " "), advice("linux", need, found))
	}
	return nil
}

func found(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

// ensureCompiler serves macOS and Windows, whose own libraries are enough:
// only cgo's compiler, or the one program of the kit, can be missing.
func ensureCompiler(goos string, need kit) error {
	programs := need.programs
	if len(need.libraries) > 0 {
		programs = []string{map[string]string{"darwin": "clang", "windows": "gcc"}[goos]}
	}
	for _, program := range programs {
		if !found(program) {
			return fmt.Errorf("missing here: %s\n\n%s", program, advice(goos, need, found))
		}
	}
	return nil
}

// gaps lists the programs and libraries of the kit that this machine lacks.
func (k kit) gaps(ctx context.Context) []string {
	var gaps []string
	for _, program := range k.programs {
		if !found(program) {
			gaps = append(gaps, program)
		}
	}
	for _, library := range k.libraries {
		if exec.CommandContext(ctx, "pkg-config", "--exists", library).Run() != nil {
			gaps = append(gaps, library)
		}
	}
	return gaps
}

// advice says what to type to get the kit on a system without apt.
func advice(goos string, need kit, has func(program string) bool) string {
	switch {
	case goos == "darwin" && len(need.libraries) > 0:
		return "Install the Xcode command line tools:\n  xcode-select --install"
	case goos == "darwin":
		return "Install with Homebrew:\n  brew install " + strings.Join(need.programs, " ")
	case goos == "windows" && len(need.libraries) > 0:
		return "Install MSYS2 (msys2.org), then in its UCRT64 terminal:\n" +
			"  pacman -S mingw-w64-ucrt-x86_64-gcc\nand add C:\\msys64\\ucrt64\\bin to PATH."
	case has("dnf"):
		return "Install:\n  sudo dnf install " + strings.Join(need.dnf, " ")
	case has("pacman"):
		return "Install:\n  sudo pacman -S --needed " + strings.Join(need.pacman, " ")
	}
	return "Install what your system calls these Debian packages:\n  " + strings.Join(need.apt, " ")
}

// installMissing installs those of the packages that dpkg does not have.
func installMissing(ctx context.Context, packages []string) error {
	listing, err := exec.CommandContext(ctx, "dpkg-query", "-W",
		"-f", "${db:Status-Status}|${Package}|${Provides}\n").Output()
	if err != nil {
		return fmt.Errorf("ask dpkg what is installed: %w", err)
	}
	missing := absent(string(listing), packages)
	if len(missing) == 0 {
		return nil
	}
	fmt.Printf("Missing system packages: %s\n", strings.Join(missing, " "))
	for _, args := range [][]string{
		{"update"},
		append([]string{"install", "-y", "--no-install-recommends"}, missing...),
	} {
		if err := aptGet(ctx, args); err != nil {
			return err
		}
	}
	return nil
}

// absent answers which packages a listing of "status|package|provides" lines
// does not hold as installed, under their own name or one that they provide.
func absent(listing string, packages []string) []string {
	installed := map[string]bool{}
	for line := range strings.Lines(listing) {
		fields := strings.SplitN(strings.TrimSpace(line), "|", 3)
		if len(fields) != 3 || fields[0] != "installed" {
			continue
		}
		installed[fields[1]] = true
		for _, provided := range strings.Split(fields[2], ",") {
			name, _, _ := strings.Cut(strings.TrimSpace(provided), " ")
			installed[name] = true
		}
	}
	var missing []string
	for _, name := range packages {
		if !installed[name] {
			missing = append(missing, name)
		}
	}
	return missing
}

func aptGet(ctx context.Context, args []string) error {
	// env stands behind sudo because sudo drops the environment.
	words := append([]string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get"}, args...)
	if os.Geteuid() != 0 {
		if !found("sudo") {
			return errors.New("there is no sudo here; as root run: apt-get " + strings.Join(args, " "))
		}
		words = append([]string{"sudo"}, words...)
	}
	fmt.Println("$", strings.Join(words, " "))
	if err := command(ctx, words[0], words[1:]...).Run(); err != nil {
		return fmt.Errorf("apt-get %s: %w", args[0], err)
	}
	return nil
}
