CREATE TABLE platform_user (
    login         text        NOT NULL PRIMARY KEY, -- in lower case
    tenant        text        NOT NULL,
    name          text        NOT NULL,
    roles         text[]      NOT NULL,
    salt          bytea,                            -- absent with the hash: signs in elsewhere (OIDC)
    iterations    integer,
    password_hash bytea,
    disabled      boolean     NOT NULL,
    created_at    timestamptz NOT NULL,
    CHECK ((salt IS NULL) = (password_hash IS NULL) AND (salt IS NULL) = (iterations IS NULL))
);
CREATE INDEX platform_user_by_tenant ON platform_user (tenant, login);

-- Only the hash of a token is kept: who reads this table cannot sign in with it.
CREATE TABLE session (
    token_hash   bytea       NOT NULL PRIMARY KEY,
    login        text        NOT NULL REFERENCES platform_user ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL
);
CREATE INDEX session_by_login ON session (login);

CREATE TABLE device (
    id          text        NOT NULL PRIMARY KEY,
    tenant      text        NOT NULL,
    site        text,
    secret_hash bytea       NOT NULL,
    created_at  timestamptz NOT NULL,
    revoked_at  timestamptz,
    revision    bigint      NOT NULL
);
CREATE INDEX device_by_tenant ON device (tenant, id);
CREATE INDEX device_by_revision ON device (revision);

-- Counts the changes of devices. Whoever changes one locks this row first, so that revisions become visible in their order and
-- other processes find every change by asking what is newer than what they know.
CREATE TABLE device_revision (
    revision bigint NOT NULL
);
CREATE UNIQUE INDEX device_revision_one_row ON device_revision ((true));
INSERT INTO device_revision (revision) VALUES (0);
