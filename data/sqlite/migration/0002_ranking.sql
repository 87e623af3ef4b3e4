-- The order of hearing and naming: the journal's number of the event that
-- finished a call, and of the one that named an issue. With them a share can be
-- told of the calls that were heard after an issue was named.
ALTER TABLE call    ADD COLUMN heard_n INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN heard_n INTEGER NOT NULL DEFAULT 0; -- follows the call's
ALTER TABLE issue   ADD COLUMN named_n INTEGER NOT NULL DEFAULT 0;
UPDATE call SET heard_n = coalesce((SELECT max(e.n) FROM event_subject s JOIN event e ON e.seq = s.seq
  WHERE s.subject = call.uid AND e.active = 1 AND e.type = 'call.heard'), 0) WHERE state = 'heard';
UPDATE finding SET heard_n = (SELECT c.heard_n FROM call c WHERE c.id = finding.call_id);
UPDATE issue SET named_n = coalesce((SELECT min(e.n) FROM event_subject s JOIN event e ON e.seq = s.seq
  WHERE s.subject = issue.uid AND e.active = 1 AND e.type = 'issue.named'), 0) WHERE live = 1;

-- How a draw's calls were dealt, and whose frame it drew from again.
ALTER TABLE draw ADD COLUMN stratify TEXT    NOT NULL DEFAULT ''; -- category, queue, week or nothing
ALTER TABLE draw ADD COLUMN equal    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draw ADD COLUMN tops_up  TEXT    NOT NULL DEFAULT ''; -- a draw's id
ALTER TABLE draw_call ADD COLUMN stratum INTEGER NOT NULL DEFAULT 0; -- place of a draw_stratum; 0 for none

CREATE TABLE draw_stratum (
  draw  TEXT    NOT NULL,
  place INTEGER NOT NULL, -- from 1, by name
  name  TEXT    NOT NULL,
  size  INTEGER NOT NULL, -- calls of the frame
  PRIMARY KEY (draw, place)
) STRICT, WITHOUT ROWID;

-- Covers the scan of a frame, also of one that later arrivals are not in.
DROP INDEX call_frame;
CREATE INDEX call_frame ON call (started_at, queue_id, category_id, duration_ms, missing, rank, born, uid);
-- When the calls came that were added between two draws.
CREATE INDEX call_added ON call (born, started_at);
-- The frame's calls are all but these.
CREATE INDEX call_gone ON call (started_at, queue_id) WHERE missing = 1 AND rank = 0;
-- Covers how much of a draw is done.
DROP INDEX call_draw;
CREATE INDEX call_draw ON call (draw, rank, state) WHERE draw <> '';
-- Covers the counts of heard calls, by start and by the order of hearing.
DROP INDEX call_state;
CREATE INDEX call_state ON call (state, started_at, queue_id, scope, skip, heard_n);
CREATE INDEX call_order ON call (heard_n, started_at, queue_id, scope) WHERE heard_n > 0;

-- One range of it for each issue and period.
DROP INDEX finding_rank;
CREATE INDEX finding_rank ON finding (issue_id, started_at, queue_id, scope, category_id);
-- Covers what must be read call by call: which issues meet in one call.
CREATE INDEX finding_meet ON finding (started_at, call_id, issue_id, queue_id, category_id, scope, heard_n);
