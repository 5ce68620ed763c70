-- How far each partition of the log has been written into this database. Every batch from the log commits together with its row
-- here, so that after a crash the reader goes on exactly where the data ends.
CREATE TABLE log_progress (
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    next_offset  bigint      NOT NULL,
    -- The reader's mark against records that the log holds twice: the source of the last record taken, and its index among
    -- those of one source. The store only keeps it.
    mark_offset  bigint,
    mark_index   integer,
    PRIMARY KEY (topic, partition),
    CHECK ((mark_offset IS NULL) = (mark_index IS NULL))
);

-- The first day that has a partition of its own in time-partitioned tables; months before it share one. It never changes, so
-- that no two partitions ever overlap.
CREATE TABLE partition_layout (
    daily_from date NOT NULL
);
CREATE UNIQUE INDEX partition_layout_one_row ON partition_layout ((true));
INSERT INTO partition_layout (daily_from)
VALUES (date_trunc('month', (now() AT TIME ZONE 'UTC') - interval '1 month')::date);
