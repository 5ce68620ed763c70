-- How long something is kept counts from its arrival, not from what it tells of. Rows that arrived on the day (UTC) they tell of are
-- in that day's partition of *_by_day, which is dropped as a whole when its time is over. All others (brought in later, from a clock
-- that goes wrong, around midnight) are in *_of_other_days, and are deleted one by one. The views are both together.

ALTER TABLE observation RENAME TO observation_by_day;
ALTER INDEX observation_pkey RENAME TO observation_by_day_pkey;
CREATE TABLE observation_of_other_days (LIKE observation_by_day INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
CREATE INDEX observation_of_other_days_by_arrival ON observation_of_other_days (received_at);

ALTER TABLE detection RENAME TO detection_by_day;
ALTER INDEX detection_pkey RENAME TO detection_by_day_pkey;
ALTER TABLE detection_by_day ADD COLUMN known_at timestamptz;
UPDATE detection_by_day SET known_at = (body ->> 'knownAt')::timestamptz;
ALTER TABLE detection_by_day ALTER COLUMN known_at SET NOT NULL;
CREATE TABLE detection_of_other_days (LIKE detection_by_day INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES);
CREATE INDEX detection_of_other_days_by_arrival ON detection_of_other_days (known_at);

INSERT INTO observation_of_other_days SELECT * FROM observation_by_day
WHERE (phenomenon_time AT TIME ZONE 'UTC')::date <> (received_at AT TIME ZONE 'UTC')::date;
DELETE FROM observation_by_day
WHERE (phenomenon_time AT TIME ZONE 'UTC')::date <> (received_at AT TIME ZONE 'UTC')::date;

INSERT INTO detection_of_other_days SELECT * FROM detection_by_day
WHERE (time AT TIME ZONE 'UTC')::date <> (known_at AT TIME ZONE 'UTC')::date;
DELETE FROM detection_by_day
WHERE (time AT TIME ZONE 'UTC')::date <> (known_at AT TIME ZONE 'UTC')::date;

-- Only days are partitions from now on: what is left in months and in open ends is of another day, too.
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN
        SELECT p.relname AS parent, c.relname AS partition
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
        WHERE i.inhparent IN ('observation_by_day'::regclass, 'detection_by_day'::regclass)
          AND c.relname !~ '_[0-9]{8}$'
    LOOP
        EXECUTE format('INSERT INTO %I SELECT * FROM %I', replace(old.parent, '_by_day', '_of_other_days'), old.partition);
        EXECUTE format('DROP TABLE %I', old.partition);
    END LOOP;
END $$;
DROP TABLE partition_layout;

CREATE VIEW observation AS
SELECT * FROM observation_by_day UNION ALL SELECT * FROM observation_of_other_days;
CREATE VIEW detection AS
SELECT * FROM detection_by_day UNION ALL SELECT * FROM detection_of_other_days;
