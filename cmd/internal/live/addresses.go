package live

import "net"

// maxOffered is how many addresses of a machine are offered: more than people have,
// and fewer than an invitation holds.
const maxOffered = 12

// Addresses are where others may reach this machine, without ports; the
// loopback one comes last.
func Addresses() []string {
	var found []string
	all, _ := net.InterfaceAddrs() // none is as good as an error: the loopback one is left
	for _, address := range all {
		ip, ok := address.(*net.IPNet)
		if ok && !ip.IP.IsLoopback() && !ip.IP.IsLinkLocalUnicast() && len(found) < maxOffered {
			found = append(found, ip.IP.String())
		}
	}
	return append(found, "127.0.0.1")
}

// Doors are addresses to listen at, with the ports that were used before, or
// any.
func Doors(addresses []string) []string {
	doors := make([]string, len(addresses))
	for i, address := range addresses {
		doors[i] = net.JoinHostPort(address, "0")
	}
	return doors
}
