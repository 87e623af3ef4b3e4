-- The catalogue: what sources told. Names are kept once and referred to.
CREATE TABLE library (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE queue    (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE category (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE agent    (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE source (
  id      INTEGER PRIMARY KEY,
  root    TEXT    NOT NULL UNIQUE,
  swapped INTEGER NOT NULL DEFAULT 0 -- 1: the agent is on the left
) STRICT;

CREATE TABLE call (
  id            INTEGER PRIMARY KEY,
  uid           TEXT    NOT NULL UNIQUE,
  started_at    INTEGER NOT NULL,            -- Unix seconds, UTC
  start_guessed INTEGER NOT NULL DEFAULT 0,
  duration_ms   INTEGER NOT NULL,
  told_ms       INTEGER NOT NULL DEFAULT 0,  -- the metadata's duration; 0 when it said none
  queue_id      INTEGER NOT NULL REFERENCES queue(id),
  category_id   INTEGER NOT NULL REFERENCES category(id),
  agent_id      INTEGER NOT NULL REFERENCES agent(id),
  customer      TEXT    NOT NULL DEFAULT '',
  direction     TEXT    NOT NULL DEFAULT '',
  source_id     INTEGER NOT NULL REFERENCES source(id),
  born          INTEGER NOT NULL,            -- draws made before it was added
  missing       INTEGER NOT NULL DEFAULT 0,
  -- from here on derived from the journal
  state   TEXT    NOT NULL DEFAULT 'new',
  scope   INTEGER NOT NULL DEFAULT 0,
  picked  INTEGER NOT NULL DEFAULT 0,
  passed  INTEGER NOT NULL DEFAULT 0,
  draw    TEXT    NOT NULL DEFAULT '',
  rank    INTEGER NOT NULL DEFAULT 0,
  played  REAL    NOT NULL DEFAULT 0,
  skip    TEXT    NOT NULL DEFAULT '',
  reason  TEXT    NOT NULL DEFAULT ''
) STRICT;
-- Covers the scan of a frame: no look-up of the table's rows.
CREATE INDEX call_frame ON call (started_at, queue_id, category_id, duration_ms, missing, rank, uid);
-- Covers the counts of what became of calls.
CREATE INDEX call_state ON call (state, scope, started_at, queue_id, category_id);
CREATE INDEX call_draw  ON call (draw, rank) WHERE draw <> '';
CREATE INDEX call_picked ON call (started_at, queue_id) WHERE picked = 1 AND scope = 0;

-- What a call was before an import corrected it, so that a draw can be verified
-- against its frame as it stood: the values held up to draw number "until".
CREATE TABLE call_was (
  call_id     INTEGER NOT NULL REFERENCES call(id),
  until       INTEGER NOT NULL,
  started_at  INTEGER NOT NULL,
  queue_id    INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  missing     INTEGER NOT NULL,
  PRIMARY KEY (call_id, until)
) STRICT, WITHOUT ROWID;

CREATE TABLE recording (
  id        INTEGER PRIMARY KEY,
  call_id   INTEGER NOT NULL REFERENCES call(id),
  source_id INTEGER NOT NULL REFERENCES source(id),
  path      TEXT    NOT NULL UNIQUE,
  size      INTEGER NOT NULL,
  modified  INTEGER NOT NULL,                -- Unix milliseconds
  format    TEXT    NOT NULL,
  rate      INTEGER NOT NULL,
  channels  INTEGER NOT NULL,
  frames    INTEGER NOT NULL,
  seen      INTEGER NOT NULL,                -- the look that last saw it
  missing   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX recording_call ON recording (call_id);
CREATE INDEX recording_seen ON recording (source_id, seen);

-- The journal: only ever added to.
CREATE TABLE author (
  id     TEXT NOT NULL PRIMARY KEY,
  public BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  seq       INTEGER PRIMARY KEY,
  id        TEXT    NOT NULL UNIQUE,
  type      TEXT    NOT NULL,
  author    TEXT    NOT NULL REFERENCES author(id),
  n         INTEGER NOT NULL,
  act       TEXT    NOT NULL,                -- the first event of the same act
  active    INTEGER NOT NULL DEFAULT 1,      -- 0: undone
  undoable  INTEGER NOT NULL,
  bytes     BLOB    NOT NULL,
  signature BLOB    NOT NULL
) STRICT;
CREATE INDEX event_order ON event (n, author, id);
CREATE INDEX event_undo  ON event (author, undoable, active, seq);
CREATE INDEX event_act   ON event (act);

CREATE TABLE event_subject (
  subject TEXT    NOT NULL,
  seq     INTEGER NOT NULL REFERENCES event(seq),
  PRIMARY KEY (subject, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_undoes (
  target TEXT    NOT NULL,                   -- an event's id, known or not yet
  seq    INTEGER NOT NULL REFERENCES event(seq),
  PRIMARY KEY (target, seq)
) STRICT, WITHOUT ROWID;

-- What the journal says, in the shape that screens and shares read.
CREATE TABLE issue (
  id   INTEGER PRIMARY KEY,
  uid  TEXT    NOT NULL UNIQUE,
  name TEXT    NOT NULL DEFAULT '',
  key  INTEGER NOT NULL DEFAULT 0,
  live INTEGER NOT NULL DEFAULT 0            -- 0: named by an event that is undone or not here yet
) STRICT;

CREATE TABLE finding (                       -- this issue occurs in this call
  id          INTEGER PRIMARY KEY,
  call_id     INTEGER NOT NULL REFERENCES call(id),
  issue_id    INTEGER NOT NULL REFERENCES issue(id),
  scope       INTEGER NOT NULL DEFAULT 0,
  started_at  INTEGER NOT NULL,              -- these three follow the call's
  queue_id    INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  UNIQUE (call_id, issue_id)
) STRICT;
CREATE INDEX finding_rank ON finding (issue_id, scope, started_at, queue_id, category_id);

CREATE TABLE moment (
  id         INTEGER PRIMARY KEY,
  uid        TEXT    NOT NULL UNIQUE,
  finding_id INTEGER NOT NULL REFERENCES finding(id) ON DELETE CASCADE,
  at_ms      INTEGER NOT NULL,
  until_ms   INTEGER NOT NULL DEFAULT 0,
  words      TEXT    NOT NULL DEFAULT '',
  counts     INTEGER NOT NULL                -- 1: tagged while a draw held the call
) STRICT;
CREATE INDEX moment_finding ON moment (finding_id);

CREATE TABLE praise (
  id      INTEGER PRIMARY KEY,
  uid     TEXT    NOT NULL UNIQUE,
  call_id INTEGER NOT NULL REFERENCES call(id),
  at_ms   INTEGER NOT NULL,
  words   TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX praise_call ON praise (call_id);

CREATE TABLE draw (
  id           TEXT    NOT NULL PRIMARY KEY,
  number       INTEGER NOT NULL,
  drawn_at     INTEGER NOT NULL,             -- Unix milliseconds
  seed         TEXT    NOT NULL,
  chosen_seed  INTEGER NOT NULL,
  filter       TEXT    NOT NULL,             -- canonical text
  scope        INTEGER NOT NULL,
  wanted       INTEGER NOT NULL,
  frame_size   INTEGER NOT NULL,
  frame_digest TEXT    NOT NULL,
  prev         TEXT    NOT NULL,
  digest       TEXT    NOT NULL,
  closed_at    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE draw_call (
  draw    TEXT    NOT NULL,
  rank    INTEGER NOT NULL,
  uid     TEXT    NOT NULL UNIQUE,           -- a call is drawn once
  PRIMARY KEY (draw, rank)
) STRICT, WITHOUT ROWID;

-- Not journalled: where the listener left off, and choices of this library.
CREATE TABLE place (
  uid    TEXT    NOT NULL PRIMARY KEY,
  at_ms  INTEGER NOT NULL,
  played TEXT    NOT NULL DEFAULT '' -- spans played so far, as "from-to,…" in milliseconds

) STRICT, WITHOUT ROWID;
