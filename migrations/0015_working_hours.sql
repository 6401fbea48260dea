-- +migrate Up

-- When practitioners work and rest, week by week, on the clinic's wall clock. An end that is not later than the start lies on the next day.
-- What these times are as instants is decided in Go and nowhere else (db/calendar): Postgres resolves the hours of daylight saving another way.
CREATE TABLE working_hours (
    id              uuid PRIMARY KEY CHECK (id_kind(id) = 15),
    practitioner_id uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('WORK', 'BREAK')),
    weekday         text NOT NULL CHECK (weekday IN ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY')),
    start_time      time NOT NULL CHECK (extract(second FROM start_time) = 0),
    end_time        time NOT NULL CHECK (extract(second FROM end_time) = 0 AND end_time < '24:00'),
    starts_on       date NOT NULL,
    ends_on         date,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT working_hours_ends_after_start CHECK (ends_on >= starts_on),
    CONSTRAINT working_hours_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners
);
CREATE INDEX working_hours_of_practitioner ON working_hours (practitioner_id);
SELECT audit_table('working_hours');
GRANT SELECT ON working_hours TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;
GRANT INSERT, DELETE ON working_hours TO clinicql_reception, clinicql_admin, clinicql_glass, clinicql_system;

-- Hours are replaced whole, under the version of the practitioner, by the front desk too.
GRANT UPDATE (version, updated_at) ON practitioners TO clinicql_reception;

-- +migrate Down
REVOKE UPDATE (version, updated_at) ON practitioners FROM clinicql_reception;
DROP TABLE working_hours;
