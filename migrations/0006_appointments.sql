-- +migrate Up
CREATE TABLE appointments (
    id                  uuid PRIMARY KEY CHECK (id_kind(id) = 4),
    patient_id          uuid NOT NULL,
    practitioner_id     uuid,
    starts_at           timestamptz NOT NULL,
    ends_at             timestamptz NOT NULL,
    status              text NOT NULL CHECK (status IN ('REQUESTED', 'BOOKED', 'CHECKED_IN', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED',
                            'NO_SHOW', 'ENTERED_IN_ERROR')),
    type                text CHECK (type <> ''),
    reason              text CHECK (reason <> ''),
    cancellation_reason text CHECK (cancellation_reason IN ('PATIENT', 'PRACTITIONER', 'CLINIC', 'DECEASED', 'RESCHEDULED', 'OTHER')),
    cancellation_note   text CHECK (cancellation_note <> ''),
    rescheduled_from_id uuid,
    version             integer NOT NULL DEFAULT 1,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT appointments_ends_after_start CHECK (ends_at > starts_at OR (ends_at = starts_at AND status = 'COMPLETED')),
    CONSTRAINT appointments_practitioner_named CHECK (practitioner_id IS NOT NULL OR status IN ('COMPLETED', 'CANCELLED', 'NO_SHOW',
        'ENTERED_IN_ERROR')),
    CONSTRAINT appointments_cancellation CHECK ((status = 'CANCELLED') = (cancellation_reason IS NOT NULL)),
    CONSTRAINT appointments_patient_id FOREIGN KEY (patient_id) REFERENCES patients,
    CONSTRAINT appointments_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners,
    -- What hangs on an appointment refers to both columns, so that it can never belong to another patient.
    CONSTRAINT appointments_of_patient UNIQUE (id, patient_id),
    CONSTRAINT appointments_rescheduled_from_id FOREIGN KEY (rescheduled_from_id, patient_id) REFERENCES appointments (id, patient_id),
    -- Nobody is in two places at once. Visits that are over or called off are history and may overlap.
    CONSTRAINT appointments_practitioner_free EXCLUDE USING gist (practitioner_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')),
    CONSTRAINT appointments_patient_free EXCLUDE USING gist (patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS'))
);
CREATE INDEX appointments_of_patient_by_start ON appointments (patient_id, starts_at, id);
CREATE INDEX appointments_of_practitioner_by_start ON appointments (practitioner_id, starts_at, id);
CREATE INDEX appointments_by_start ON appointments (starts_at, id);
CREATE UNIQUE INDEX appointments_rescheduled_once ON appointments (rescheduled_from_id) WHERE rescheduled_from_id IS NOT NULL;
SELECT audit_table('appointments');

-- +migrate Down
DROP TABLE appointments;
