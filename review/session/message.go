package session

// Messages go between the members of a live session beside the log: they tell
// how things stand, and are not kept. Each is one JSON object.

// A Play is what the host plays for all. It is sent on every change and once a
// second.
type Play struct {
	Epoch   int64   `json:"epoch"` // higher with every change; a lower one is stale
	Round   int     `json:"round"` // 0 while no call is open
	Playing bool    `json:"playing"`
	PosMS   int64   `json:"pos_ms"`         // in the call
	AtHost  int64   `json:"at_host_ms"`     // the host's clock, Unix milliseconds, at which it is at PosMS
	Rate    float64 `json:"rate"`           // speed; 1 for the recording's own
	By      string  `json:"by"`             // author who asked for it
	Only    string  `json:"only,omitempty"` // author whose player alone is heard, where several are in one room; "" for all
}

// A Roster says who is there.
type Roster struct {
	Members []Attendee `json:"members"`
}

// An Attendee is one line of a roster. Name is what they call themselves; it is
// in no event. TripMS is what a member tells the host alone: how long the host's
// answers take, in milliseconds, so that a start is told early enough.
type Attendee struct {
	Author string   `json:"author"`
	Name   string   `json:"name"`
	State  Presence `json:"state"`
	TripMS int64    `json:"trip_ms,omitempty"`
}

// An Ask is what a member asks the host to do. What does not belong to it is 0.
type Ask struct {
	Do    AskDo   `json:"do"`
	Round int     `json:"round,omitempty"`  // of [AskOpen]
	PosMS int64   `json:"pos_ms,omitempty"` // of [AskSeek]
	Rate  float64 `json:"rate,omitempty"`   // of [AskRate]
}

// AskDo names what is asked for.
type AskDo string

// What a member can ask for.
const (
	AskPlay  AskDo = "play"
	AskPause AskDo = "pause"
	AskSeek  AskDo = "seek"
	AskRate  AskDo = "rate"
	AskOpen  AskDo = "open"
	AskOnly  AskDo = "only" // that the asker's player alone is heard
	AskAll   AskDo = "all"  // that everybody's is heard again
)
