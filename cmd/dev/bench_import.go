package main

import (
	"context"
	"fmt"
)

// importGroup measures what an import of a large source costs, beside programs
// that do a part of it.
var importGroup = group{name: "import", kits: []kit{reading}, run: benchImport}

func benchImport(ctx context.Context, b *bench) error {
	fmt.Fprint(b.out, costHead)
	return benchTable(ctx, b)
}
