package session

// A Presence is what a roster says of a member: never how much they tagged.
type Presence string

// The presences. Who is away is for the connection to tell.
const (
	Listening Presence = "listening"
	Done      Presence = "done"
	Away      Presence = "away"
)

// Roster answers who of the members, as a table has them, is through with a
// round; with 0, with the whole draw.
func (s *State) Roster(round int) []Attendee {
	var all []Attendee
	for _, author := range s.members(&Call{}) {
		a := Attendee{Author: author, State: Done}
		for _, c := range s.Calls {
			if (round == 0 || c.Round == round) && !c.Said[author].Done() {
				a.State = Listening
			}
		}
		all = append(all, a)
	}
	return all
}
