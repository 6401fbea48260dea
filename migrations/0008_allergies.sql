-- +migrate Up
CREATE TABLE allergies (
    id         uuid PRIMARY KEY CHECK (id_kind(id) = 6),
    patient_id uuid NOT NULL,
    substance  text NOT NULL CHECK (substance <> ''),
    code       text CHECK (code <> ''),
    code_system text CHECK (code_system <> ''),
    reaction   text CHECK (reaction <> ''),
    severity   text NOT NULL CHECK (severity IN ('MILD', 'MODERATE', 'SEVERE', 'UNKNOWN')),
    status     text NOT NULL CHECK (status IN ('UNCONFIRMED', 'CONFIRMED', 'RESOLVED', 'REFUTED', 'ENTERED_IN_ERROR')),
    noted_on   date NOT NULL,
    version    integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT allergies_code_system CHECK (code_system IS NULL OR code IS NOT NULL),
    CONSTRAINT allergies_patient_id FOREIGN KEY (patient_id) REFERENCES patients
);
CREATE INDEX allergies_of_patient ON allergies (patient_id, noted_on, id);
SELECT audit_table('allergies');

-- +migrate Down
DROP TABLE allergies;
