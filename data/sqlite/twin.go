package sqlite

import (
	"github.com/earshot-app/earshot/review/desk"
)

// A recording belongs to the call of its contact, whatever it was found as. The
// uid that the contact makes is the call's own in most libraries; where it is
// not, because the contact became known later, the recording keeps it.

// spoken adds to known those of uids that the long way must look at: calls that
// are parts of others, and contacts of recordings whose call has another uid.
func (in *importer) spoken(known map[string]bool, uids []string) error {
	var some bool
	_, err := in.row(`SELECT EXISTS (SELECT 1 FROM call_merge) OR EXISTS (SELECT 1 FROM recording WHERE contact <> '')`, nil, &some)
	if err != nil || !some {
		return err // as in most libraries
	}
	return in.which(known, `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM call_merge WHERE uid = value)
		OR EXISTS (SELECT 1 FROM call_merge WHERE whole = value)
		OR EXISTS (SELECT 1 FROM recording WHERE contact = value AND contact <> '')`, uids)
}

// callOfContact finds the call that has recordings of the contact of a uid, but
// not its uid.
func (in *importer) callOfContact(e desk.Entry) (id int64, known bool, err error) {
	if !e.Names() {
		return 0, false, nil
	}
	known, err = in.row(`SELECT call_id FROM recording WHERE contact = ? AND contact <> '' ORDER BY call_id LIMIT 1`, []any{e.UID}, &id)
	return id, known, err
}

// callOfCopy finds the call of the recording that holds the same.
func (in *importer) callOfCopy(e desk.Entry) (id int64, known bool, err error) {
	if e.Copy == "" {
		return 0, false, nil
	}
	return in.callOf(e.Copy)
}

// keepCopy notes that a recording holds the same as another of its call.
func (in *importer) keepCopy(e desk.Entry) error {
	if e.Copy == "" {
		return nil
	}
	return in.exec(`UPDATE recording SET copy = 1 WHERE path = ?`, pathOf(e))
}

// meet looks whether another call is the same contact as the one that the entry
// belongs to, and notes both for a merge: the earlier stays.
func (in *importer) meet(a *desk.Added, e desk.Entry, call int64) error {
	if !e.Names() || a.UID == e.UID {
		return nil
	}
	other, known, err := in.callByUID(e.UID)
	if err == nil && !known {
		other, known, err = in.callOfContact(e)
	}
	if err != nil {
		return err
	}
	if err := in.exec(`UPDATE recording SET contact = ? WHERE path = ? AND contact <> ?`, e.UID, pathOf(e), e.UID); err != nil {
		return err
	}
	if !known || other == call {
		return nil
	}
	var uid string
	if _, err := in.row(`SELECT uid FROM call WHERE id = ?`, []any{other}, &uid); err != nil {
		return err
	}
	a.Part, a.Whole = a.UID, uid
	if call < other {
		a.Part, a.Whole = uid, a.UID
	}
	return nil
}
