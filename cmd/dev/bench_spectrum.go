package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/cmplx"
	"os"
)

// The spectra that a distance is made of: 32 ms at a time, in bands as wide as
// the ear's.
const (
	spectrumRate = 8000
	spectrumSize = 256
	bandCount    = 24
	hop          = 128 // between two that are compared
	fine         = 16  // between two of the original that may be the same place
	reach        = 320 // how far that may lie from where the speed says
	quiet        = -50 // dB below full scale: quieter ones are left out
)

// A spectrum is the level of each band in dB.
type spectrum [bandCount]float64

// spectra are those of a recording, fine samples apart.
func spectra(samples []float64) []spectrum {
	var all []spectrum
	for at := 0; at+spectrumSize <= len(samples); at += fine {
		all = append(all, spectrumOf(samples[at:at+spectrumSize]))
	}
	return all
}

// distance is how far a recording that was made faster or slower is from the
// spectra of the original at the same place, in dB. A changed speed moves sound
// by some milliseconds, so the nearest place within 40 ms counts.
func distance(original []spectrum, changed []float64, speed float64) float64 {
	sum, count := 0.0, 0
	for at := 0; at+spectrumSize <= len(changed); at += hop {
		block := changed[at : at+spectrumSize]
		middle := float64(at+spectrumSize/2)*speed - spectrumSize/2
		first, last := (int(middle)-reach)/fine, (int(middle)+reach)/fine+1
		if level(block) < quiet || first < 0 || last > len(original) {
			continue
		}
		sum += nearest(spectrumOf(block), original[first:last])
		count++
	}
	return sum / float64(count)
}

func nearest(s spectrum, places []spectrum) float64 {
	least := math.Inf(1)
	for i := range places {
		sum := 0.0
		for band, x := range s {
			sum += math.Abs(x - places[i][band])
		}
		least = min(least, sum/bandCount)
	}
	return least
}

// level is the RMS of a block in dB.
func level(block []float64) float64 {
	sum := 0.0
	for _, x := range block {
		sum += x * x
	}
	return 10 * math.Log10(sum/float64(len(block))+1e-12)
}

func spectrumOf(block []float64) spectrum {
	var x [spectrumSize]complex128
	for i, v := range block {
		hann := 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/spectrumSize)
		x[i] = complex(v*hann, 0)
	}
	transform(x[:])
	var s spectrum
	for bin := 1; bin < spectrumSize/2; bin++ {
		power := real(x[bin])*real(x[bin]) + imag(x[bin])*imag(x[bin])
		s[band(bin)] += power
	}
	for i := range s {
		s[i] = 10 * math.Log10(s[i]+1e-5) // about -60 dB of full scale
	}
	return s
}

// band is the one that a bin of the transform falls in, all equally wide in mel.
func band(bin int) int {
	mel := func(hertz float64) float64 { return math.Log1p(hertz / 700) }
	at := mel(float64(bin)*spectrumRate/spectrumSize) / mel(spectrumRate/2)
	return int(at * bandCount)
}

// transform is a Fourier transform in place, of a power of two.
func transform(x []complex128) {
	n := len(x)
	if n == 1 {
		return
	}
	even, odd := make([]complex128, n/2), make([]complex128, n/2)
	for i := range even {
		even[i], odd[i] = x[2*i], x[2*i+1]
	}
	transform(even)
	transform(odd)
	for i := range even {
		turned := odd[i] * cmplx.Rect(1, -2*math.Pi*float64(i)/float64(n))
		x[i], x[i+n/2] = even[i]+turned, even[i]-turned
	}
}

// readWAV reads the samples of a mono WAV of 16 bits, as sox, ffmpeg and
// earshotctl write it.
func readWAV(file string) ([]float64, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	at := bytes.Index(raw, []byte("data"))
	if at < 0 || len(raw) < at+8 {
		return nil, errors.New("no data in " + file)
	}
	raw = raw[at+8:]
	samples := make([]float64, len(raw)/2)
	for i := range samples {
		samples[i] = float64(int16(binary.LittleEndian.Uint16(raw[2*i:]))) / (1 << 15)
	}
	return samples, nil
}
