package hub

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/earshot-app/earshot/review"
)

// secrets are what only a hub's own folder holds. Members know the certificate
// by its fingerprint, so losing it ends every link.
type secrets struct {
	certificate tls.Certificate
	seal        []byte // encrypts the streams on disk: without it they are noise
}

const secretsFile = "hub.pem"

// The blocks of the file.
const (
	keyBlock         = "PRIVATE KEY"
	certificateBlock = "CERTIFICATE"
	sealBlock        = "EARSHOT STREAM KEY"
)

// readSecrets reads or makes them. A damaged file is never replaced.
func readSecrets(f *folder, now time.Time) (secrets, error) {
	raw, err := os.ReadFile(f.file(secretsFile))
	if errors.Is(err, fs.ErrNotExist) {
		if raw, err = newSecrets(now); err != nil {
			return secrets{}, fmt.Errorf("make the hub's certificate: %w", err)
		}
		err = f.write(secretsFile, raw)
	}
	if err != nil {
		return secrets{}, fmt.Errorf("keep the hub's certificate: %w", err)
	}
	s, err := parseSecrets(raw)
	if err != nil {
		return secrets{}, review.Fail(HubDamaged, review.Args{"file": f.file(secretsFile)}).Because(err)
	}
	return s, nil
}

func newSecrets(now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		Subject:     pkix.Name{CommonName: "earshot"},
		NotBefore:   now.AddDate(-1, 0, 0), // members' clocks may be wrong; the fingerprint is what counts
		NotAfter:    now.AddDate(20, 0, 0),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	seal := make([]byte, 32)
	rand.Read(seal) // never fails
	var all []byte
	for _, block := range []pem.Block{{Type: keyBlock, Bytes: private}, {Type: certificateBlock, Bytes: certificate}, {Type: sealBlock, Bytes: seal}} {
		all = append(all, pem.EncodeToMemory(&block)...)
	}
	return all, nil
}

func parseSecrets(raw []byte) (secrets, error) {
	certificate, err := tls.X509KeyPair(raw, raw)
	if err != nil {
		return secrets{}, err
	}
	for block, rest := pem.Decode(raw); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == sealBlock && len(block.Bytes) == 32 {
			return secrets{certificate, block.Bytes}, nil
		}
	}
	return secrets{}, errors.New("there is no key of the streams in it")
}

func (s secrets) fingerprint() [32]byte { return sha256.Sum256(s.certificate.Certificate[0]) }

// tls13 is how the hub speaks to whoever connects.
func (s secrets) tls13() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{s.certificate}, MinVersion: tls.VersionTLS13}
}
