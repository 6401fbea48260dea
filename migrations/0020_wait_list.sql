-- +migrate Up

-- Patients who want an earlier time, with a practitioner or with anyone of a specialty.
CREATE TABLE wait_list_entries (
    id                      uuid PRIMARY KEY CHECK (id_kind(id) = 18),
    patient_id              uuid NOT NULL,
    practitioner_id         uuid,
    specialty               text CHECK (specialty <> ''),
    length                  integer NOT NULL CHECK (length BETWEEN 1 AND 1440),
    starts_on               date NOT NULL,
    ends_on                 date NOT NULL,
    earliest_time           time,
    latest_time             time,
    is_urgent               boolean NOT NULL DEFAULT false,
    note                    text CHECK (note <> ''),
    status                  text NOT NULL CHECK (status IN ('WAITING', 'OFFERED', 'BOOKED', 'WITHDRAWN')),
    replaces_appointment_id uuid,
    slot_hold_id            uuid,
    appointment_id          uuid,
    version                 integer NOT NULL DEFAULT 1,
    created_at              timestamptz NOT NULL DEFAULT now(),
    updated_at              timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT wait_list_entries_with_whom CHECK (num_nonnulls(practitioner_id, specialty) = 1),
    CONSTRAINT wait_list_entries_ends_after_start CHECK (ends_on >= starts_on),
    CONSTRAINT wait_list_entries_offer CHECK ((status = 'OFFERED') <= (slot_hold_id IS NOT NULL)),
    CONSTRAINT wait_list_entries_booked CHECK ((status = 'BOOKED') = (appointment_id IS NOT NULL)),
    CONSTRAINT wait_list_entries_patient_id FOREIGN KEY (patient_id) REFERENCES patients,
    CONSTRAINT wait_list_entries_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners,
    CONSTRAINT wait_list_entries_slot_hold_id FOREIGN KEY (slot_hold_id) REFERENCES slot_holds,
    CONSTRAINT wait_list_entries_replaces_appointment_id FOREIGN KEY (replaces_appointment_id, patient_id) REFERENCES appointments (id, patient_id),
    CONSTRAINT wait_list_entries_appointment_id FOREIGN KEY (appointment_id, patient_id) REFERENCES appointments (id, patient_id)
);
CREATE INDEX wait_list_entries_waiting ON wait_list_entries (ends_on) WHERE status IN ('WAITING', 'OFFERED');
CREATE INDEX wait_list_entries_of_patient ON wait_list_entries (patient_id, created_at, id);
SELECT audit_table('wait_list_entries');
GRANT SELECT, INSERT, UPDATE ON wait_list_entries TO clinicql_reception, clinicql_care, clinicql_system;
GRANT SELECT ON wait_list_entries TO clinicql_glass;

-- +migrate Down
DROP TABLE wait_list_entries;
