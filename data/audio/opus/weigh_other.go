//go:build !amd64

package opus

// weigh writes dst[0], dst[stride] and so on, each weighted of eight samples from
// doubled. They are step phases from each other.
func weigh(dst []float32, doubled []int16, step, stride int) {
	at, phase := 0, 0
	for i := 0; i < len(dst); i += stride {
		sum := int32(0)
		for k, x := range (*[reach]int16)(doubled[at:]) {
			sum += int32(x) * int32(weights[phase][k])
		}
		dst[i] = float32(round16(sum, 15)) / (1 << 15)
		if phase += step; phase >= phases {
			at, phase = at+1, phase-phases
		}
	}
}
