-- Calls that turned out to be parts of others: the one that stayed of each
-- contact, as the journal's merges have it. Either may not be here yet.
CREATE TABLE call_merge (
  uid   TEXT NOT NULL PRIMARY KEY,
  whole TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX call_merge_whole ON call_merge (whole);
-- The row of the call that it is a part of; 0 for a call of its own. A part is
-- missing from then on, and old frames have it as they saw it.
ALTER TABLE call ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;

-- What tells that recordings of different calls are one contact's.
ALTER TABLE recording ADD COLUMN contact TEXT NOT NULL DEFAULT ''; -- uid that its contact's id makes, where its call has another
-- 1: another recording of its call, which came before, holds the same.
ALTER TABLE recording ADD COLUMN copy INTEGER NOT NULL DEFAULT 0;
CREATE INDEX recording_contact ON recording (contact) WHERE contact <> '';

-- Not journalled: how a source's metadata table is read, as a leader arranged
-- it, in JSON.
CREATE TABLE source_table (
  source_id INTEGER NOT NULL PRIMARY KEY REFERENCES source(id),
  arranged  TEXT    NOT NULL
) STRICT;

-- What did not join when a source's table was read last: its rows without a
-- recording and its recordings without a row.
CREATE TABLE unjoined (
  id        INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  look      INTEGER NOT NULL,
  line      INTEGER NOT NULL, -- of the table, from 1; 0 for a recording
  name      TEXT    NOT NULL, -- of the table, or of the recording, below the source's root
  reason    TEXT    NOT NULL, -- the code that says why
  said      TEXT    NOT NULL  -- what the row says, as name, 0x1f, value, 0x1e, …
) STRICT;
CREATE INDEX unjoined_source ON unjoined (source_id, look);
