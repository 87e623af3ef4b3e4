-- Who sees to an issue, how far they are, and what comes next.
ALTER TABLE issue ADD COLUMN owner     TEXT    NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN progress  TEXT    NOT NULL DEFAULT 'open'; -- open, fixing or fixed
ALTER TABLE issue ADD COLUMN fixed_on  TEXT    NOT NULL DEFAULT '';     -- the first day without it, as 2026-11-10
ALTER TABLE issue ADD COLUMN next_step TEXT    NOT NULL DEFAULT '';
ALTER TABLE issue ADD COLUMN chosen_n  INTEGER NOT NULL DEFAULT 0;      -- the journal's number of the event since which it is not open
