-- How a source said when a call began: its own words, the offset at which they
-- were read, and whether that zone was no more than a guess.
ALTER TABLE call ADD COLUMN start_said   TEXT    NOT NULL DEFAULT '';
ALTER TABLE call ADD COLUMN start_zone   TEXT    NOT NULL DEFAULT ''; -- as +01:00
ALTER TABLE call ADD COLUMN zone_guessed INTEGER NOT NULL DEFAULT 0;
