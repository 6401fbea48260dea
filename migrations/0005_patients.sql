-- +migrate Up

-- next_mrn issues a medical record number: C, at least six digits that count up and are never given twice, and a Luhn check digit.
CREATE SEQUENCE mrn_numbers START 100000;
-- +migrate StatementBegin
CREATE FUNCTION next_mrn() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    digits text := nextval('mrn_numbers')::text;
    total  int := 0;
    d      int;
BEGIN
    FOR i IN 1..length(digits) LOOP
        d := substr(digits, length(digits) + 1 - i, 1)::int;
        IF i % 2 = 1 THEN
            d := d * 2;
            IF d > 9 THEN d := d - 9; END IF;
        END IF;
        total := total + d;
    END LOOP;
    RETURN 'C' || digits || (10 - total % 10) % 10;
END $$;
-- +migrate StatementEnd

CREATE TABLE patients (
    id                      uuid PRIMARY KEY CHECK (id_kind(id) = 3),
    mrn                     text NOT NULL DEFAULT next_mrn(),
    given_name              text CHECK (given_name <> ''),
    family_name             text CHECK (family_name <> ''),
    birth_date              date CHECK (birth_date >= '1850-01-01'),
    birth_date_precision    text NOT NULL CHECK (birth_date_precision IN ('DAY', 'MONTH', 'YEAR', 'UNKNOWN')),
    sex                     text NOT NULL CHECK (sex IN ('FEMALE', 'MALE', 'OTHER', 'UNKNOWN')),
    gender_identity         text CHECK (gender_identity <> ''),
    identifiers             jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(identifiers) = 'array'),
    phone                   text CHECK (phone <> ''),
    phone_number            text CHECK (phone_number ~ '^\+[1-9][0-9]{1,14}$'),
    email                   text CHECK (email LIKE '%_@_%'),
    address                 jsonb CHECK (jsonb_typeof(address) = 'object'),
    preferred_language      text CHECK (preferred_language <> ''),
    deceased_on             date,
    primary_practitioner_id uuid,
    no_known_allergies_on   date,
    archived_at             timestamptz,
    archive_reason          text CHECK (archive_reason <> ''),
    family_key              text NOT NULL,
    given_key               text NOT NULL,
    search_words            text[] NOT NULL,
    version                 integer NOT NULL DEFAULT 1,
    created_at              timestamptz NOT NULL DEFAULT now(),
    updated_at              timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT patients_mrn UNIQUE (mrn),
    CONSTRAINT patients_name CHECK (coalesce(given_name, family_name) IS NOT NULL),
    CONSTRAINT patients_birth_date_known CHECK ((birth_date IS NULL) = (birth_date_precision = 'UNKNOWN')),
    CONSTRAINT patients_deceased_after_birth CHECK (deceased_on >= birth_date),
    CONSTRAINT patients_archived CHECK ((archived_at IS NULL) = (archive_reason IS NULL)),
    CONSTRAINT patients_primary_practitioner_id FOREIGN KEY (primary_practitioner_id) REFERENCES practitioners
);
CREATE INDEX patients_by_name ON patients (family_key, given_key, id);
CREATE INDEX patients_by_given_name ON patients (given_key, family_key, id);
CREATE INDEX patients_birth_date ON patients (birth_date, id);
CREATE INDEX patients_youngest ON patients (birth_date DESC NULLS LAST, id DESC); -- those without a date come last both ways
CREATE INDEX patients_mrn_end ON patients (reverse(mrn) text_pattern_ops);
CREATE INDEX patients_created ON patients (created_at, id);
CREATE INDEX patients_updated ON patients (updated_at, id);
CREATE INDEX patients_phone ON patients (reverse(phone_number) text_pattern_ops);
CREATE INDEX patients_primary_practitioner ON patients (primary_practitioner_id);
CREATE INDEX patients_search_words ON patients USING gin (search_words) WITH (fastupdate = off);
CREATE INDEX patients_name_trigrams ON patients USING gin (family_key gin_trgm_ops, given_key gin_trgm_ops) WITH (fastupdate = off);
SELECT audit_table('patients');

-- A record number is never changed: it may stand on paper.
-- +migrate StatementBegin
CREATE FUNCTION keep_mrn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a medical record number is never changed' USING ERRCODE = 'check_violation';
END $$;
-- +migrate StatementEnd
CREATE TRIGGER keep_mrn BEFORE UPDATE OF mrn ON patients
    FOR EACH ROW WHEN (OLD.mrn IS DISTINCT FROM NEW.mrn) EXECUTE FUNCTION keep_mrn();

-- Derived from patients.identifiers, as an index that keeps a number unique in its system.
CREATE TABLE patient_identifiers (
    system   text NOT NULL,
    value    text NOT NULL,
    owner_id uuid NOT NULL REFERENCES patients,
    PRIMARY KEY (system, value)
);
CREATE INDEX patient_identifiers_owner ON patient_identifiers (owner_id);
CREATE INDEX patient_identifiers_value ON patient_identifiers (value text_pattern_ops);
CREATE TRIGGER identifiers_insert AFTER INSERT ON patients REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_identifiers('patient_identifiers');
CREATE TRIGGER identifiers_update AFTER UPDATE ON patients REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_identifiers('patient_identifiers');

-- Every folded word of a patient's name once, so that a misspelt word is looked for among some thousands of words and not among all
-- patients. A word that no patient has any more does no harm.
CREATE TABLE patient_words (
    word text PRIMARY KEY
);
CREATE INDEX patient_words_prefix ON patient_words (word text_pattern_ops);
CREATE INDEX patient_words_trigrams ON patient_words USING gin (word gin_trgm_ops) WITH (fastupdate = off);

-- +migrate StatementBegin
CREATE FUNCTION index_patient_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO patient_words (word)
    SELECT DISTINCT w FROM new_rows n, unnest(n.search_words) w
    WHERE NOT EXISTS (SELECT FROM patient_words k WHERE k.word = w)
    ORDER BY w
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +migrate StatementEnd
CREATE TRIGGER words_insert AFTER INSERT ON patients REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_patient_words();
CREATE TRIGGER words_update AFTER UPDATE ON patients REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_patient_words();

-- +migrate Down
DROP TABLE patient_words;
DROP TABLE patient_identifiers;
DROP TABLE patients;
DROP FUNCTION index_patient_words;
DROP FUNCTION keep_mrn;
DROP FUNCTION next_mrn;
DROP SEQUENCE mrn_numbers;
