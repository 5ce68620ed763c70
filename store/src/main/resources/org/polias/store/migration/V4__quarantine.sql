CREATE TABLE quarantine (
    position    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- the order of arrival
    tenant      text        NOT NULL,
    id          text        NOT NULL,
    device      text        NOT NULL,
    received_at timestamptz NOT NULL,
    way         text        NOT NULL,
    address     text        NOT NULL,
    reason      text        NOT NULL,
    detail      text        NOT NULL,
    payload     bytea       NOT NULL,
    truncated   boolean     NOT NULL,
    replayed_at timestamptz,
    UNIQUE (tenant, id)
);
CREATE INDEX quarantine_by_arrival ON quarantine (tenant, position DESC);
CREATE INDEX quarantine_by_reason ON quarantine (tenant, reason, position DESC);

-- What each tenant's quarantine holds, and how many payloads gave way to newer ones.
CREATE TABLE quarantine_usage (
    tenant   text   NOT NULL PRIMARY KEY,
    payloads bigint NOT NULL,
    bytes    bigint NOT NULL,
    replaced bigint NOT NULL
);
