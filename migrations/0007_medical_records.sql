-- +migrate Up
CREATE TABLE medical_records (
    id              uuid PRIMARY KEY CHECK (id_kind(id) = 5),
    patient_id      uuid NOT NULL,
    practitioner_id uuid,
    appointment_id  uuid,
    recorded_on     date NOT NULL,
    status          text NOT NULL CHECK (status IN ('DRAFT', 'SIGNED', 'AMENDED', 'ENTERED_IN_ERROR')),
    diagnosis       text NOT NULL CHECK (diagnosis <> ''),
    code            text CHECK (code <> ''),
    code_system     text CHECK (code_system <> ''),
    prescription    text CHECK (prescription <> ''),
    notes           text CHECK (notes <> ''),
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT medical_records_practitioner_named CHECK (practitioner_id IS NOT NULL OR status <> 'DRAFT'),
    CONSTRAINT medical_records_code_system CHECK (code_system IS NULL OR code IS NOT NULL),
    CONSTRAINT medical_records_patient_id FOREIGN KEY (patient_id) REFERENCES patients,
    CONSTRAINT medical_records_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners,
    CONSTRAINT medical_records_appointment_id FOREIGN KEY (appointment_id, patient_id) REFERENCES appointments (id, patient_id)
);
CREATE INDEX medical_records_of_patient ON medical_records (patient_id, recorded_on, id);
CREATE INDEX medical_records_of_practitioner ON medical_records (practitioner_id, recorded_on, id);
CREATE INDEX medical_records_of_appointment ON medical_records (appointment_id, recorded_on, id) WHERE appointment_id IS NOT NULL;
CREATE INDEX medical_records_by_day ON medical_records (recorded_on, id);
CREATE INDEX medical_records_drafts ON medical_records (recorded_on, id) WHERE status = 'DRAFT';
SELECT audit_table('medical_records');

-- +migrate Down
DROP TABLE medical_records;
