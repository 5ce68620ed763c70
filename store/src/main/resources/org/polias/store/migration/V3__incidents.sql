-- An incident as the fold of its events left it. The columns beside the body are those by which it is found.
CREATE TABLE incident (
    tenant        text             NOT NULL,
    id            text             NOT NULL,
    site          text             NOT NULL,
    sequence      bigint           NOT NULL,
    status        text             NOT NULL,
    live          boolean          NOT NULL,
    level         smallint         NOT NULL, -- -1 not yet assessed, 0 negligible ... 4 critical
    score         double precision NOT NULL,
    opened_at     timestamptz      NOT NULL,
    changed_at    timestamptz      NOT NULL,
    body          jsonb            NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX incident_by_criticality ON incident (tenant, live, level DESC, score DESC, changed_at DESC, id);
CREATE INDEX incident_by_change ON incident (changed_at);

CREATE TABLE incident_event (
    tenant   text        NOT NULL,
    incident text        NOT NULL,
    sequence bigint      NOT NULL,
    at       timestamptz NOT NULL,
    kind     text        NOT NULL,
    body     jsonb       NOT NULL,
    PRIMARY KEY (tenant, incident, sequence)
);

CREATE TABLE site_name (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant text NOT NULL,
    name   text NOT NULL,
    UNIQUE (tenant, name)
);

CREATE TABLE detection (
    time timestamptz NOT NULL,
    site integer     NOT NULL,
    id   text        NOT NULL,
    body jsonb       NOT NULL,
    PRIMARY KEY (site, time, id)
) PARTITION BY RANGE (time);

CREATE TABLE sensor_health (
    tenant     text        NOT NULL,
    datastream text        NOT NULL,
    site       text        NOT NULL,
    health     text        NOT NULL,
    since      timestamptz NOT NULL,
    detail     text        NOT NULL,
    PRIMARY KEY (tenant, datastream)
);

-- Observations that were in the log and had no effect, counted by reason.
CREATE TABLE discarded (
    tenant     text        NOT NULL,
    datastream text        NOT NULL,
    reason     text        NOT NULL,
    count      bigint      NOT NULL,
    last_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant, datastream, reason)
);

-- The exercise that a site is in; no row where it is in none.
CREATE TABLE site_exercise (
    tenant   text        NOT NULL,
    site     text        NOT NULL,
    exercise text        NOT NULL,
    since    timestamptz NOT NULL,
    PRIMARY KEY (tenant, site)
);
