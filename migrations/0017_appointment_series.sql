-- +migrate Up

-- Visits that were booked together and repeat, on the clinic's calendar and wall clock.
CREATE TABLE appointment_series (
    id              uuid PRIMARY KEY CHECK (id_kind(id) = 19),
    patient_id      uuid NOT NULL,
    practitioner_id uuid NOT NULL,
    frequency       text NOT NULL CHECK (frequency IN ('DAILY', 'WEEKLY', 'MONTHLY')),
    every           integer NOT NULL CHECK (every BETWEEN 1 AND 12),
    weekdays        text[] NOT NULL DEFAULT '{}' CHECK (weekdays <@ '{MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY}'),
    times           integer NOT NULL CHECK (times BETWEEN 2 AND 52),
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT appointment_series_patient_id FOREIGN KEY (patient_id) REFERENCES patients,
    CONSTRAINT appointment_series_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners,
    CONSTRAINT appointment_series_of_patient UNIQUE (id, patient_id)
);
SELECT audit_table('appointment_series');
GRANT SELECT, INSERT, UPDATE ON appointment_series TO clinicql_reception, clinicql_care, clinicql_system;
GRANT SELECT ON appointment_series TO clinicql_glass;

-- +migrate Down
DROP TABLE appointment_series;
