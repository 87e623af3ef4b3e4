-- Which ear a mono recording is, and where it begins within its call.
ALTER TABLE recording ADD COLUMN leg      TEXT    NOT NULL DEFAULT ''; -- customer, agent, or '' for the whole call
ALTER TABLE recording ADD COLUMN pair     TEXT    NOT NULL DEFAULT ''; -- what the paths of a part's two legs share
ALTER TABLE recording ADD COLUMN began_ms INTEGER NOT NULL DEFAULT 0;  -- of a leg, as the metadata says: Unix milliseconds
CREATE INDEX recording_pair ON recording (source_id, pair) WHERE pair <> '';
