package hub

import "testing"

// The gate and the server must see the same messages in the same bytes, else
// some would pass uncounted.
func TestTheGateReadsLinesAsNATSDoes(t *testing.T) {
	tests := []struct {
		line, subject string
		payload       int64
		bad           bool
	}{
		{"PUB a.b 5\r\n", "a.b", 7, false},
		{"pub a.b 5\r\n", "a.b", 7, false},
		{"PUB\ta.b\treply\t5\r\n", "a.b", 7, false},
		{"PUB  a.b   reply  0\n", "a.b", 2, false},
		{"HPUB a.b reply 12 17\r\n", "a.b", 19, false},
		{"PING\r\n", "", 0, false},
		{"SUB PUB 1\r\n", "", 0, false},
		{"\r\n", "", 0, false},
		{"PUB a.b\r\n", "", 0, true},
		{"PUB 5\r\n", "", 0, true},
		{"PUB\r\n", "", 0, true},
		{"PUB a.b -1\r\n", "", 0, true},
		{"PUB a.b 0x5\r\n", "", 0, true},
		{"PUB a.b 99999999999\r\n", "", 0, true},
	}
	for _, test := range tests {
		subject, payload, err := published([]byte(test.line))
		if (err != nil) != test.bad || !test.bad && (subject != test.subject || payload != test.payload) {
			t.Errorf("%q: subject %q, %d bytes, %v; want %q, %d, bad %t", test.line, subject, payload, err, test.subject, test.payload, test.bad)
		}
	}
}

func FuzzPublished(f *testing.F) {
	f.Add([]byte("HPUB a.b reply 12 17\r\n"))
	f.Fuzz(func(t *testing.T, line []byte) {
		subject, payload, err := published(line)
		if payload < 0 || err == nil && (subject == "") != (payload == 0) {
			t.Errorf("%q: subject %q, %d bytes, %v", line, subject, payload, err)
		}
	})
}
