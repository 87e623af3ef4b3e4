package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// texted is the condition that a call c holds a text in what anyone may read of
// it: its uid or that of a part of it, its contact's, its queue, its category, the
// name of an issue that was heard in it. What a field says is private until
// someone asks for it by its name, so "product: fibre" is a question of its own.
func (q queries) texted(ctx context.Context, text string) (where string, args []any, err error) {
	if name, value, ok := strings.Cut(text, ":"); ok {
		if where, args, err = q.fielded(ctx, strings.TrimSpace(name), strings.TrimSpace(value)); where != "" || err != nil {
			return where, args, err
		}
	}
	var ids [3]string
	for i, table := range []string{"queue", "category", "issue"} {
		if ids[i], err = q.namesWith(ctx, table, text); err != nil {
			return "", nil, err
		}
	}
	like := `%` + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + `%`
	where, args = `c.uid LIKE ? ESCAPE '\' OR c.queue_id IN (`+ids[0]+`) OR c.category_id IN (`+ids[1]+`)`, []any{like}
	var merged, met bool // what most libraries lack is not looked for in each of a million calls
	_, err = one(q.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM call_merge), EXISTS (SELECT 1 FROM recording WHERE contact <> '')`), &merged, &met)
	if merged {
		where, args = where+` OR c.uid IN (SELECT whole FROM call_merge WHERE uid LIKE ? ESCAPE '\')`, append(args, like)
	}
	if met {
		where, args = where+` OR c.id IN (SELECT call_id FROM recording WHERE contact <> '' AND contact LIKE ? ESCAPE '\')`, append(args, like)
	}
	if ids[2] != "" {
		where += ` OR c.id IN (SELECT call_id FROM finding WHERE issue_id IN (` + ids[2] + `))`
	}
	return where, args, wrap(err, "ask for parts of calls")
}

// fielded is the condition that a field of a call c holds a text, "" where there
// is no such field.
func (q queries) fielded(ctx context.Context, name, value string) (where string, args []any, err error) {
	names, err := q.namesByID(ctx, "field", true)
	if err != nil {
		return "", nil, err
	}
	for field, known := range names {
		if !strings.EqualFold(known, name) {
			continue
		}
		values := []int64{}
		var id int64
		var said string
		err := q.stream(ctx, []any{&id, &said}, func() {
			if strings.Contains(strings.ToLower(said), strings.ToLower(value)) {
				values = append(values, id)
			}
		}, `SELECT id, value FROM field_value WHERE field_id = ?`, field)
		if err != nil {
			return "", nil, wrap(err, "look for a field")
		}
		list, err := json.Marshal(values)
		return fmt.Sprintf(`EXISTS (SELECT 1 FROM call_field x WHERE x.call_id = c.id AND x.field_id = %d
			AND x.value_id IN (SELECT value FROM json_each(?)))`, field), []any{string(list)}, err
	}
	return "", nil, nil
}
