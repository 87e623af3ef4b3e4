package mp3

// reservoirSize is how many bytes of earlier frames' main data a frame can use
// (2.4.2.7, main_data_begin, of nine bits).
const reservoirSize = 511

// A reservoir holds main data: of the frames before this one, and this one's.
type reservoir struct {
	data [reservoirSize + maxFrame + guard]byte
	have int
}

// add appends the main data of a frame, and returns where it begins.
func (r *reservoir) add(main []byte) (start int) {
	if r.have > reservoirSize {
		start = copy(r.data[:], r.data[r.have-reservoirSize:r.have])
	} else {
		start = r.have
	}
	r.have = start + copy(r.data[start:len(r.data)-guard], main)
	clear(r.data[r.have : r.have+guard])
	return start
}
