package opus

// weigh writes dst[0], dst[stride] and so on, which is not none, each weighted of
// eight samples from doubled. They are step phases from each other.
//
// It is in SSE2, which every amd64 has, and which multiplies eight numbers of 16
// bits at once: in plain Go it is a third of decoding speech.
//
//go:noescape
func weigh(dst []float32, doubled []int16, step, stride int)
