-- Incidents that are held to be coordinated, as the city level last told. The columns beside the body are those by which it is found.
CREATE TABLE campaign (
    tenant     text        NOT NULL,
    id         text        NOT NULL,
    revision   bigint      NOT NULL,
    open       boolean     NOT NULL,
    level      smallint    NOT NULL, -- 0 negligible ... 4 critical
    changed_at timestamptz NOT NULL,
    body       jsonb       NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX campaign_by_level ON campaign (tenant, open, level DESC, changed_at DESC, id);
