-- What sources tell of a call beyond the columns every call has. Names and
-- values are kept once.
CREATE TABLE field (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE field_value (
  id       INTEGER PRIMARY KEY,
  field_id INTEGER NOT NULL REFERENCES field(id),
  value    TEXT    NOT NULL,
  UNIQUE (field_id, value)
) STRICT;
CREATE TABLE call_field (
  call_id  INTEGER NOT NULL REFERENCES call(id),
  field_id INTEGER NOT NULL REFERENCES field(id),
  value_id INTEGER NOT NULL REFERENCES field_value(id),
  PRIMARY KEY (call_id, field_id)
) STRICT, WITHOUT ROWID;
-- What a field said before an import corrected it, up to draw number "until",
-- as call_was; value_id is 0 where it said nothing.
CREATE TABLE call_field_was (
  call_id  INTEGER NOT NULL REFERENCES call(id),
  field_id INTEGER NOT NULL REFERENCES field(id),
  until    INTEGER NOT NULL,
  value_id INTEGER NOT NULL,
  PRIMARY KEY (call_id, field_id, until)
) STRICT, WITHOUT ROWID;

-- The draw that is made every week, a choice of this library; one at most.
CREATE TABLE weekly_plan (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  minutes  REAL    NOT NULL,
  speed    REAL    NOT NULL,
  weekday  INTEGER NOT NULL,               -- 0 for Sunday
  queue    TEXT    NOT NULL DEFAULT '',
  category TEXT    NOT NULL DEFAULT '',
  least_ms INTEGER NOT NULL DEFAULT 0,
  stratify TEXT    NOT NULL DEFAULT '',
  equal    INTEGER NOT NULL DEFAULT 0,
  since    INTEGER NOT NULL                -- Unix milliseconds; when it was set
) STRICT;
-- The ISO week that a draw was made for by the plan, as 2026-W47, or nothing.
ALTER TABLE draw ADD COLUMN planned TEXT NOT NULL DEFAULT '';
