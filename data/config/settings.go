package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/review/playback"
)

// Theme is how the window is coloured.
type Theme string

// The themes. System follows what the operating system is set to.
const (
	System Theme = "system"
	Light  Theme = "light"
	Dark   Theme = "dark"
)

// Settings are how the person at this machine left the app.
type Settings struct {
	Theme  Theme   `json:"theme"`
	Folder string  `json:"folder"` // last chosen in a file dialog, or ""
	Width  float32 `json:"width"`  // of the window, in Fyne's units; 0 for the default
	Height float32 `json:"height"`
	Sound  Sound   `json:"sound"`
	Server Server  `json:"server"`

	Language string `json:"language,omitempty"` // "en", "de", or "" for the system's
	Size     int    `json:"size,omitempty"`     // of text, in per cent; 0 for 100
}

// Server is a NATS server that somebody else runs, on which sessions may lie.
// What this person shows there stays in its file and is not kept here.
type Server struct {
	Addresses      []string `json:"addresses,omitempty"`       // tls://host:port or wss://host; none for no server
	File           string   `json:"file,omitempty"`            // .creds, or the seed of an nkey, .nk
	Authority      string   `json:"authority,omitempty"`       // PEM file of who signed its certificate; "" for the system's
	HandshakeFirst bool     `json:"handshake_first,omitempty"` // TLS begins before anything else
	Leaf           bool     `json:"leaf,omitempty"`            // the events stay with the host, whose hub dials out to it
}

// Sound is how this person likes to hear calls.
type Sound struct {
	Speed    float64 `json:"speed"`    // 1 for as it was recorded, as playback.Player takes it
	Skipping bool    `json:"skipping"` // silences are left out
	Mono     bool    `json:"mono"`     // both people on both ears
	Even     bool    `json:"even"`     // everyone as loud
}

// The sizes of a window that can be used. Others, as a settings file from a
// bigger screen or a slip of the hand can hold, are the default.
const (
	minSize = 300
	maxSize = 16384
)

// The sizes of text that can be read and have room, in per cent.
const (
	smallest = 80
	largest  = 200
)

// Settings reads how the app was left. What is missing or makes no sense is the
// default, so that no state of the file keeps the app from starting.
func (f Folders) Settings() Settings {
	s := Settings{Sound: Sound{Speed: 1, Even: true}}
	if raw, err := os.ReadFile(f.settings()); err == nil {
		_ = json.Unmarshal(raw, &s) // keeps what it could read
	}
	if s.Theme != Light && s.Theme != Dark {
		s.Theme = System
	}
	if s.Language != "en" && s.Language != "de" {
		s.Language = ""
	}
	if s.Size < smallest || s.Size > largest {
		s.Size = 0
	}
	if !usable(s.Width) || !usable(s.Height) {
		s.Width, s.Height = 0, 0
	}
	if !(s.Sound.Speed >= playback.Slowest && s.Sound.Speed <= playback.Fastest) {
		s.Sound.Speed = 1
	}
	return s
}

func usable(size float32) bool { return size >= minSize && size <= maxSize }

// SaveSettings keeps how the app was left. Of two windows the last wins. It
// answers [Unwritable].
func (f Folders) SaveSettings(s Settings) error {
	raw, err := json.MarshalIndent(s, "", "\t")
	if err != nil {
		return fmt.Errorf("encode the settings: %w", err)
	}
	return write(f.Config, append(raw, '\n'), func(written string) error {
		return os.Rename(written, f.settings())
	})
}

func (f Folders) settings() string { return filepath.Join(f.Config, "settings.json") }
