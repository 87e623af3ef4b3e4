-- Shared sessions that this library takes part in.
CREATE TABLE session (
  sid        TEXT    NOT NULL PRIMARY KEY,
  hosting    INTEGER NOT NULL DEFAULT 0,   -- 1: this library's author is the host now
  name       TEXT    NOT NULL DEFAULT '',  -- what follows is as it was opened
  draw       TEXT    NOT NULL DEFAULT '',  -- of the host's library
  blind      INTEGER NOT NULL DEFAULT 0,
  together   INTEGER NOT NULL DEFAULT 0,
  keep_audio INTEGER NOT NULL DEFAULT 0,
  joined_at  INTEGER NOT NULL,             -- Unix milliseconds
  closed     INTEGER NOT NULL DEFAULT 0,   -- 1: what is said here is not said there any more
  made       BLOB    NOT NULL DEFAULT x'', -- the host's "draw.made" with its signature and key, once it came
  made_sig   BLOB    NOT NULL DEFAULT x'',
  made_key   BLOB    NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;

-- Its events, also those of others, which are not part of this library's story.
CREATE TABLE session_event (
  seq       INTEGER PRIMARY KEY,
  sid       TEXT    NOT NULL REFERENCES session(sid),
  id        TEXT    NOT NULL,
  n         INTEGER NOT NULL,
  author    TEXT    NOT NULL,
  type      TEXT    NOT NULL,
  bytes     BLOB    NOT NULL,
  signature BLOB    NOT NULL,
  public    BLOB    NOT NULL,
  blind     INTEGER NOT NULL DEFAULT 0,    -- the round that hides it; 0 for what belongs in the log
  about     TEXT    NOT NULL DEFAULT '',   -- the issue that it names
  of        TEXT    NOT NULL DEFAULT '',   -- the journal's event that it is, or says again with the host's uid
  acked     INTEGER NOT NULL DEFAULT 0,    -- the sequence that the server gave it; 0 when not sent
  try       INTEGER NOT NULL DEFAULT 0,
  done      INTEGER NOT NULL DEFAULT 0,    -- 1: it came back through the log
  log_seq   INTEGER NOT NULL DEFAULT 0,    -- its sequence in the log
  UNIQUE (sid, author, id)
) STRICT;
CREATE INDEX session_event_n      ON session_event (n);
CREATE INDEX session_event_of     ON session_event (of) WHERE of <> '';
CREATE INDEX session_event_about  ON session_event (sid, about) WHERE about <> '';
CREATE INDEX session_event_blind  ON session_event (sid, blind) WHERE blind > 0;
CREATE INDEX session_event_outbox ON session_event (sid, seq) WHERE done = 0;
CREATE INDEX session_event_log    ON session_event (sid, log_seq) WHERE log_seq > 0;

CREATE TABLE session_cursor (
  sid     TEXT    NOT NULL,
  stream  TEXT    NOT NULL,
  created INTEGER NOT NULL,                -- Unix nanoseconds; tells one life of the stream from the next
  seq     INTEGER NOT NULL,
  last    TEXT    NOT NULL,                -- digest of what was there
  holes   TEXT    NOT NULL,                -- sequences that could not be read, as a JSON list
  PRIMARY KEY (sid, stream)
) STRICT, WITHOUT ROWID;

-- What members call themselves. No event holds a name.
CREATE TABLE session_member (
  sid    TEXT NOT NULL,
  author TEXT NOT NULL,
  name   TEXT NOT NULL,
  PRIMARY KEY (sid, author)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_call (
  sid      TEXT    NOT NULL,
  round    INTEGER NOT NULL,
  uid      TEXT    NOT NULL,               -- the host's
  local    TEXT    NOT NULL DEFAULT '',    -- this library's; '' until it was looked for
  revealed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (sid, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_call_local ON session_call (local) WHERE local <> '';

-- How many events were refused before they were kept, by reason.
CREATE TABLE session_refused (
  sid    TEXT    NOT NULL,
  reason TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (sid, reason)
) STRICT, WITHOUT ROWID;

-- What recordings hold, so that one that several sessions ask for is read once.
CREATE TABLE recording_hash (
  path     TEXT    NOT NULL PRIMARY KEY,
  size     INTEGER NOT NULL,
  modified INTEGER NOT NULL,               -- Unix milliseconds
  sha256   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- A guest is a call of somebody else's library. It is missing, as a draw sees
-- it, and so never in a frame or a share.
ALTER TABLE call ADD COLUMN guest INTEGER NOT NULL DEFAULT 0;
CREATE INDEX call_guest ON call (id) WHERE guest = 1;
CREATE TRIGGER call_guest_came AFTER UPDATE OF missing ON call WHEN new.guest = 1 AND new.missing = 0 BEGIN
  UPDATE call SET guest = 0 WHERE id = new.id; -- an import brought it
END;
