package opus_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	pion "github.com/pion/opus"

	"github.com/earshot-app/earshot/data/audio/opus"
)

// Speech of each rate inside, loud and clipped as no call is, comes out as the
// very numbers that decoding to 48 kHz gives.
func TestSpeechIsBroughtTo48kHzToTheLastBit(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 7))
	for configuration := range byte(12) {
		for channels := 1; channels <= 2; channels++ {
			packets := noise(random, 50, configuration, channels)
			if !slices.Equal(decoded(t, packets, channels), plain(t, packets, channels)) {
				t.Errorf("configuration %d, %d channels: other samples", configuration, channels)
			}
		}
	}
}

// Whatever follows speech is decoded by a decoder that heard it too.
func TestAStreamThatChangesItsModeGoesOnAtItsTime(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 9))
	for _, modes := range [][]byte{{1, 9}, {9, 1, 5}, {5, 13}, {9, 31}, {15, 1}, {19, 9, 31}} {
		var packets [][]byte
		for _, configuration := range modes {
			packets = append(packets, noise(random, 7, configuration, 1)...)
		}
		if !slices.Equal(decoded(t, packets, 1), plain(t, packets, 1)) {
			t.Errorf("modes %v: other samples", modes)
		}
	}
}

// So is what follows packets of one channel in a stream of two.
func TestAStreamOfTwoChannelsMayHavePacketsOfOne(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 11))
	for _, configuration := range []byte{1, 9, 13, 31} {
		var packets [][]byte
		for _, channels := range []int{1, 2} {
			packets = append(packets, noise(random, 7, configuration, channels)...)
		}
		if !slices.Equal(decoded(t, packets, 2), plain(t, packets, 2)) {
			t.Errorf("configuration %d: other samples", configuration)
		}
	}
}

// noise are packets of a configuration with random bytes, too few for a speech
// packet to have more in it than speech.
func noise(random *rand.Rand, count int, configuration byte, channels int) (packets [][]byte) {
	for range count {
		packet := []byte{configuration<<3 | byte(channels-1)<<2}
		for range 4 {
			packet = append(packet, byte(random.Uint32()))
		}
		packets = append(packets, packet)
	}
	return packets
}

// decoded is what a Decoder makes of packets, at its time.
func decoded(t *testing.T, packets [][]byte, channels int) (samples []float32) {
	t.Helper()
	head, err := opus.ParseHead([]byte("OpusHead\x01" + string(rune(channels)) + "\x38\x01\x40\x1f\x00\x00\x00\x00\x00"))
	if err != nil {
		t.Fatal(err)
	}
	d := opus.NewDecoder(head)
	for _, packet := range packets {
		more, err := d.Decode(packet)
		if err != nil {
			t.Fatal(err)
		}
		samples = append(samples, more...)
	}
	return append(samples, d.Rest()...)[opus.Delay*channels:]
}

// plain is what pion makes of them at 48 kHz.
func plain(t *testing.T, packets [][]byte, channels int) (samples []float32) {
	t.Helper()
	d, err := pion.NewDecoderWithOutput(opus.Rate, channels)
	if err != nil {
		t.Fatal(err)
	}
	buffer := make([]float32, opus.MaxFrames*channels)
	for _, packet := range packets {
		n, err := d.DecodeToFloat32(packet, buffer)
		if err != nil {
			t.Fatal(err)
		}
		samples = append(samples, buffer[:n*channels]...)
	}
	return samples
}
