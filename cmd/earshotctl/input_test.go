package main

import "testing"

// Who pipes in the link and nothing else stays until the end: the end of standard
// input is no leave, also the host's, who has handed the session over.
func TestTheEndOfInputIsNoLeave(t *testing.T) {
	hostess, ready, members := atTable(t, "meeting-64", "Ada", "Bo")
	seats := append([]*seat{hostess}, members...)
	ada, bo := members[0], members[1]
	for _, s := range seats {
		s.here(2)
	}
	if err := ada.in.Close(); err != nil {
		t.Fatal(err)
	}
	hostess.do(map[string]any{"do": "next"})
	ada.until("call")
	hostess.do(map[string]any{"do": "host", "member": hostess.author("Bo")})
	bo.until("host")
	if err := hostess.in.Close(); err != nil {
		t.Fatal(err)
	}
	bo.tag(1, "Late bill", 10)
	bo.do(map[string]any{"do": "reveal", "round": 1})
	for _, s := range []*seat{hostess, ada} {
		s.until("revealed")
	}
	bo.do(map[string]any{"do": "close"})
	ended(t, ready.Session, seats)
}
