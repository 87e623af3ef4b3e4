package bucket

import (
	"context"
	"errors"
	"net/http"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/earshot-app/earshot/review"
)

// What keeps a bucket from being read. None holds a key.
const (
	BadAddress    review.Code = "bad-bucket-address"    // args: address
	BadServer     review.Code = "bad-bucket-server"     // args: server
	NoCredentials review.Code = "no-bucket-credentials" // args: bucket
	NoProfile     review.Code = "no-bucket-profile"     // args: profile; there is none, or its credentials cannot be had
	WrongKey      review.Code = "wrong-bucket-key"      // args: bucket; the server does not know or accept the credentials
	Denied        review.Code = "bucket-denied"         // args: bucket, permission
	NoBucket      review.Code = "no-bucket"             // args: bucket
	NothingThere  review.Code = "nothing-in-bucket"     // args: address
	Unreachable   review.Code = "bucket-unreachable"    // args: bucket
	NoObject      review.Code = "missing-recording"     // it was there when the bucket was listed
)

// The permissions that reading needs, as the bucket's owner grants them.
const (
	mayList = "s3:ListBucket"
	mayRead = "s3:GetObject"
)

// fail says what an error of the server means for someone who wanted to do what
// needs a permission.
func (b *Buckets) fail(ctx context.Context, a address, permission string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	args := review.Args{"bucket": a.bucket}
	var told minio.ErrorResponse
	if !errors.As(err, &told) {
		return review.Fail(Unreachable, args).Because(err)
	}
	switch {
	case told.Code == minio.NoSuchBucket:
		return review.Fail(NoBucket, args)
	case told.Code == minio.NoSuchKey || told.StatusCode == http.StatusNotFound:
		return review.Fail(NoObject, nil)
	case told.Code == "InvalidAccessKeyId" || told.Code == "SignatureDoesNotMatch" || told.Code == "ExpiredToken":
		return review.Fail(WrongKey, args).Because(err)
	case told.Code == minio.AccessDenied || told.StatusCode == http.StatusForbidden:
		if b.anonymous(a.profile) {
			return review.Fail(NoCredentials, args)
		}
		args["permission"] = permission
		return review.Fail(Denied, args).Because(err)
	}
	return review.Fail(Unreachable, args).Because(err)
}

// anonymous reports whether there were no credentials to ask with.
func (b *Buckets) anonymous(profile string) bool {
	keys, err := b.keys(profile)
	return err != nil || keys.AccessKeyID == ""
}

// keys are what a profile, "" for the environment's, asks with: empty if it tells
// none, an error if there is no such profile.
func (b *Buckets) keys(profile string) (credentials.Value, error) {
	return b.credentials(profile).GetWithContext(&credentials.CredContext{Client: &http.Client{Transport: b.transport}})
}
