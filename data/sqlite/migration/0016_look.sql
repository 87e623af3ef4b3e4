-- What the looks through sources leave for the next, so that one at an unchanged
-- source need not ask about each file. A cache: whoever doubts a row may delete it.
CREATE TABLE look (
  root  TEXT    NOT NULL PRIMARY KEY,
  under INTEGER NOT NULL, -- the look that is under way or was stopped; 0 for none
  files INTEGER NOT NULL, -- that the last whole one met
  sum   INTEGER NOT NULL  -- of their names, sizes and times of change
) STRICT, WITHOUT ROWID;
