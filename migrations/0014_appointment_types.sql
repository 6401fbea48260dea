-- +migrate Up

-- What a visit is called, how long it takes, and the pauses that are kept free around it. All in whole minutes.
CREATE TABLE appointment_types (
    id            uuid PRIMARY KEY CHECK (id_kind(id) = 14),
    name          text NOT NULL CHECK (name <> ''),
    length        integer NOT NULL CHECK (length BETWEEN 1 AND 1440),
    buffer_before integer NOT NULL DEFAULT 0 CHECK (buffer_before BETWEEN 0 AND 120),
    buffer_after  integer NOT NULL DEFAULT 0 CHECK (buffer_after BETWEEN 0 AND 120),
    color         text CHECK (color ~ '^#[0-9a-f]{6}$'),
    is_active     boolean NOT NULL DEFAULT true,
    version       integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT appointment_types_name UNIQUE (name)
);
SELECT audit_table('appointment_types');
GRANT SELECT ON appointment_types TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;
GRANT INSERT, UPDATE ON appointment_types TO clinicql_admin, clinicql_glass, clinicql_system;

-- +migrate Down
DROP TABLE appointment_types;
