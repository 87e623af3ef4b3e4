package main

import (
	"context"
	"fmt"
)

// importGroup measures what an import of a large source costs, beside programs
// that do a part of it.
var importGroup = group{name: "import", kits: []kit{reading, comparing}, run: benchImport}

func benchImport(ctx context.Context, b *bench) error {
	fmt.Fprint(b.out, costHead)
	if err := benchTable(ctx, b); err != nil {
		return err
	}
	return benchTree(ctx, b)
}
