-- Covers the counts of heard calls by what they were filed under. Calls that
-- nobody heard, and so imports, do not touch it.
CREATE INDEX call_heard ON call (started_at, queue_id, category_id, duration_ms, born, scope) WHERE state = 'heard' AND scope > 0;
