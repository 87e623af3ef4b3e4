// Package bucket says which files lie in buckets of S3-compatible object
// storage, and reads them by ranges, so that a bucket is a source of recordings
// like a folder.
//
// # Addresses
//
// An address is "s3://bucket/prefix", or "s3://profile@bucket/prefix" to use
// one of the profiles that the command line tools of Amazon keep in the user's
// home. It holds no secret, so a library may keep it. A recording's address is
// that of its source, a slash, and its name below.
//
// # Access
//
// Credentials are those of the environment (AWS_ACCESS_KEY_ID,
// AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) or of the profile; they are asked
// for at each start and written nowhere. Where there are none, as in a profile that
// only names a server, a bucket is read as the public may. The server is the one that
// AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or the profile's endpoint_url names,
// else Amazon's; the region is AWS_REGION, AWS_DEFAULT_REGION or the profile's.
//
// Nothing is copied: headers and what is played are read as they are needed, see
// [Object]. The permissions that reading needs are s3:ListBucket and
// s3:GetObject; what is missing is named by the errors, see error.go.
package bucket

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"gopkg.in/ini.v1"

	"github.com/earshot-app/earshot/review"
)

// scheme is how an address begins.
const scheme = "s3://"

// amazon is the server where nothing names another.
const amazon = "https://s3.amazonaws.com"

// IsAddress reports whether a source or recording lies in a bucket.
func IsAddress(path string) bool { return strings.HasPrefix(path, scheme) }

// An address is where something lies.
type address struct{ profile, bucket, key string }

// parse reads an address. It answers [BadAddress].
func parse(text string) (address, error) {
	rest, ok := strings.CutPrefix(text, scheme)
	place, key, _ := strings.Cut(rest, "/")
	a := address{bucket: place, key: key}
	if at := strings.LastIndexByte(place, '@'); at >= 0 {
		a.profile, a.bucket = place[:at], place[at+1:]
	}
	if !ok || a.bucket == "" || strings.ContainsAny(a.bucket, " ?#\\\x00") {
		return address{}, review.Fail(BadAddress, review.Args{"address": text})
	}
	return a, nil
}

// root is the address of what lies under key.
func (a address) root(key string) string {
	place := a.bucket
	if a.profile != "" {
		place = a.profile + "@" + a.bucket
	}
	if key = strings.TrimSuffix(key, "/"); key == "" {
		return scheme + place
	}
	return scheme + place + "/" + key
}

// Buckets reads buckets with what the environment allows. It keeps one client
// for each profile and is safe for concurrent use.
type Buckets struct {
	getenv    func(string) string
	transport *http.Transport

	mu      sync.Mutex
	clients map[string]*minio.Core // by profile
}

// New returns the buckets that the environment allows to read. Who makes it for
// less than the life of the program closes it.
func New(getenv func(string) string) *Buckets {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16
	transport.DisableCompression = true // ranges count bytes as they are stored
	return &Buckets{getenv: getenv, transport: transport, clients: map[string]*minio.Core{}}
}

// Close ends the connections.
func (b *Buckets) Close() { b.transport.CloseIdleConnections() }

// client answers the client of a profile, "" for the environment's. It answers
// [BadServer] and [NoProfile].
func (b *Buckets) client(profile string) (*minio.Core, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.clients[profile]; c != nil {
		return c, nil
	}
	if _, err := b.keys(profile); profile != "" && err != nil {
		return nil, review.Fail(NoProfile, review.Args{"profile": profile})
	}
	place := b.place(profile)
	server, err := url.Parse(place.server)
	if err != nil || server.Host == "" || server.Scheme != "http" && server.Scheme != "https" {
		return nil, review.Fail(BadServer, review.Args{"server": place.server})
	}
	c, err := minio.NewCore(server.Host, &minio.Options{
		Creds:      b.credentials(profile),
		Secure:     server.Scheme == "https",
		Transport:  b.transport,
		Region:     place.region,
		MaxRetries: 3,
	})
	if err != nil {
		return nil, review.Fail(BadServer, review.Args{"server": place.server}).Because(err)
	}
	b.clients[profile] = c
	return c, nil
}

func (b *Buckets) credentials(profile string) *credentials.Credentials {
	file := &credentials.FileAWSCredentials{Profile: profile}
	if profile != "" {
		return credentials.New(file)
	}
	return credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, file})
}

// A place is a server and its region, "" for unknown.
type place struct{ server, region string }

// place reads the environment, then the profile in the configuration file of
// Amazon's tools, which lists those beside "default" as "profile name".
func (b *Buckets) place(profile string) place {
	p := place{
		server: b.first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
		region: b.first("AWS_REGION", "AWS_DEFAULT_REGION"),
	}
	if section := b.section(profile); section != nil {
		if of := section.Key("endpoint_url").String(); of != "" && (p.server == "" || profile != "") {
			p.server = of
		}
		if of := section.Key("region").String(); of != "" && (p.region == "" || profile != "") {
			p.region = of
		}
	}
	if p.server == "" {
		p.server = amazon
	}
	return p
}

func (b *Buckets) section(profile string) *ini.Section {
	file := b.getenv("AWS_CONFIG_FILE")
	if home, err := os.UserHomeDir(); file == "" && err == nil {
		file = filepath.Join(home, ".aws", "config")
	}
	config, err := ini.LooseLoad(file)
	if err != nil {
		return nil // as good as none: what is missing without it is told by the server
	}
	name := profile
	if name == "" {
		name = b.first("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
	}
	if name == "" || name == "default" {
		name = "default"
	} else {
		name = "profile " + name
	}
	section, err := config.GetSection(name)
	if err != nil {
		return nil
	}
	return section
}

func (b *Buckets) first(names ...string) string {
	for _, name := range names {
		if value := b.getenv(name); value != "" {
			return value
		}
	}
	return ""
}
