-- What was said in calls, from the sidecars beside their recordings. A sidecar
-- without turns is kept too: it has been looked into, and is none.
CREATE TABLE transcript (
  id           INTEGER PRIMARY KEY,
  call_id      INTEGER NOT NULL REFERENCES call(id),
  recording_id INTEGER REFERENCES recording(id), -- NULL: of the whole call
  source_id    INTEGER NOT NULL REFERENCES source(id),
  path         TEXT    NOT NULL UNIQUE,
  size         INTEGER NOT NULL,
  modified     INTEGER NOT NULL,            -- Unix milliseconds
  seen         INTEGER NOT NULL,            -- the look that last saw it
  place        INTEGER NOT NULL,            -- the lowest of several for the same sound is shown
  turns        INTEGER NOT NULL,
  holds        TEXT    NOT NULL DEFAULT '', -- spans as "from-to,…" in milliseconds
  quiet        TEXT    NOT NULL DEFAULT '',
  overtalk     TEXT    NOT NULL DEFAULT '',
  shown        INTEGER NOT NULL DEFAULT 0   -- 0: a better sidecar tells the same
) STRICT;
CREATE INDEX transcript_call      ON transcript (call_id, shown);
CREATE INDEX transcript_recording ON transcript (recording_id);
CREATE INDEX transcript_seen      ON transcript (source_id, seen);

CREATE TABLE turn (
  id            INTEGER PRIMARY KEY,
  transcript_id INTEGER NOT NULL REFERENCES transcript(id),
  at_ms         INTEGER NOT NULL,
  until_ms      INTEGER NOT NULL,
  role          TEXT    NOT NULL,           -- customer, agent, system or nothing
  voice         INTEGER NOT NULL,           -- tells voices without a role apart
  text          TEXT    NOT NULL
) STRICT;
CREATE INDEX turn_order ON turn (transcript_id, at_ms);

-- The words of all turns. They are put in many at once, as FTS5 writes at each
-- statement. What is taken out of it leaves nothing behind.
CREATE VIRTUAL TABLE turn_words USING fts5(text, content = 'turn', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO turn_words(turn_words, rank) VALUES('secure-delete', 1);
CREATE TRIGGER turn_gone AFTER DELETE ON turn BEGIN
  INSERT INTO turn_words(turn_words, rowid, text) VALUES('delete', old.id, old.text);
END;
