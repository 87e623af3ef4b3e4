package ogg

import "github.com/earshot-app/earshot/data/audio/opus"

// listed is Opus whose pages have checksums: what is damaged shows by them, and
// by the first bytes of each packet, which tell its length. An hour is decoded in
// seconds and listed in a few hundredths of one. It is a block.Lister.
type listed struct{ *opusCodec }

// List tells what Next would decode.
func (c listed) List() (first, frames int64, err error) {
	if c.broken != nil {
		return 0, 0, c.broken
	}
	packets, at, err := c.page()
	if err != nil && c.past > 0 {
		first, c.past = c.frame(c.past), 0
		return first, opus.Delay, nil // what a decoder still has
	}
	if err != nil || packets == nil {
		return 0, 0, err
	}
	for _, packet := range packets {
		n, ok := opus.Frames(packet)
		if !ok {
			c.broken = opus.ErrPacket
			break
		}
		frames += int64(n)
	}
	c.past = at + frames
	return c.frame(at), frames, nil
}
