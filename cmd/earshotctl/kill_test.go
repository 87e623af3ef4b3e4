package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// rounds is how often the terminal is killed.
const rounds = 100

// TestAKillLosesNothingThatWasAnswered tags through a batch and kills it with
// SIGKILL after a random number of answers, while more commands are on their
// way. Every moment that was answered must be there, the file whole, and the
// tables as the journal tells them.
func TestAKillLosesNothingThatWasAnswered(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 3)
	get[any](c, "import", dir, "--metadata", table)
	random := rand.New(rand.NewPCG(1, 2))
	answered := map[string]bool{}
	for round := range rounds {
		for _, id := range c.killedBatch(1+random.IntN(8), round) {
			answered[id] = true
		}
	}
	there := map[string]bool{}
	for _, uid := range []string{"c-00", "c-01", "c-02"} {
		for _, m := range get[struct{ Moments []moment }](c, "show", uid).Moments {
			there[m.Moment] = true
		}
	}
	for id := range answered {
		if !there[id] {
			t.Errorf("moment %s was answered and is lost", id)
		}
	}
	if len(answered) < rounds {
		t.Errorf("only %d moments were answered in %d rounds", len(answered), rounds)
	}
	if ok := get[checked](c, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
}

// killedBatch tags until n answers have come, kills the process in the middle
// of the next commands, and returns the moments that were answered.
func (c *ctl) killedBatch(n, round int) []string {
	c.t.Helper()
	cmd := c.command("batch")
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := cmd.Start(); err1 != nil || err2 != nil || err != nil {
		c.t.Fatal(err1, err2, err)
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		for i := 0; ; i++ {
			line := fmt.Sprintf(`["tag","c-%02d","--issue","Issue %d","--at","%d"]`+"\n", i%3, round%5, i%80)
			if _, err := io.WriteString(in, line); err != nil {
				return // the process is gone
			}
		}
	}()
	var ids []string
	answers := bufio.NewScanner(out)
	for answers.Scan() {
		var a struct{ Moment string }
		if err := json.Unmarshal(answers.Bytes(), &a); err != nil || a.Moment == "" {
			c.t.Errorf("round %d answered %s", round, answers.Bytes())
		}
		ids = append(ids, a.Moment)
		if len(ids) == n {
			if err := cmd.Process.Kill(); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // it was killed
	<-written
	return ids
}
