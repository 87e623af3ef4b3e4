package sampling

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// MaxSeed is the longest seed a person may type. With it, a key of a call with
// a uid of up to 26 characters is one block of SHA-256.
const MaxSeed = 28

// BadSeed is answered for a typed seed that is empty, longer than [MaxSeed], or
// holds anything but ASCII letters, digits, "-", "_" and "."; a comma would let
// two pairs of seed and uid share a key. Args: seed, max.
const BadSeed review.Code = "bad-seed"

// Key returns the place of a call in a draw: hex SHA-256(seed + "," + uid).
func Key(seed, uid string) string { return digest(seed + "," + uid) }

// Seed returns the seed of the library's draw number (from 1), 20 hex digits.
func Seed(librarySeed string, number int, filter Filter) string {
	return digest(librarySeed + "," + strconv.Itoa(number) + "," + filter.String())[:20]
}

// CheckSeed answers [BadSeed] for a seed that cannot be typed.
func CheckSeed(seed string) error {
	const fine = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
	if seed == "" || len(seed) > MaxSeed || strings.Trim(seed, fine) != "" {
		return review.Fail(BadSeed, review.Args{"seed": seed, "max": MaxSeed})
	}
	return nil
}

// LibraryDigest is what a record says of the library's seed without giving it
// away: its hex SHA-256.
func LibraryDigest(librarySeed string) string { return digest(librarySeed) }

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
