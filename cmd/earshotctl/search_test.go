package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTranscriptsBesideRecordingsAreFoundAndShown(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 2)
	captions := "WEBVTT\n\n00:05.000 --> 00:08.200\n<v Ada Quill>Ihre alte Adresse?\n\n00:09.000 --> 00:10.000\n<v Kundin>Ich möchte kündigen.\n\n00:11.000 --> later\nno\n"
	if err := os.WriteFile(filepath.Join(dir, "rec-00.vtt"), []byte(captions), 0o600); err != nil {
		t.Fatal(err)
	}
	first := get[imported](c, "import", dir, "--metadata", table)
	if first.Transcripts != 1 || len(first.Problems) != 1 || first.Problems[0].Code != "bad-cue" || first.Problems[0].Line != 9 {
		t.Errorf("import: %+v", first)
	}
	hits := get[[]hit](c, "search", "kundigen", "möcht*")
	if len(hits) != 1 || hits[0].AtMS != 9000 || hits[0].Who != "customer" || hits[0].Snippet != "Ich möchte kündigen." {
		t.Fatalf("search: %+v", hits)
	}
	if turns := get[[]spokenTurn](c, "transcript", hits[0].UID); len(turns) != 2 || turns[0].Text != "Ihre alte Adresse?" || turns[0].UntilMS != 8200 {
		t.Errorf("transcript: %+v", turns)
	}
	for _, call := range get[[]callRow](c, "calls") {
		want := 0
		if call.UID == hits[0].UID {
			want = 2
		}
		shown := get[struct {
			Turns int `json:"transcript_turns"`
		}](c, "show", call.UID)
		if shown.Turns != want {
			t.Errorf("show %s counts %d turns, want %d", call.UID, shown.Turns, want)
		}
	}
	if hits := get[[]hit](c, "search", `"adresse alte" -- ?`); len(hits) != 0 {
		t.Errorf("words in another order: %+v", hits)
	}
	if out, _, _ := german(c, "transcript", hits[0].UID); strings.Contains(out, "Ada") || !strings.Contains(out, "Kunde  Ich möchte kündigen.") {
		t.Errorf("for people: %s", out)
	}
}

// Amazon Connect keeps its analyses in a folder of their own: the contact's id in
// both names leads from one to the other.
func TestAnAnalysisIsFoundByItsContact(t *testing.T) {
	c := newCtl(t)
	dir, _ := recordings(t, 1)
	const contact = "c6ad7525-4209-4f4c-aca2-f04597dd29b3"
	analyses := filepath.Join(dir, "Analysis", "Voice", "2026", "11", "02")
	for _, err := range []error{
		os.Rename(filepath.Join(dir, "rec-00.wav"), filepath.Join(dir, contact+"_20261102T09_00_UTC.wav")),
		os.MkdirAll(analyses, 0o700),
		os.WriteFile(filepath.Join(analyses, contact+"_analysis_2026-11-02T09_00_12Z.json"), []byte(`{"Channel": "VOICE",
			"Participants": [{"ParticipantId": "x", "ParticipantRole": "CUSTOMER"}],
			"Transcript": [{"ParticipantId": "x", "BeginOffsetMillis": 1500, "EndOffsetMillis": 2000, "Content": "My name is [PII]."}]}}`), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if done := get[imported](c, "import", dir); done.Transcripts != 1 || len(done.Problems) != 0 {
		t.Errorf("import: %+v", done)
	}
	if hits := get[[]hit](c, "search", "name", "[PII]"); len(hits) != 1 || hits[0].AtMS != 1500 || hits[0].Snippet != "My name is [PII]." {
		t.Errorf("search: %+v", hits)
	}
}
