-- What the codebook says of an issue beside its name.
ALTER TABLE issue ADD COLUMN retired    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issue ADD COLUMN definition TEXT    NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN includes   TEXT    NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN excludes   TEXT    NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN example    TEXT    NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN prevented  TEXT    NOT NULL DEFAULT ''; -- where in the process it could have been
ALTER TABLE issue ADD COLUMN fixer      TEXT    NOT NULL DEFAULT '';

-- What became of it, traced from all merges and splits.
ALTER TABLE issue ADD COLUMN survivor INTEGER NOT NULL DEFAULT 0;  -- the row in which its moments count; 0 for its own
ALTER TABLE issue ADD COLUMN split    INTEGER NOT NULL DEFAULT 0;  -- 1: its moments are being dealt
ALTER TABLE issue ADD COLUMN named_by TEXT    NOT NULL DEFAULT ''; -- id of the event that named it first
ALTER TABLE issue ADD COLUMN since_n  INTEGER NOT NULL DEFAULT 0;  -- journal's number of the event by which all of it had a name
ALTER TABLE issue ADD COLUMN since_by TEXT    NOT NULL DEFAULT ''; -- and its id
UPDATE issue SET named_by = coalesce((SELECT e.id FROM event_subject s JOIN event e ON e.seq = s.seq
  WHERE s.subject = issue.uid AND e.active = 1 AND e.type = 'issue.named' ORDER BY e.n, e.author, e.id LIMIT 1), '') WHERE live = 1;
UPDATE issue SET since_n = named_n, since_by = named_by;

-- The issue that a moment was tagged or dealt to; its finding is of the survivor.
ALTER TABLE moment ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
UPDATE moment SET said = (SELECT f.issue_id FROM finding f WHERE f.id = moment.finding_id);

-- The merges and splits, of which there are few, in the order of the story.
CREATE INDEX event_lineage ON event (n, author, id) WHERE type IN ('issue.merged', 'issue.split');
