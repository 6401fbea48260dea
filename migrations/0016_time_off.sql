-- +migrate Up

-- Time in which a practitioner is away, or in which the whole clinic is closed where none is named.
CREATE TABLE time_off (
    id              uuid PRIMARY KEY CHECK (id_kind(id) = 16),
    practitioner_id uuid,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    reason          text CHECK (reason <> ''),
    cancelled_at    timestamptz,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT time_off_ends_after_start CHECK (ends_at > starts_at),
    CONSTRAINT time_off_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners
);
CREATE INDEX time_off_by_end ON time_off (ends_at, practitioner_id) WHERE cancelled_at IS NULL;
SELECT audit_table('time_off');
GRANT SELECT ON time_off TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;
GRANT INSERT, UPDATE ON time_off TO clinicql_reception, clinicql_admin, clinicql_glass, clinicql_system;

-- +migrate Down
DROP TABLE time_off;
