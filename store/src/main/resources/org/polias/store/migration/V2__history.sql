-- Names as numbers: rows of the history carry four bytes for what would be dozens.
CREATE TABLE datastream_name (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    name   text NOT NULL,
    UNIQUE (tenant, name)
);
CREATE TABLE device_name (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    name   text NOT NULL,
    UNIQUE (tenant, name)
);

-- One row for each observation. Wide columns first, so that none needs padding.
CREATE TABLE observation (
    id              bigint           NOT NULL,
    phenomenon_time timestamptz      NOT NULL,
    received_at     timestamptz      NOT NULL,
    datastream      integer          NOT NULL,
    device          integer          NOT NULL,
    kind            smallint         NOT NULL, -- 1 quantity, 2 count, 3 truth, 4 category, 5 vector, 6 event, 7 text
    quality         smallint         NOT NULL, -- 0 good, 1 uncertain, 2 bad
    value           double precision,          -- quantity, count, truth (0 or 1)
    longitude       double precision,          -- where elsewhere than the thing
    latitude        double precision,
    result          jsonb,                     -- everything that is not one number
    -- Makes an observation unique, and answers "the newest of a datastream".
    PRIMARY KEY (datastream, phenomenon_time, id)
) PARTITION BY RANGE (phenomenon_time);
