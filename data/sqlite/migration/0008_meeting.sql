-- Not journalled: what a leader chose to bring to the next team meeting.
CREATE TABLE agenda (
  kind  TEXT    NOT NULL, -- story, praise or issue
  place INTEGER NOT NULL, -- among its kind, from 1
  ref   TEXT    NOT NULL, -- id of a moment, a praise or an issue
  PRIMARY KEY (kind, place)
) STRICT, WITHOUT ROWID;

-- What customers said, the newest first, without a look at the moments that
-- have no words.
CREATE INDEX moment_said ON moment (id) WHERE words <> '';
