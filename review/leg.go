package review

// A Leg says which of the two people a recording holds.
type Leg string

// The legs. A call that was recorded person by person has two recordings that
// began together, or nearly.
const (
	WholeCall   Leg = "" // both people
	CustomerLeg Leg = "customer"
	AgentLeg    Leg = "agent"
)
