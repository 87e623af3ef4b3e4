package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Fields implements [desk.ReadCalls]. The dictionary tells how many values a
// field has, so that no call is read.
func (q queries) Fields(ctx context.Context) ([]desk.Field, error) {
	fields, err := list(ctx, q.once().db, func(r *sql.Rows, f *desk.Field) error { return r.Scan(&f.Name, &f.Values) },
		`SELECT f.name, (SELECT count(*) FROM field_value v WHERE v.field_id = f.id) FROM field f ORDER BY f.name`)
	return fields, wrap(err, "read the fields")
}

// fieldsColumn is what the fields of a call c say, one after another with the
// separators of ASCII, which no cleaned cell holds.
const fieldsColumn = `, coalesce((SELECT group_concat(n.name || char(31) || v.value, char(30) ORDER BY n.name) FROM call_field x
	JOIN field n ON n.id = x.field_id JOIN field_value v ON v.id = x.value_id WHERE x.call_id = c.id), '')`

// fieldsOf reads what fieldsColumn says.
func fieldsOf(column string) []review.Field {
	if column == "" {
		return nil
	}
	var fields []review.Field
	for pair := range strings.SplitSeq(column, "\x1e") {
		name, value, _ := strings.Cut(pair, "\x1f")
		fields = append(fields, review.Field{Name: name, Value: review.Hide(value)})
	}
	return fields
}

// fieldOf is the value's row of what a field says of a call c, 0 for nothing.
// The name of the field is argument n.
func fieldOf(n int) string {
	return fmt.Sprintf(`coalesce((SELECT x.value_id FROM call_field x WHERE x.call_id = c.id
		AND x.field_id = (SELECT id FROM field WHERE name = ?%d)), 0)`, n)
}

// fieldAsOf is [fieldOf] as the draw with the number of argument 1 saw it.
func fieldAsOf(n int) string {
	return fmt.Sprintf(`coalesce((SELECT w.value_id FROM call_field_was w WHERE w.call_id = c.id
		AND w.field_id = (SELECT id FROM field WHERE name = ?%d) AND w.until >= ?1 ORDER BY w.until LIMIT 1), `, n) + fieldOf(n) + `)`
}

// fieldTrait is a column of what some fields say of a call c: rows of values
// with commas after them. The ids are looked up first, so that a statement with
// it needs no argument.
func (q queries) fieldTrait(ctx context.Context, names []string) (string, error) {
	if len(names) == 0 {
		return `''`, nil
	}
	var parts []string
	for _, name := range names {
		var id int64
		if _, err := one(q.db.QueryRowContext(ctx, `SELECT id FROM field WHERE name = ?`, name), &id); err != nil {
			return "", wrap(err, "find a field")
		}
		parts = append(parts, fmt.Sprintf(`coalesce((SELECT x.value_id FROM call_field x WHERE x.call_id = c.id AND x.field_id = %d), 0) || ','`, id))
	}
	return strings.Join(parts, " || "), nil
}

// fieldValues are the values of some fields by their rows.
func (q queries) fieldValues(ctx context.Context, names []string) (map[int64]string, error) {
	type row struct {
		id    int64
		value string
	}
	values := map[int64]string{}
	for _, name := range names {
		rows, err := list(ctx, q.db, func(r *sql.Rows, v *row) error { return r.Scan(&v.id, &v.value) },
			`SELECT v.id, v.value FROM field_value v JOIN field n ON n.id = v.field_id WHERE n.name = ?`, name)
		if err != nil {
			return nil, fmt.Errorf("read the values of a field: %w", err)
		}
		for _, r := range rows {
			values[r.id] = r.value
		}
	}
	return values, nil
}

// valuesOf names what a field trait says.
func valuesOf(trait string, names map[int64]string) []string {
	var values []string
	for part := range strings.SplitSeq(strings.TrimSuffix(trait, ","), ",") {
		id, _ := strconv.ParseInt(part, 10, 64) // SQLite wrote it
		values = append(values, names[id])
	}
	return values
}

// correctFields overlays what the metadata says of a call's fields, and lists
// those of a call that was here which now say another thing. What draws have
// seen is kept.
func (in *importer) correctFields(e desk.Entry, call int64) (changed []desk.FieldChange, err error) {
	for _, f := range e.Meta.Fields {
		was, value, err := in.fieldNow(call, f)
		if err != nil {
			return changed, fmt.Errorf("read a field: %w", err)
		}
		if value == was {
			continue
		}
		field := in.ids[[2]string{"field", f.Name}]
		if !in.fresh[call] {
			changed = append(changed, desk.FieldChange{Field: f.Name, From: hiddenIf(was != 0), To: review.Hidden})
			err = in.exec(`INSERT INTO call_field_was VALUES(?, ?, ?, ?) ON CONFLICT DO NOTHING`, call, field, in.draws, was)
		}
		if err == nil {
			err = in.exec(`INSERT INTO call_field VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET value_id = excluded.value_id`, call, field, value)
		}
		if err != nil {
			return changed, fmt.Errorf("keep a field: %w", err)
		}
	}
	return changed, nil
}

// fieldNow finds the rows of what a field says of a call and of what it is to
// say.
func (in *importer) fieldNow(call int64, f review.Field) (was, value int64, err error) {
	field, err := in.id("field", "name", f.Name)
	if err != nil {
		return 0, 0, err
	}
	key := [2]string{"field_value " + strconv.FormatInt(field, 10), f.Value.Open()}
	value, known := in.ids[key]
	if !known {
		if err := in.exec(`INSERT INTO field_value(field_id, value) VALUES(?, ?) ON CONFLICT DO NOTHING`, field, key[1]); err != nil {
			return 0, 0, err
		}
		if _, err := in.row(`SELECT id FROM field_value WHERE field_id = ? AND value = ?`, []any{field, key[1]}, &value); err != nil {
			return 0, 0, err
		}
		in.ids[key] = value
	}
	_, err = in.row(`SELECT value_id FROM call_field WHERE call_id = ? AND field_id = ?`, []any{call, field}, &was)
	return was, value, err
}

func hiddenIf(something bool) string {
	if something {
		return review.Hidden
	}
	return ""
}
