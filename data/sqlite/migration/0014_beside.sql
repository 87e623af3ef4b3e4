-- What stood beside a recording when it was told: a number made of the sizes and
-- times of its sidecars, 0 for none. Another says that there is news of it. It is
-- -1 where a better recording of its contact is heard in its place.
ALTER TABLE recording ADD COLUMN beside INTEGER NOT NULL DEFAULT 0;
