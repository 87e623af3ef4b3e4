package mp3

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The fast transforms give what the sums of the standard give.

func TestTheFilterBankIsThatOfTheStandard(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var fast synthesis
	var v [1024]float64 // 11172-3, figure A.2
	for range 3 {
		var in [slots][subbands]float32
		for slot := range in {
			for sb := range in[slot] {
				in[slot][sb] = float32(random.NormFloat64())
			}
		}
		copied := in
		got := make([]float32, granuleSize)
		fast.write(&copied, got, 1)
		for slot := range in {
			copy(v[64:], v[:960])
			for i := range 64 {
				v[i] = 0
				for k, s := range in[slot] {
					v[i] += math.Cos(float64((16+i)*(2*k+1))*math.Pi/64) * float64(s)
				}
			}
			for j := range 32 {
				want := 0.0
				for i := range 8 {
					want += v[i*128+j]*float64(windowAt(i*64+j)) + v[i*128+96+j]*float64(windowAt(i*64+32+j))
				}
				near(t, "output", got[slot*32+j], want)
			}
		}
	}
}

// Sums of small whole numbers are exact in any order, so that no lane of the
// four at once may differ from the plain sum.
func TestTapsOfAllSlotsAreAddedToBothOutputs(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 5))
	for range 100 {
		var p windowPart
		var row [padded + 6]float32
		var low, high [padded]float32
		for _, numbers := range [][]float32{p.low[:], p.high[:], row[:], low[:], high[:]} {
			for i := range numbers {
				numbers[i] = float32(random.IntN(2001) - 1000)
			}
		}
		wantLow, wantHigh := low, high
		for i := range slots {
			for tap := range p.low {
				wantLow[i] += p.low[tap] * row[i+2*tap]
				wantHigh[i] += p.high[tap] * row[i+2*tap]
			}
		}
		p.add(&row, &low, &high)
		if [slots]float32(low[:]) != [slots]float32(wantLow[:]) || [slots]float32(high[:]) != [slots]float32(wantHigh[:]) {
			t.Fatalf("got %v and %v, want %v and %v", low, high, wantLow, wantHigh)
		}
	}
}

func TestLongBlocksAreTransformedAsInTheStandard(t *testing.T) {
	for block := range 4 {
		if block == shortBlocks {
			continue
		}
		x, spectrum := randomLines(block)
		got := transformed(x, &granule{block: block, mixed: true})
		for sb := range subbands {
			shape := block
			if sb < 2 {
				shape = normalBlock // mixed
			}
			for i := range 36 {
				want := 0.0
				for k := range 18 {
					want += spectrum[sb*18+k] * math.Cos(math.Pi/72*float64(2*i+19)*float64(2*k+1))
				}
				near(t, "sample", got.at(sb, i), want*standardWindow(shape, i))
			}
		}
	}
}

func TestShortBlocksAreTransformedAsInTheStandard(t *testing.T) {
	x, _ := randomLines(9)
	got := transformed(x, &granule{block: shortBlocks})
	for sb := range subbands {
		var want [36]float64
		for window := range 3 {
			for i := range 12 {
				sum := 0.0
				for k := range 6 {
					sum += float64(x[sb*18+3*k+window]) * math.Cos(math.Pi/24*float64(2*i+7)*float64(2*k+1))
				}
				want[6+6*window+i] += sum * math.Sin(math.Pi/12*(float64(i)+0.5))
			}
		}
		for i, w := range want {
			near(t, "sample", got.at(sb, i), w)
		}
	}
}

// standardWindow is written out as 2.4.3.4 lists it.
func standardWindow(block, i int) float64 {
	long, short := math.Sin(math.Pi/36*(float64(i)+0.5)), 0.0
	switch {
	case block == normalBlock, block == startBlock && i < 18, block == stopBlock && i >= 18:
		return long
	case block == startBlock && i < 24, block == stopBlock && i >= 12:
		return 1
	case block == startBlock && i < 30:
		short = math.Sin(math.Pi / 12 * (float64(i-18) + 0.5))
	case block == stopBlock && i >= 6:
		short = math.Sin(math.Pi / 12 * (float64(i-6) + 0.5))
	}
	return short
}

// randomLines returns lines and what they are after the butterflies against
// aliasing, done as 2.4.3.4 says.
func randomLines(seed int) (lines [granuleSize]float32, spectrum [granuleSize]float64) {
	random := rand.New(rand.NewPCG(uint64(seed), 3))
	for i := range lines {
		lines[i] = float32(random.NormFloat64())
		spectrum[i] = float64(lines[i])
	}
	for sb := 1; sb < subbands; sb++ {
		for i, c := range []float64{-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037} {
			cs, ca := 1/math.Sqrt(1+c*c), c/math.Sqrt(1+c*c)
			up, down := spectrum[18*sb-1-i], spectrum[18*sb+i]
			spectrum[18*sb-1-i], spectrum[18*sb+i] = up*cs-down*ca, down*cs+up*ca
		}
	}
	return lines, spectrum
}

// outputs are two granules of samples: the second holds what overlaps.
type outputs [2][slots][subbands]float32

// transformed gives what lines are transformed to.
func transformed(lines [granuleSize]float32, g *granule) (o outputs) {
	var h hybrid
	h.transform(&lines, granuleSize, g, &o[0])
	h.transform(new([granuleSize]float32), 0, &granule{}, &o[1])
	return o
}

// at returns the i-th of 36 outputs of a subband. Odd samples of odd subbands
// are inverted.
func (o *outputs) at(sb, i int) float32 {
	x := o[i/slots][i%slots][sb]
	if sb%2 == 1 && i%2 == 1 {
		return -x
	}
	return x
}

func near(t *testing.T, what string, got float32, want float64) {
	t.Helper()
	if math.Abs(float64(got)-want) > 1e-4 {
		t.Fatalf("%s is %v, want %v", what, got, want)
	}
}
