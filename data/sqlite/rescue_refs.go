package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// standIns make a row of a table of names for one that is lost, with its number
// for a name.
var standIns = map[string]string{
	"queue":    `INSERT OR IGNORE INTO queue(id, name) VALUES(?1, '?' || ?1)`,
	"category": `INSERT OR IGNORE INTO category(id, name) VALUES(?1, '?' || ?1)`,
	"agent":    `INSERT OR IGNORE INTO agent(id, name) VALUES(?1, '?' || ?1)`,
	"source":   `INSERT OR IGNORE INTO source(id, root) VALUES(?1, '?' || ?1)`,
	"field":    `INSERT OR IGNORE INTO field(id, name) VALUES(?1, '?' || ?1)`,
}

// nameless is the row of a table of names that says none.
func (r *rescue) nameless(ctx context.Context, table string) (id int64, err error) {
	name := "name"
	if table == "source" {
		name = "root"
	}
	if err := exec(ctx, r.tx, fmt.Sprintf(`INSERT OR IGNORE INTO %q(%s) VALUES('')`, table, name)); err != nil {
		return 0, err
	}
	err = r.tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT id FROM %q WHERE %s = ''`, table, name)).Scan(&id)
	return id, err
}

// A reference is a column whose values are rows of another table.
type reference struct{ table, column, parent, key string }

// settleReferences gives rows whose parents are lost a stand-in, where only a
// name is lost by that, and leaves the others out, until all is in order.
func (r *rescue) settleReferences(ctx context.Context) error {
	references, err := list(ctx, r.tx, func(rows *sql.Rows, f *reference) error {
		return rows.Scan(&f.table, &f.column, &f.parent, &f.key)
	}, `SELECT t.name, f."from", f."table", coalesce(f."to", 'id') FROM pragma_table_list t, pragma_foreign_key_list(t.name) f
		WHERE t.schema = 'main' AND t.type = 'table' AND f."table" NOT IN ('event', 'author', 'issue', 'finding')`)
	if err != nil {
		return err
	}
	for settled := false; !settled; {
		settled = true
		for _, f := range references {
			changed, err := r.settleReference(ctx, f)
			if err != nil {
				return fmt.Errorf("%s of %s: %w", f.column, f.table, err)
			}
			settled = settled && !changed
		}
	}
	return r.askSecret(ctx)
}

func (r *rescue) settleReference(ctx context.Context, f reference) (changed bool, err error) {
	where := fmt.Sprintf(`FROM %q WHERE %[2]q IS NOT NULL AND %[2]q NOT IN (SELECT %[4]q FROM %[3]q)`, f.table, f.column, f.parent, f.key)
	lost, err := list(ctx, r.tx, func(rows *sql.Rows, id *any) error { return rows.Scan(id) }, fmt.Sprintf(`SELECT DISTINCT %q `, f.column)+where)
	if err != nil || len(lost) == 0 {
		return false, err
	}
	standIn := standIns[f.parent]
	if standIn == "" {
		for _, id := range lost {
			number, _ := id.(int64)
			r.lose(Loss{Table: f.table, What: LostParent, Detail: strings.TrimSpace(fmt.Sprint(f.parent, " ", id)), From: number, To: number})
		}
		return true, exec(ctx, r.tx, `DELETE `+where)
	}
	for _, id := range lost {
		number, _ := id.(int64)
		r.lose(Loss{Table: f.parent, From: number, To: number, What: LostName})
		if err := exec(ctx, r.tx, standIn, id); err != nil {
			return false, err
		}
	}
	return true, nil
}

// askSecret lists the loss of the secret that all draws come from.
func (r *rescue) askSecret(ctx context.Context) error {
	var there bool
	err := r.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM library WHERE name = 'secret')`).Scan(&there)
	if err == nil && !there {
		r.lose(Loss{Table: "library", What: LostSecret})
	}
	return err
}
