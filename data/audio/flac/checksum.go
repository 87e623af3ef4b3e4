package flac

// The checksums of a header, polynomial 0x07, and of a frame, 0x8005.
var (
	table8  = crcTable(8, 0x07)
	table16 = crcTable(16, 0x8005)
)

func crcTable(width int, polynomial uint16) (table [256]uint16) {
	top := uint16(1) << (width - 1)
	for i := range table {
		crc := uint16(i) << (width - 8)
		for range 8 {
			carry := crc&top != 0
			crc <<= 1
			if carry {
				crc ^= polynomial
			}
		}
		table[i] = crc
	}
	return table
}

func crc8(data []byte) (crc byte) {
	for _, b := range data {
		crc = byte(table8[crc^b])
	}
	return crc
}

func crc16(data []byte) (crc uint16) {
	for _, b := range data {
		crc = crc<<8 ^ table16[byte(crc>>8)^b]
	}
	return crc
}
