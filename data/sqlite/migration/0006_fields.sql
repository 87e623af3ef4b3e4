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

-- How many calls began in each hour of UTC, so that counting a year of them
-- reads 8,760 rows and not all calls. Triggers keep it.
CREATE TABLE call_hour (
  hour  INTEGER PRIMARY KEY,               -- since 1970
  calls INTEGER NOT NULL,
  heard INTEGER NOT NULL                   -- drawn and heard
) STRICT;
INSERT INTO call_hour SELECT (started_at - iif(started_at < 0, 3599, 0)) / 3600, count(*), sum(state = 'heard' AND scope > 0)
  FROM call GROUP BY 1;
CREATE TRIGGER call_hour_added AFTER INSERT ON call BEGIN
  INSERT INTO call_hour VALUES((new.started_at - iif(new.started_at < 0, 3599, 0)) / 3600, 1, new.state = 'heard' AND new.scope > 0)
    ON CONFLICT(hour) DO UPDATE SET calls = calls + 1, heard = heard + excluded.heard;
END;
CREATE TRIGGER call_hour_changed AFTER UPDATE OF started_at, state, scope ON call
  WHEN old.started_at <> new.started_at OR (old.state = 'heard' AND old.scope > 0) <> (new.state = 'heard' AND new.scope > 0) BEGIN
  UPDATE call_hour SET calls = calls - 1, heard = heard - (old.state = 'heard' AND old.scope > 0)
    WHERE hour = (old.started_at - iif(old.started_at < 0, 3599, 0)) / 3600;
  INSERT INTO call_hour VALUES((new.started_at - iif(new.started_at < 0, 3599, 0)) / 3600, 1, new.state = 'heard' AND new.scope > 0)
    ON CONFLICT(hour) DO UPDATE SET calls = calls + 1, heard = heard + excluded.heard;
END;
CREATE TRIGGER call_hour_removed AFTER DELETE ON call BEGIN
  UPDATE call_hour SET calls = calls - 1, heard = heard - (old.state = 'heard' AND old.scope > 0)
    WHERE hour = (old.started_at - iif(old.started_at < 0, 3599, 0)) / 3600;
END;
