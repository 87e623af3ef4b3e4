package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/earshot-app/earshot/cmd/dev/phone"
)

// makeDemo has the demo calls spoken again from their script.
func makeDemo(ctx context.Context) error {
	if err := ensure(ctx, speaking); err != nil {
		return err
	}
	return phone.Make(ctx, filepath.Join("assets", "demo"), func(file string, seconds float64) {
		fmt.Printf("%s %5.1f s\n", file, seconds)
	})
}
