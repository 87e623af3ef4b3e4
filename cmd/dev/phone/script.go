// Package phone makes the demo calls: it has a written dialogue spoken, sends
// it through a telephone line and writes recordings, their metadata and what
// there is to hear in them.
//
// The voices are espeak-ng's; everything after them is done here and by fixed
// seeds, so that the same script and the same espeak-ng give the same bytes.
//
//	script → speak (each line, 22.05 kHz) → lanes (turns, line noise)
//	       → Line (300–3400 Hz, 8 kHz) → µ-law WAV
package phone

import (
	"encoding/json"
	"fmt"
	"os"
)

// A Script is the written dialogue of all calls.
type Script struct {
	Voices map[string]Voice `json:"voices"` // by agent's name or Dialogue.Voice
	Calls  []Dialogue       `json:"calls"`  // in order of their start
}

// A Voice is how espeak-ng is to sound.
type Voice struct {
	Name  string `json:"name"`  // espeak-ng's voice+variant
	Pitch int    `json:"pitch"` // 0–99
	Speed int    `json:"speed"` // words a minute
}

// A Dialogue is one call as written.
type Dialogue struct {
	Start       string `json:"start"` // RFC 3339 with offset
	Agent       string `json:"agent"` // also names the agent's voice
	Queue       string `json:"queue"`
	Category    string `json:"category"`
	Customer    string `json:"customer"`               // number
	Voice       string `json:"voice"`                  // the customer's voice
	NotCustomer string `json:"not_customer,omitempty"` // why no customer calls here
	Lines       []Turn `json:"lines"`
}

// A Turn is what one side says without stopping.
type Turn struct {
	Who    string   `json:"who"`              // "customer" or "agent"
	Pause  *float64 `json:"pause,omitempty"`  // seconds since the turn before; < 0 talks over it
	Issue  string   `json:"issue,omitempty"`  // what the customer names here
	Praise bool     `json:"praise,omitempty"` // the agent does well here
	Text   string   `json:"text"`
}

// Read reads a script and checks that every side of every call has a voice.
func Read(file string) (*Script, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var s Script
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("read script %s: %w", file, err)
	}
	for i, call := range s.Calls {
		for _, name := range []string{call.Agent, call.Voice} {
			if _, ok := s.Voices[name]; !ok {
				return nil, fmt.Errorf("read script %s: call %d: no voice %q", file, i+1, name)
			}
		}
	}
	return &s, nil
}
