package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"

	"github.com/earshot-app/earshot/review/desk"
)

// MatchSidecars implements [desk.KeepTranscripts]. It looks everything up before
// it writes, so that nobody waits for the looking.
func (s *Store) MatchSidecars(ctx context.Context, files []desk.Sidecar, look int64) ([]desk.SidecarMatch, error) {
	matches := make([]desk.SidecarMatch, len(files))
	var seen []int64
	err := s.snapshot(ctx, func(q queries) error {
		m := matcher{ctx: ctx, q: q, files: files}
		for i, file := range files {
			id, known, err := m.known(file)
			if err != nil {
				return err
			}
			if known {
				matches[i].Known = true
				seen = append(seen, id)
				continue
			}
			if matches[i], err = m.match(file); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, wrap(err, "match sidecars")
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

// matcher finds the calls of sidecars.
type matcher struct {
	ctx      context.Context
	q        queries
	files    []desk.Sidecar
	contacts map[string]desk.SidecarMatch // of the recordings, by contact id; nil until one is asked for
}

// known finds a sidecar that is kept as it is.
func (m *matcher) known(file desk.Sidecar) (id int64, known bool, err error) {
	known, err = one(m.q.db.QueryRowContext(m.ctx, `SELECT id FROM transcript WHERE path = ? AND size = ? AND modified = ?`,
		full(file.Root, file.Name), file.Size, file.Modified.UnixMilli()), &id)
	return id, known, err
}

func full(root, name string) string { return filepath.Join(root, filepath.FromSlash(name)) }

// match finds the recording that has a sidecar's name, else the call of its
// contact.
func (m *matcher) match(file desk.Sidecar) (found desk.SidecarMatch, err error) {
	for _, name := range file.Beside {
		stem := full(file.Root, name)
		// Between stem+"." and stem+"/" lie the paths that go on with a dot.
		ok, err := one(m.q.db.QueryRowContext(m.ctx, `SELECT c.uid, r.path FROM recording r JOIN call c ON c.id = r.call_id
			WHERE r.path = ?1 OR r.path > ?1 || '.' AND r.path < ?1 || '/' AND instr(substr(r.path, length(?1) + 2), '.') = 0
			ORDER BY r.path LIMIT 1`, stem), &found.UID, &found.Recording)
		if err != nil || ok {
			return found, err
		}
	}
	for _, id := range file.Contacts {
		ok, err := one(m.q.db.QueryRowContext(m.ctx, `SELECT uid FROM call WHERE uid = ?`, id), &found.UID)
		if err != nil || ok {
			return found, err
		}
	}
	if len(file.Contacts) == 0 {
		return found, nil
	}
	if m.contacts == nil {
		if err := m.readContacts(); err != nil {
			return found, err
		}
	}
	for _, id := range file.Contacts {
		if call, ok := m.contacts[id]; ok {
			return call, nil
		}
	}
	return found, nil
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
	m.contacts = map[string]desk.SidecarMatch{}
	var uid, path string
	return m.q.stream(m.ctx, []any{&uid, &path}, func() {
		folder, base := filepath.Split(path)
		for id := range contactsIn(base + "/" + filepath.Base(folder)) {
			if _, taken := m.contacts[id]; wanted[id] && !taken {
				m.contacts[id] = desk.SidecarMatch{UID: uid}
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
