package hub

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/earshot-app/earshot/review"
)

// BadInvitation is answered for a text that is not a whole invitation.
const BadInvitation review.Code = "bad-invitation"

// Scheme begins every invitation.
const Scheme = "earshot://join/"

// A Secret lets somebody in. It prints as "hidden".
type Secret [16]byte

// String keeps the secret out of logs.
func (Secret) String() string { return "hidden" }

// GoString keeps the secret out of logs.
func (Secret) GoString() string { return "hidden" }

// text is what a client shows to the server.
func (s Secret) text() string { return base64.RawURLEncoding.EncodeToString(s[:]) }

// A Place is who runs the server of a session.
type Place byte

// The places.
const (
	OwnHub  Place = 'h' // the host, see [Serve]
	Foreign Place = 'n' // somebody else, and the streams are there too
	Leaf    Place = 'l' // somebody else, and the streams are with the host
)

// An Invitation is all that somebody needs to come to a session; with a Foreign
// or Leaf server also the [Outside] from their own settings.
type Invitation struct {
	Place       Place
	Session     string
	Secret      Secret   // of an own hub; all zero for members who were let in before
	Fingerprint [32]byte // of an own hub: SHA-256 of its certificate
	Addresses   []string // host:port, at most 16; the first that answers is used
	Host        string   // who hosts, as they say, see [HostNamed]; may be ""
}

// mostName is how many bytes of a host's name fit into an invitation.
const mostName = 60

// HostNamed is the name of a host as an invitation may have it: printable, and not
// too long.
func HostNamed(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	for len(name) > mostName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return strings.TrimSpace(name)
}

// Link is the invitation as text, which [ParseInvitation] reads: base64url of
//
//	1  version
//	1  place
//	10 session
//	16 secret, 32 fingerprint   of an own hub
//	   addresses: '4' and 4 bytes, '6' and 16 bytes, or 'n', a length and a
//	   name; each followed by the port, 2 bytes, high one first
//	   host: 'w', a length and the name, if they have one
func (i Invitation) Link() string {
	b := []byte{1, byte(i.Place)}
	id, _ := base32.StdEncoding.DecodeString(strings.ToUpper(i.Session))
	b = append(b, id...)
	if i.Place == OwnHub {
		b = append(b, i.Secret[:]...)
		b = append(b, i.Fingerprint[:]...)
	}
	for _, address := range i.Addresses {
		b = appendAddress(b, address)
	}
	if i.Host != "" {
		b = append(append(b, 'w', byte(len(i.Host))), i.Host...)
	}
	return Scheme + base64.RawURLEncoding.EncodeToString(b)
}

func appendAddress(b []byte, address string) []byte {
	host, digits, _ := net.SplitHostPort(address)
	port, _ := strconv.ParseUint(digits, 10, 16)
	ip, err := netip.ParseAddr(host)
	switch {
	case err == nil && ip.Zone() == "" && ip.Is4():
		b = append(append(b, '4'), ip.AsSlice()...)
	case err == nil && ip.Zone() == "" && !ip.Is4In6():
		b = append(append(b, '6'), ip.AsSlice()...)
	default:
		b = append(append(b, 'n', byte(len(host))), host...)
	}
	return binary.BigEndian.AppendUint16(b, uint16(port))
}

// ParseInvitation reads a link, with space around it. It answers
// [BadInvitation].
func ParseInvitation(link string) (Invitation, error) {
	bad := review.Fail(BadInvitation, nil)
	text, ok := strings.CutPrefix(strings.TrimSpace(link), Scheme)
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if !ok || err != nil || len(b) < 12 || b[0] != 1 || !strings.ContainsRune("hnl", rune(b[1])) {
		return Invitation{}, bad
	}
	i := Invitation{Place: Place(b[1]), Session: strings.ToLower(base32.StdEncoding.EncodeToString(b[2:12]))}
	rest := bytes.NewReader(b[12:])
	if i.Place == OwnHub {
		n, _ := rest.Read(i.Secret[:])
		m, _ := rest.Read(i.Fingerprint[:])
		ok = n == len(i.Secret) && m == len(i.Fingerprint)
	}
	for ok && rest.Len() > 0 {
		if name, last := strings.CutPrefix(string(b[len(b)-rest.Len():]), "w"); last {
			i.Host, ok = readName(name)
			break
		}
		var address string
		address, ok = readAddress(rest)
		i.Addresses = append(i.Addresses, address)
		ok = ok && len(i.Addresses) <= 16
	}
	// What was read must be written the same way, so that one invitation has one
	// link and nothing else is hidden in it.
	if !ok || (i.Place == OwnHub && len(i.Addresses) == 0) || i.Link() != Scheme+text {
		return Invitation{}, bad
	}
	return i, nil
}

// readName reads the rest of an invitation: a length and so many bytes.
func readName(s string) (name string, ok bool) {
	if s == "" {
		return "", false
	}
	name = s[1:]
	return name, int(s[0]) == len(name) && name != "" && name == HostNamed(name)
}

func readAddress(r *bytes.Reader) (string, bool) {
	kind, _ := r.ReadByte()
	length := map[byte]int{'4': 4, '6': 16}[kind]
	if kind == 'n' {
		n, _ := r.ReadByte()
		length = int(n)
	}
	b := make([]byte, length+2)
	if n, _ := r.Read(b); length == 0 || n != len(b) {
		return "", false
	}
	host := string(b[:length])
	if kind != 'n' {
		ip, _ := netip.AddrFromSlice(b[:length])
		host = ip.String()
	} else if !hostName(host) {
		return "", false
	}
	port := binary.BigEndian.Uint16(b[length:])
	return net.JoinHostPort(host, strconv.Itoa(int(port))), port > 0
}

// hostName reports whether s could be the name of a computer: the letters that
// such a name has, and nothing that a program could take for more.
func hostName(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == "" &&
		!strings.HasPrefix(s, "-")
}

// decodeSecret is nil where text is none; a hash of that opens nothing.
func decodeSecret(text string) []byte {
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != len(Secret{}) {
		return nil
	}
	return b
}
