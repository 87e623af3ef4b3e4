package ranking

import "math"

// Difference returns by how much a share changed, after − before, with the
// 95 % interval of two independent samples: Newcombe's hybrid of their score
// intervals (1998, Stat. Med. 17:873–890, method 10). Part lies between −1 and
// 1, negative when the issue became rarer.
func Difference(before, after Share) Share {
	d := after.Part - before.Part
	return Share{
		Part: d,
		Low:  d - math.Hypot(after.Part-after.Low, before.High-before.Part),
		High: d + math.Hypot(after.High-after.Part, before.Part-before.Low),
	}
}
