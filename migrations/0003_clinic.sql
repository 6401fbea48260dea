-- +migrate Up

-- The clinic itself: one row.
CREATE TABLE clinics (
    id         uuid PRIMARY KEY CHECK (id_kind(id) = 1),
    only_one   boolean NOT NULL DEFAULT true UNIQUE CHECK (only_one),
    name       text NOT NULL CHECK (name <> ''),
    time_zone  text NOT NULL,
    country    text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    version    integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
SELECT audit_table('clinics');
INSERT INTO clinics (id, name, time_zone, country)
VALUES ('01900000-0000-7000-8000-000000000001', 'Clinic', 'Asia/Tbilisi', 'GE');

-- Keys that all replicas share and no answer ever shows. Not audited, because the audit would show them.
CREATE TABLE secrets (
    purpose text PRIMARY KEY,
    value   bytea NOT NULL CHECK (length(value) = 32)
);
INSERT INTO secrets (purpose, value)
SELECT purpose, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
FROM unnest('{cursor,idempotency}'::text[]) purpose;

-- The answers to mutations that were sent with @idempotent.
CREATE TABLE idempotency_keys (
    actor      text NOT NULL,
    key        text NOT NULL,
    input      bytea NOT NULL,
    answer     jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- Which row an imported resource became, so that importing it again changes nothing.
CREATE TABLE imported_resources (
    resource_type text NOT NULL,
    source_id     text NOT NULL,
    row_id        uuid NOT NULL,
    imported_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (resource_type, source_id)
);

-- +migrate Down
DROP TABLE imported_resources;
DROP TABLE idempotency_keys;
DROP TABLE secrets;
DROP TABLE clinics;
