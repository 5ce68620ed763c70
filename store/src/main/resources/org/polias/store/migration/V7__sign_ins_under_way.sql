-- Sign-ins with an identity provider that were begun and are not completed: another process than the one that began it may complete it.
CREATE TABLE sign_in_under_way (
    state_hash bytea       NOT NULL PRIMARY KEY,
    nonce      text        NOT NULL,
    verifier   text        NOT NULL,
    since      timestamptz NOT NULL
);
CREATE INDEX sign_in_under_way_by_age ON sign_in_under_way (since);
