package opus

// An upsampler brings a channel of SILK from 8, 12 or 16 kHz to 48 kHz, to the
// very integers of the reference decoder (RFC 6716, silk/resampler_rom.c and the
// two filters that use it): two chains of three all-pass filters give every
// sample of twice the rate, of which eight at a time are weighted for a sample of
// 48 kHz.
type upsampler struct {
	even, odd allPass
	doubled   [reach + 2*maxNarrow]int16 // the last ones of before, then new ones
}

const (
	reach     = 8 // samples that one is weighted of
	phases    = 12
	maxNarrow = MaxFrames / 3 // samples of the longest packet at 16 kHz
)

// weights of the eight samples around a twelfth of the way between the middle two.
//
//lint:ignore U1000 where there is a weigh in assembly, that reads them
var weights = func() (w [phases][reach]int16) {
	for i, half := range [phases][reach / 2]int16{
		{189, -600, 617, 30567},
		{117, -159, -1070, 29704},
		{52, 221, -2392, 28276},
		{-4, 529, -3350, 26341},
		{-48, 758, -3956, 23973},
		{-80, 905, -4235, 21254},
		{-99, 972, -4222, 18278},
		{-107, 967, -3957, 15143},
		{-103, 896, -3487, 11950},
		{-91, 773, -2865, 8798},
		{-71, 611, -2143, 5784},
		{-46, 425, -1375, 2996},
	} {
		for k, x := range half {
			w[i][k], w[phases-1-i][reach-1-k] = x, x
		}
	}
	return w
}()

// An allPass is a chain of three filters of the first order.
type allPass [3]int32

// next filters a sample, which has ten bits after the point, as the result has.
func (a *allPass) next(x int32, by *[3]int64) int32 {
	for i := range a {
		step := int32(int64(x-a[i]) * by[i] >> 16)
		x, a[i] = a[i]+step, x+step
	}
	return x
}

// The filters of samples that are there, and of those half way to the next.
var (
	evenFilters = [3]int64{1746, 14986, 39083}
	oddFilters  = [3]int64{6854, 25769, 55542}
)

// write writes src[0], src[stride] and so on, of 8, 12 or 16 kHz, to dst[0],
// dst[stride] and so on.
func (u *upsampler) write(dst, src []float32, rate, stride int) {
	n := u.double(src, stride)
	weigh(dst, u.doubled[:], 2*phases*rate/Rate, stride)
	copy(u.doubled[:reach], u.doubled[2*n:])
}

// double appends to doubled, and returns how many samples src has of the channel.
func (u *upsampler) double(src []float32, stride int) (n int) {
	even, odd := u.even, u.odd
	for i := 0; i < len(src); i += stride {
		x := int32(max(-1<<15, min(src[i]*(1<<15), 1<<15-1))) << 10
		to := (*[2]int16)(u.doubled[reach+2*n:])
		to[0] = round16(even.next(x, &evenFilters), 10)
		to[1] = round16(odd.next(x, &oddFilters), 10)
		n++
	}
	u.even, u.odd = even, odd
	return n
}

// round16 takes off bits after the point.
func round16(x int32, bits int) int16 {
	return int16(max(-1<<15, min((x>>(bits-1)+1)>>1, 1<<15-1)))
}
