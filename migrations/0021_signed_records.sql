-- +migrate Up

-- A record has an author, is signed by a practitioner and amended with a reason, and may hold its prescription medicine by medicine; then
-- `prescription` is the same as text. What an import says was signed has no signature here.
ALTER TABLE medical_records
    ADD COLUMN prescription_lines jsonb CHECK (jsonb_typeof(prescription_lines) = 'array' AND jsonb_array_length(prescription_lines) BETWEEN 1 AND 20),
    ADD COLUMN author_id          uuid,
    ADD COLUMN signed_at          timestamptz,
    ADD COLUMN signed_by_id       uuid,
    ADD COLUMN signer_id          uuid,
    ADD COLUMN amended_at         timestamptz,
    ADD COLUMN amended_by_id      uuid,
    ADD COLUMN amendment_reason   text CHECK (amendment_reason <> ''),
    ADD COLUMN error_reason       text CHECK (error_reason <> ''),
    ADD CONSTRAINT medical_records_of_one_patient UNIQUE (id, patient_id),
    ADD CONSTRAINT medical_records_author_id FOREIGN KEY (author_id) REFERENCES users,
    ADD CONSTRAINT medical_records_signed_by_id FOREIGN KEY (signed_by_id) REFERENCES users,
    ADD CONSTRAINT medical_records_signer_id FOREIGN KEY (signer_id) REFERENCES practitioners,
    ADD CONSTRAINT medical_records_amended_by_id FOREIGN KEY (amended_by_id) REFERENCES users,
    ADD CONSTRAINT medical_records_prescription_lines CHECK (prescription_lines IS NULL OR prescription IS NOT NULL),
    ADD CONSTRAINT medical_records_signature CHECK (num_nonnulls(signed_by_id, signer_id) = 0 OR signed_at IS NOT NULL),
    ADD CONSTRAINT medical_records_draft CHECK (status <> 'DRAFT' OR num_nonnulls(signed_at, amended_at, amendment_reason, error_reason) = 0),
    ADD CONSTRAINT medical_records_amendment CHECK ((amended_at IS NULL) = (amendment_reason IS NULL)),
    ADD CONSTRAINT medical_records_error_reason CHECK (error_reason IS NULL OR status = 'ENTERED_IN_ERROR');

-- What a signed record said before it was amended, and why it was.
CREATE TABLE medical_record_amendments (
    id                 uuid PRIMARY KEY CHECK (id_kind(id) = 20),
    medical_record_id  uuid NOT NULL,
    patient_id         uuid NOT NULL,
    replaced_version   integer NOT NULL,
    reason             text NOT NULL CHECK (reason <> ''),
    amended_by_id      uuid,
    diagnosis          text NOT NULL,
    code               text,
    code_system        text,
    prescription       text,
    prescription_lines jsonb,
    notes              text,
    version            integer NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT medical_record_amendments_once UNIQUE (medical_record_id, replaced_version),
    CONSTRAINT medical_record_amendments_medical_record_id FOREIGN KEY (medical_record_id, patient_id) REFERENCES medical_records (id, patient_id),
    CONSTRAINT medical_record_amendments_amended_by_id FOREIGN KEY (amended_by_id) REFERENCES users
);
SELECT audit_table('medical_record_amendments');
GRANT SELECT ON medical_record_amendments TO clinicql_care, clinicql_glass, clinicql_system;

-- new_id makes a UUIDv7 of a kind, as db/id.go does, for rows that triggers add.
CREATE FUNCTION new_id(kind int) RETURNS uuid LANGUAGE sql VOLATILE
    RETURN encode(set_byte(set_byte(overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1),
        6, get_byte(uuid_send(gen_random_uuid()), 6) & 15 | 112), 15, kind), 'hex')::uuid;

-- keep_record lets nobody overwrite what was signed, raw SQL included: a change of it is an amendment with a reason, and what stood there is
-- kept beside it. It runs as its owner, as nobody else may add to what is kept.
-- +migrate StatementBegin
CREATE FUNCTION keep_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    verdict text; -- what is wrong, or that it is an amendment
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') OR TG_TABLE_NAME = 'medical_record_amendments' THEN
        RAISE restrict_violation USING MESSAGE = 'a record and its amendments are kept', TABLE = TG_TABLE_NAME, CONSTRAINT = 'medical_records_kept';
    END IF;
    verdict := CASE
        WHEN NEW.id <> OLD.id OR NEW.author_id IS DISTINCT FROM OLD.author_id OR NEW.created_at <> OLD.created_at
            THEN 'author'
        WHEN NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (('DRAFT', 'SIGNED'), ('SIGNED', 'AMENDED'),
            ('DRAFT', 'ENTERED_IN_ERROR'), ('SIGNED', 'ENTERED_IN_ERROR'), ('AMENDED', 'ENTERED_IN_ERROR'))
            THEN 'step'
        WHEN OLD.status = 'DRAFT' AND NEW.status = 'SIGNED' AND NEW.signed_at IS NULL
            THEN 'signature'
        WHEN NEW.status = 'ENTERED_IN_ERROR' AND (OLD.status <> NEW.status AND NEW.error_reason IS NULL
            OR OLD.status = NEW.status AND NEW.error_reason IS DISTINCT FROM OLD.error_reason)
            THEN 'error_reason'
        WHEN OLD.status = 'DRAFT' AND NEW.status <> 'ENTERED_IN_ERROR'
            THEN NULL
        WHEN (NEW.patient_id, NEW.practitioner_id, NEW.appointment_id, NEW.recorded_on, NEW.signed_at, NEW.signed_by_id, NEW.signer_id)
            IS DISTINCT FROM (OLD.patient_id, OLD.practitioner_id, OLD.appointment_id, OLD.recorded_on, OLD.signed_at, OLD.signed_by_id, OLD.signer_id)
            THEN 'signature'
        WHEN (NEW.diagnosis, NEW.code, NEW.code_system, NEW.prescription, NEW.prescription_lines, NEW.notes)
            IS NOT DISTINCT FROM (OLD.diagnosis, OLD.code, OLD.code_system, OLD.prescription, OLD.prescription_lines, OLD.notes)
            THEN CASE WHEN (NEW.amended_at, NEW.amended_by_id, NEW.amendment_reason) IS DISTINCT FROM (OLD.amended_at, OLD.amended_by_id, OLD.amendment_reason)
                OR NEW.status = 'AMENDED' AND OLD.status = 'SIGNED' THEN 'amendment' END
        WHEN NEW.status <> 'AMENDED' OR NEW.amendment_reason IS NULL OR NEW.amended_at IS NOT DISTINCT FROM OLD.amended_at OR NEW.version <= OLD.version
            THEN 'content'
        ELSE 'amends'
    END;
    IF verdict = 'amends' THEN
        INSERT INTO medical_record_amendments (id, medical_record_id, patient_id, replaced_version, reason, amended_by_id,
            diagnosis, code, code_system, prescription, prescription_lines, notes)
        VALUES (new_id(20), OLD.id, OLD.patient_id, OLD.version, NEW.amendment_reason, NEW.amended_by_id,
            OLD.diagnosis, OLD.code, OLD.code_system, OLD.prescription, OLD.prescription_lines, OLD.notes);
    ELSIF verdict IS NOT NULL THEN
        RAISE restrict_violation USING MESSAGE = 'what was signed is amended, with a reason, and never overwritten',
            TABLE = TG_TABLE_NAME, CONSTRAINT = 'medical_records_kept_' || verdict;
    END IF;
    RETURN NEW;
END $$;
-- +migrate StatementEnd
CREATE TRIGGER keep_record BEFORE UPDATE OR DELETE ON medical_records FOR EACH ROW EXECUTE FUNCTION keep_record();
CREATE TRIGGER keep_record_all BEFORE TRUNCATE ON medical_records FOR EACH STATEMENT EXECUTE FUNCTION keep_record();
CREATE TRIGGER keep_record BEFORE UPDATE OR DELETE OR TRUNCATE ON medical_record_amendments FOR EACH STATEMENT EXECUTE FUNCTION keep_record();

-- An allergy says why it is as far to be trusted as it is; one that was entered in error stays as it is.
ALTER TABLE allergies ADD COLUMN status_reason text CHECK (status_reason <> '');
-- +migrate StatementBegin
CREATE FUNCTION keep_allergy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') OR OLD.status = 'ENTERED_IN_ERROR' AND NEW IS DISTINCT FROM OLD OR NEW.patient_id <> OLD.patient_id THEN
        RAISE restrict_violation USING MESSAGE = 'an allergy is kept', TABLE = TG_TABLE_NAME, CONSTRAINT = 'allergies_kept';
    END IF;
    RETURN NEW;
END $$;
-- +migrate StatementEnd
CREATE TRIGGER keep_allergy BEFORE UPDATE OR DELETE ON allergies FOR EACH ROW EXECUTE FUNCTION keep_allergy();
CREATE TRIGGER keep_allergy_all BEFORE TRUNCATE ON allergies FOR EACH STATEMENT EXECUTE FUNCTION keep_allergy();
REVOKE EXECUTE ON FUNCTION new_id, keep_record, keep_allergy FROM PUBLIC;

-- +migrate Down
DROP TRIGGER keep_allergy_all ON allergies;
DROP TRIGGER keep_allergy ON allergies;
DROP FUNCTION keep_allergy;
ALTER TABLE allergies DROP COLUMN status_reason;
DROP TABLE medical_record_amendments;
DROP TRIGGER keep_record_all ON medical_records;
DROP TRIGGER keep_record ON medical_records;
DROP FUNCTION keep_record;
DROP FUNCTION new_id;
ALTER TABLE medical_records
    DROP CONSTRAINT medical_records_of_one_patient,
    DROP COLUMN prescription_lines,
    DROP COLUMN author_id,
    DROP COLUMN signed_at,
    DROP COLUMN signed_by_id,
    DROP COLUMN signer_id,
    DROP COLUMN amended_at,
    DROP COLUMN amended_by_id,
    DROP COLUMN amendment_reason,
    DROP COLUMN error_reason;
