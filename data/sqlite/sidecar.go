package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// MatchSidecars implements [desk.KeepTranscripts]. It looks everything up before
// it writes, so that nobody waits for the looking.
func (s *Store) MatchSidecars(ctx context.Context, files []desk.Sidecar, look int64) ([]desk.SidecarMatch, error) {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return nil, failure(err)
	}
	defer func() { _ = tx.Rollback() }() // it only read
	m := matcher{importer: importer{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}, files: files}
	matches := make([]desk.SidecarMatch, len(files))
	var seen []int64
	for i, file := range files {
		id, known, err := m.known(file)
		if err == nil && !known {
			matches[i], err = m.match(file)
		}
		if err != nil {
			return nil, wrap(failure(err), "match sidecars")
		}
		if known {
			matches[i].Known = true
			seen = append(seen, id)
		}
	}
	return matches, wrap(s.see(ctx, seen, look), "mark sidecars as seen")
}

// see notes that sidecars are still there.
func (s *Store) see(ctx context.Context, ids []int64, look int64) error {
	if len(ids) == 0 {
		return nil
	}
	return s.tx(ctx, func(tx *sql.Tx) error {
		in := importer{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}
		for _, id := range ids {
			if err := in.exec(`UPDATE transcript SET seen = ? WHERE id = ?`, look, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// matcher finds the calls of sidecars, in a transaction that only reads.
type matcher struct {
	importer
	files    []desk.Sidecar
	contacts map[string]string // uids of calls by the contact ids in recordings' names; nil until one is asked for
}

// known finds a sidecar that is kept as it is.
func (m *matcher) known(file desk.Sidecar) (id int64, known bool, err error) {
	known, err = m.row(`SELECT id FROM transcript WHERE path = ? AND size = ? AND modified = ?`,
		[]any{review.Under(file.Root, file.Name), file.Size, file.Modified.UnixMilli()}, &id)
	return id, known, err
}

// matched is the call of a sidecar, with its people.
const matched = `SELECT c.uid, c.started_at, a.name, c.customer, %s FROM call c JOIN agent a ON a.id = c.agent_id %s`

var (
	byRecording = fmt.Sprintf(matched, "r.path", `JOIN recording r ON r.call_id = c.id
		WHERE r.path = ?1 OR r.path > ?1 || '.' AND r.path < ?1 || '/' AND instr(substr(r.path, length(?1) + 2), '.') = 0
		ORDER BY r.path LIMIT 1`)
	byUID = fmt.Sprintf(matched, "''", `WHERE c.uid = ?`)
)

func (m *matcher) call(query, key string) (found desk.SidecarMatch, ok bool, err error) {
	var agent, customer string
	var start int64
	ok, err = m.row(query, []any{key}, &found.UID, &start, &agent, &customer, &found.Recording)
	found.Start = time.Unix(start, 0)
	found.Agent, found.Customer = review.Hide(agent), review.Hide(customer)
	return found, ok, err
}

// match finds the recording that has a sidecar's name, else the call of its
// contact. Between a name+"." and the name+"/" lie the paths that go on with a
// dot.
func (m *matcher) match(file desk.Sidecar) (desk.SidecarMatch, error) {
	for _, name := range file.Beside {
		if found, ok, err := m.call(byRecording, review.Under(file.Root, name)); ok || err != nil {
			return found, err
		}
	}
	for _, id := range file.Contacts {
		if found, ok, err := m.call(byUID, id); ok || err != nil {
			return found, err
		}
	}
	if len(file.Contacts) > 0 && m.contacts == nil {
		if err := m.readContacts(); err != nil {
			return desk.SidecarMatch{}, err
		}
	}
	for _, id := range file.Contacts {
		if uid := m.contacts[id]; uid != "" {
			found, _, err := m.call(byUID, uid)
			return found, err
		}
	}
	return desk.SidecarMatch{}, nil
}

// readContacts looks for the contact ids of all files at once in the names of
// all recordings and of the folders that these lie in.
func (m *matcher) readContacts() error {
	wanted := map[string]bool{}
	for _, file := range m.files {
		for _, id := range file.Contacts {
			wanted[id] = true
		}
	}
	m.contacts = map[string]string{}
	var uid, path string
	return queries{db: m.tx}.stream(m.ctx, []any{&uid, &path}, func() {
		folder, base := filepath.Split(path)
		for id := range contactsIn(base + "/" + filepath.Base(folder)) {
			if _, taken := m.contacts[id]; wanted[id] && !taken {
				m.contacts[id] = uid
			}
		}
	}, `SELECT c.uid, r.path FROM recording r JOIN call c ON c.id = r.call_id ORDER BY r.path`)
}

// contactsIn yields what is shaped like a UUID in a name, in lower case.
func contactsIn(name string) func(yield func(string) bool) {
	const length = 36
	return func(yield func(string) bool) {
		for i := 0; i+length <= len(name); i++ {
			if !isUUID(name[i : i+length]) {
				continue
			}
			if !yield(strings.ToLower(name[i : i+length])) {
				return
			}
			i += length
		}
	}
}

func isUUID(s string) bool {
	for i := range len(s) {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (s[i] == '-') || !dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(s[i])) {
			return false
		}
	}
	return true
}
