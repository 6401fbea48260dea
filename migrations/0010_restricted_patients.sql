-- +migrate Up

-- The chart of a restricted patient is open to the care team only, and to whoever breaks the glass.
ALTER TABLE patients ADD COLUMN is_restricted boolean NOT NULL DEFAULT false;
CREATE INDEX patients_restricted ON patients (id) WHERE is_restricted;

-- Who belongs to the care team besides the patient's own doctor.
CREATE TABLE care_team_members (
    id              uuid PRIMARY KEY CHECK (id_kind(id) = 11),
    patient_id      uuid NOT NULL,
    practitioner_id uuid NOT NULL,
    ended_at        timestamptz,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT care_team_members_patient_id FOREIGN KEY (patient_id) REFERENCES patients,
    CONSTRAINT care_team_members_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners
);
CREATE UNIQUE INDEX care_team_members_once ON care_team_members (patient_id, practitioner_id) WHERE ended_at IS NULL;
SELECT audit_table('care_team_members');

-- Charts that were opened to one user for a while, although they are closed to them.
CREATE TABLE glass_accesses (
    id         uuid PRIMARY KEY CHECK (id_kind(id) = 10),
    patient_id uuid NOT NULL,
    user_id    uuid NOT NULL,
    reason     text NOT NULL CHECK (length(reason) >= 10),
    closes_at  timestamptz NOT NULL,
    version    integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT glass_accesses_patient_id FOREIGN KEY (patient_id) REFERENCES patients,
    CONSTRAINT glass_accesses_user_id FOREIGN KEY (user_id) REFERENCES users
);
CREATE INDEX glass_accesses_of_user ON glass_accesses (user_id, closes_at);
CREATE INDEX glass_accesses_by_time ON glass_accesses (created_at, id);
SELECT audit_table('glass_accesses');

-- That a patient was asked for allergies and has none, on the day of noted_on. A finding, and so not a column of patients, which the
-- front desk reads. Its id is the patient's.
CREATE TABLE allergy_absences (
    id       uuid PRIMARY KEY REFERENCES patients,
    noted_on date NOT NULL
);
SELECT audit_table('allergy_absences');
SELECT set_config('clinicql.actor', 'system:migration', true);
INSERT INTO allergy_absences (id, noted_on) SELECT id, no_known_allergies_on FROM patients WHERE no_known_allergies_on IS NOT NULL;
ALTER TABLE patients DROP COLUMN no_known_allergies_on;

-- +migrate Down
ALTER TABLE patients ADD COLUMN no_known_allergies_on date;
UPDATE patients p SET no_known_allergies_on = a.noted_on FROM allergy_absences a WHERE a.id = p.id;
DROP TABLE allergy_absences;
DROP TABLE glass_accesses;
DROP TABLE care_team_members;
ALTER TABLE patients DROP COLUMN is_restricted;
