-- What forgotten calls were known by, as salted hashes: their uids, paths and
-- marks of content. A look that meets one of them again passes over it.
CREATE TABLE forgotten (
  hash TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
-- The row of a forgotten call stays, with its opaque uid, week, stratum, state
-- and findings. It is missing; where no draw held it, its rank is -1, which is
-- in the frames of shares as before and in no draw's any more.

-- Who heard which call, when, and how much. Only ever added to; each row holds
-- the digest of the one before. Of the call it says a commitment that nobody can
-- try guesses on: SHA-256 of a nonce and the uid.
CREATE TABLE listening (
  n         INTEGER PRIMARY KEY,             -- from 1
  at        INTEGER NOT NULL,                -- Unix milliseconds, when it ended
  author    TEXT    NOT NULL,
  heard_ms  INTEGER NOT NULL,                -- of speech
  call      TEXT    NOT NULL,
  prev      TEXT    NOT NULL,
  digest    TEXT    NOT NULL
) STRICT;

-- What the commitments stand for. Of a forgotten call the nonce is deleted, and
-- with it the way from the uid to the row.
CREATE TABLE listening_call (
  call  TEXT NOT NULL PRIMARY KEY,
  uid   TEXT NOT NULL,
  nonce TEXT NOT NULL                        -- hexadecimal; '' for a forgotten call
) STRICT, WITHOUT ROWID;
CREATE INDEX listening_call_uid ON listening_call (uid);

CREATE INDEX call_forgotten ON call (started_at, queue_id) WHERE rank = -1;
-- What was shown that is hidden; those events have no subject.
CREATE INDEX event_revealed ON event (seq) WHERE type = 'private.revealed';
CREATE TRIGGER listening_unchanged BEFORE UPDATE ON listening BEGIN SELECT RAISE(ABORT, 'the listening log is only added to'); END;
CREATE TRIGGER listening_kept      BEFORE DELETE ON listening BEGIN SELECT RAISE(ABORT, 'the listening log is only added to'); END;
