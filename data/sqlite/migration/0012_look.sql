-- How each source was last looked through.
ALTER TABLE source ADD COLUMN looked_at INTEGER NOT NULL DEFAULT 0;  -- end of the last whole look in Unix milliseconds; 0 for none
ALTER TABLE source ADD COLUMN files     INTEGER NOT NULL DEFAULT 0;  -- of any kind that it met
ALTER TABLE source ADD COLUMN problems  INTEGER NOT NULL DEFAULT 0;  -- of which the first are kept
ALTER TABLE source ADD COLUMN failed    TEXT    NOT NULL DEFAULT ''; -- why the last look could not begin, a code with arguments as JSON
ALTER TABLE source ADD COLUMN profile   TEXT    NOT NULL DEFAULT ''; -- as it was asked for
ALTER TABLE source ADD COLUMN metadata  TEXT    NOT NULL DEFAULT ''; -- the table that was read with it
ALTER TABLE source ADD COLUMN manner    TEXT    NOT NULL DEFAULT ''; -- all that decided what it told of a file

CREATE TABLE source_problem (
  source_id INTEGER NOT NULL REFERENCES source(id),
  place     INTEGER NOT NULL,                -- in the order of the look, from 1
  file      TEXT    NOT NULL,
  line      INTEGER NOT NULL,
  reason    TEXT    NOT NULL,                -- a code with arguments as JSON
  PRIMARY KEY (source_id, place)
) STRICT, WITHOUT ROWID;

-- What a recording is known by when it has moved: a number made of its size and
-- of parts of its content; 0 where nothing was made.
ALTER TABLE recording ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;
CREATE INDEX recording_mark ON recording (mark) WHERE mark <> 0;
-- Covers the search for what a look has not met, and counts sources.
DROP INDEX recording_seen;
CREATE INDEX recording_source ON recording (source_id, missing, seen);
-- The dates that a source covers, and its calls by start.
CREATE INDEX call_source ON call (source_id, started_at);
