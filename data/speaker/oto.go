package speaker

import (
	"encoding/binary"
	"fmt"
	"time"

	"github.com/hajimehoshi/oto"

	"github.com/earshot-app/earshot/review/playback"
)

const channels, sampleSize = 2, 2 // bytes of 16 bits

// byOto opens the card anew after oto has given it up, which it does when
// writing to it fails. What is stuck in writing it has not given up, and then it
// panics, having checked before it does anything. As byBeep it waits for no other
// program.
func byOto(l *line) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("open sound card again: %v", p)
		}
	}()
	if err := find(); err != nil {
		return err
	}
	context, err := oto.NewContext(playback.Rate, channels, sampleSize, bufferFrames*channels*sampleSize)
	if err != nil {
		return fmt.Errorf("open sound card again: %w", err)
	}
	go pump(l, context.NewPlayer())
	return nil
}

// pump gives sound to a card until writing to it fails; the context then closes
// itself. Like beep's own goroutine it otherwise lives as long as the program,
// which opens no card beside it.
func pump(l *line, card *oto.Player) {
	frames := make([][2]float64, bufferFrames)
	bytes := make([]byte, 0, bufferFrames*channels*sampleSize)
	for {
		if l.give(frames) {
			time.Sleep(buffer)
		}
		bytes = bytes[:0]
		for _, f := range frames {
			for _, x := range f {
				bytes = binary.LittleEndian.AppendUint16(bytes, uint16(int16(sample(x))))
			}
		}
		if n, err := card.Write(bytes); err != nil || n < len(bytes) {
			l.fail()
			return
		}
	}
}
