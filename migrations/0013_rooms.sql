-- +migrate Up

-- Where care is given: at most one visit at a time.
CREATE TABLE rooms (
    id         uuid PRIMARY KEY CHECK (id_kind(id) = 13),
    name       text NOT NULL CHECK (name <> ''),
    is_active  boolean NOT NULL DEFAULT true,
    version    integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT rooms_name UNIQUE (name)
);
SELECT audit_table('rooms');
GRANT SELECT ON rooms TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;
GRANT INSERT, UPDATE ON rooms TO clinicql_reception, clinicql_admin, clinicql_glass, clinicql_system;

-- +migrate Down
DROP TABLE rooms;
