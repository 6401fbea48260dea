-- +migrate Up

-- What analysts look through: schema deid has a view for each table of patients' data that they may ask about, with the columns of the table and
-- without what says whose the data is. Their login reads these views and no table. docs/decisions/0029 says why so, docs/deidentification.md what
-- becomes of what.
CREATE SCHEMA pseudonym;
CREATE SCHEMA deid;

-- Safe harbour allows no date but its year; otherwise dates are shifted.
ALTER TABLE clinics ADD COLUMN is_deidentification_strict boolean NOT NULL DEFAULT false;
ALTER TABLE history.clinics ADD COLUMN is_deidentification_strict boolean NOT NULL DEFAULT false;
ALTER TABLE history.clinics ALTER COLUMN is_deidentification_strict DROP DEFAULT;
SELECT show_as_of('clinics');

-- new_id makes an id of a kind that tells nothing: unlike those of rows it holds no time.
CREATE FUNCTION pseudonym.new_id(kind int) RETURNS uuid LANGUAGE sql VOLATILE
    RETURN encode(set_byte(uuid_send(gen_random_uuid()), 15, kind), 'hex')::uuid;

-- new_shift draws a number of weeks from 1 to 26, back or forth.
-- +migrate StatementBegin
CREATE FUNCTION pseudonym.new_shift() RETURNS smallint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    random bytea := uuid_send(gen_random_uuid());
    place  int := (get_byte(random, 0) * 65536 + get_byte(random, 1) * 256 + get_byte(random, 2)) % 52 - 26;
BEGIN
    RETURN CASE WHEN place >= 0 THEN place + 1 ELSE place END;
END $$;
-- +migrate StatementEnd

-- Which row has which pseudonym, for ever, and by how many weeks a patient's dates are shifted. Nobody who serves reads this.
CREATE TABLE pseudonym.patients (
    row_id uuid PRIMARY KEY REFERENCES public.patients ON DELETE CASCADE,
    id     uuid NOT NULL UNIQUE CHECK (public.id_kind(id) = 3),
    weeks  smallint NOT NULL DEFAULT pseudonym.new_shift() CHECK (abs(weeks) BETWEEN 1 AND 26)
);
CREATE TABLE pseudonym.appointments (
    row_id uuid PRIMARY KEY REFERENCES public.appointments ON DELETE CASCADE,
    id     uuid NOT NULL UNIQUE CHECK (public.id_kind(id) = 4)
);
CREATE TABLE pseudonym.medical_records (
    row_id uuid PRIMARY KEY REFERENCES public.medical_records ON DELETE CASCADE,
    id     uuid NOT NULL UNIQUE CHECK (public.id_kind(id) = 5)
);
CREATE TABLE pseudonym.allergies (
    row_id uuid PRIMARY KEY REFERENCES public.allergies ON DELETE CASCADE,
    id     uuid NOT NULL UNIQUE CHECK (public.id_kind(id) = 6)
);

-- give gives new rows their pseudonyms, as its owner, since nobody else may.
-- +migrate StatementBegin
CREATE FUNCTION pseudonym.give() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO pseudonym.%I (row_id, id) SELECT n.id, pseudonym.new_id(id_kind(n.id)) FROM new_rows n', TG_TABLE_NAME);
    RETURN NULL;
END $$;
-- +migrate StatementEnd
REVOKE EXECUTE ON FUNCTION pseudonym.new_id, pseudonym.new_shift, pseudonym.give FROM PUBLIC;

-- +migrate StatementBegin
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY '{patients,appointments,medical_records,allergies}'::text[] LOOP
        EXECUTE format('INSERT INTO pseudonym.%1$I (row_id, id) SELECT r.id, pseudonym.new_id(id_kind(r.id)) FROM public.%1$I r', t);
        EXECUTE format('CREATE TRIGGER give_pseudonym AFTER INSERT ON public.%I REFERENCING NEW TABLE AS new_rows
            FOR EACH STATEMENT EXECUTE FUNCTION pseudonym.give()', t);
        EXECUTE format('ANALYZE pseudonym.%I', t);
    END LOOP;
END $$;
-- +migrate StatementEnd

-- shifted moves an instant by weeks on the clinic's wall clock, so that weekday and time of day stay over a change of the clocks; the strict
-- form shows the year alone, of the shifted instant, so that who sees both forms learns nothing of the shift. The planner writes it out in
-- each view, which it could not if it were one of rows.
CREATE FUNCTION deid.shifted(at timestamptz, weeks int, zone text, strict boolean) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN strict THEN date_trunc('year', at AT TIME ZONE zone + weeks * interval '7 days') ELSE at AT TIME ZONE zone + weeks * interval '7 days' END AT TIME ZONE zone
$$;
CREATE FUNCTION deid.shifted(day date, weeks int, strict boolean) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN strict THEN date_trunc('year', (day + 7 * weeks)::timestamp)::date ELSE day + 7 * weeks END
$$;

-- public_code is a code as far as it has the form of one: ICD-10, or a number in one of the code systems that are numbers. Anybody may have
-- typed anything else.
CREATE FUNCTION deid.public_code(code text, code_system text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN code ~ '^[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?$' AND coalesce(code_system IN ('http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icd-10-cm'), true)
        OR code ~ '^[0-9]{1,18}(-[0-9])?$' AND code_system IN ('http://snomed.info/sct', 'http://loinc.org', 'http://www.nlm.nih.gov/research/umls/rxnorm') THEN code END
$$;
CREATE FUNCTION deid.public_code_system(code_system text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN code_system IN ('http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icd-10-cm', 'http://snomed.info/sct', 'http://loinc.org',
        'http://www.nlm.nih.gov/research/umls/rxnorm') THEN code_system END
$$;

-- The views show nobody whose chart is restricted, by a barrier: no condition of whoever asks sees a row before it. What a table must have
-- and the lens has not is empty. When rows were written is not even shifted: what was written in one go, as by an import, would tell by how
-- much each patient's dates are shifted against each other's.
-- Years of birth are those of somebody of 90, today or at death, where the patient is older.
CREATE VIEW deid.patients WITH (security_barrier) AS
SELECT k.id, ''::text AS mrn, 'Patient'::text AS given_name, upper(left(k.id::text, 4)) AS family_name,
    CASE WHEN p.birth_date IS NOT NULL THEN greatest(date_trunc('year', p.birth_date::timestamp),
        date_trunc('year', coalesce(deid.shifted(p.deceased_on, k.weeks, c.is_deidentification_strict)::timestamp, now() AT TIME ZONE c.time_zone)) - interval '90 years')::date END AS birth_date,
    CASE WHEN p.birth_date IS NULL THEN 'UNKNOWN' ELSE 'YEAR' END AS birth_date_precision,
    p.sex, NULL::text AS gender_identity, '[]'::jsonb AS identifiers, NULL::text AS phone, NULL::text AS phone_number, NULL::text AS email,
    CASE WHEN p.address IS NOT NULL THEN jsonb_strip_nulls(jsonb_build_object('country', CASE WHEN p.address ->> 'country' ~ '^[A-Z]{2}$' THEN p.address ->> 'country' END,
        'postalCode', CASE WHEN NOT c.is_deidentification_strict THEN left(p.address ->> 'postalCode', 3) END)) END AS address,
    NULL::text AS preferred_language, deid.shifted(p.deceased_on, k.weeks, c.is_deidentification_strict) AS deceased_on, p.primary_practitioner_id,
    CASE WHEN p.archived_at IS NOT NULL THEN timestamptz 'epoch' END AS archived_at, NULL::text AS archive_reason,
    ''::text AS family_key, ''::text AS given_key, '{}'::text[] AS search_words, 1 AS version, timestamptz 'epoch' AS created_at, timestamptz 'epoch' AS updated_at,
    false AS is_restricted, '{}'::uuid[] AS not_duplicate_of
FROM pseudonym.patients k
JOIN public.patients p ON p.id = k.row_id
JOIN public.clinics c ON c.only_one
WHERE NOT p.is_restricted;

-- The planner takes one patient in two hundred for one who is not archived where it knows nothing of an expression.
CREATE STATISTICS public.patients_archived_in_lens ON (CASE WHEN archived_at IS NOT NULL THEN timestamptz 'epoch' END) FROM public.patients;

CREATE VIEW deid.appointments WITH (security_barrier) AS
SELECT k.id, w.id AS patient_id, a.practitioner_id,
    deid.shifted(a.starts_at, w.weeks, c.time_zone, c.is_deidentification_strict) AS starts_at,
    deid.shifted(a.starts_at, w.weeks, c.time_zone, c.is_deidentification_strict) + (a.ends_at - a.starts_at) AS ends_at,
    a.status, NULL::text AS type, NULL::text AS reason, a.cancellation_reason, NULL::text AS cancellation_note, f.id AS rescheduled_from_id,
    1 AS version, timestamptz 'epoch' AS created_at, timestamptz 'epoch' AS updated_at,
    a.room_id, a.appointment_type_id, a.buffer_before, a.buffer_after, NULL::uuid AS series_id, a.is_overbooked, a.overridden_rules, NULL::text AS override_reason,
    deid.shifted(date_trunc('minute', a.checked_in_at, 'UTC'), w.weeks, c.time_zone, c.is_deidentification_strict) AS checked_in_at,
    deid.shifted(date_trunc('minute', a.started_at, 'UTC'), w.weeks, c.time_zone, c.is_deidentification_strict) AS started_at,
    deid.shifted(date_trunc('minute', a.completed_at, 'UTC'), w.weeks, c.time_zone, c.is_deidentification_strict) AS completed_at,
    NULL::timestamptz AS cancelled_at, NULL::uuid AS cancelled_by_id, a.is_late_cancellation, NULL::text AS previous_status, NULL::timestamptz AS stepped_at
FROM pseudonym.appointments k
JOIN public.appointments a ON a.id = k.row_id
JOIN pseudonym.patients w ON w.row_id = a.patient_id
LEFT JOIN pseudonym.appointments f ON f.row_id = a.rescheduled_from_id
JOIN public.clinics c ON c.only_one
WHERE NOT EXISTS (SELECT FROM public.patients r WHERE r.id = a.patient_id AND r.is_restricted);

CREATE VIEW deid.medical_records WITH (security_barrier) AS
SELECT k.id, w.id AS patient_id, m.practitioner_id, f.id AS appointment_id, deid.shifted(m.recorded_on, w.weeks, c.is_deidentification_strict) AS recorded_on,
    m.status, ''::text AS diagnosis, deid.public_code(m.code, m.code_system) AS code, deid.public_code_system(m.code_system) AS code_system,
    NULL::text AS prescription, NULL::text AS notes, 1 AS version, timestamptz 'epoch' AS created_at, timestamptz 'epoch' AS updated_at,
    NULL::jsonb AS prescription_lines, NULL::uuid AS author_id,
    deid.shifted(date_trunc('minute', m.signed_at, 'UTC'), w.weeks, c.time_zone, c.is_deidentification_strict) AS signed_at,
    NULL::uuid AS signed_by_id, m.signer_id, NULL::timestamptz AS amended_at, NULL::uuid AS amended_by_id, NULL::text AS amendment_reason, NULL::text AS error_reason
FROM pseudonym.medical_records k
JOIN public.medical_records m ON m.id = k.row_id
JOIN pseudonym.patients w ON w.row_id = m.patient_id
LEFT JOIN pseudonym.appointments f ON f.row_id = m.appointment_id
JOIN public.clinics c ON c.only_one
WHERE NOT EXISTS (SELECT FROM public.patients r WHERE r.id = m.patient_id AND r.is_restricted);

CREATE VIEW deid.allergies WITH (security_barrier) AS
SELECT k.id, w.id AS patient_id, ''::text AS substance, deid.public_code(a.code, a.code_system) AS code, deid.public_code_system(a.code_system) AS code_system,
    NULL::text AS reaction, a.severity, a.status, deid.shifted(a.noted_on, w.weeks, c.is_deidentification_strict) AS noted_on,
    1 AS version, timestamptz 'epoch' AS created_at, timestamptz 'epoch' AS updated_at, NULL::text AS status_reason
FROM pseudonym.allergies k
JOIN public.allergies a ON a.id = k.row_id
JOIN pseudonym.patients w ON w.row_id = a.patient_id
JOIN public.clinics c ON c.only_one
WHERE NOT EXISTS (SELECT FROM public.patients r WHERE r.id = a.patient_id AND r.is_restricted);

CREATE VIEW deid.allergy_absences WITH (security_barrier) AS
SELECT w.id, deid.shifted(n.noted_on, w.weeks, c.is_deidentification_strict) AS noted_on
FROM public.allergy_absences n
JOIN pseudonym.patients w ON w.row_id = n.id
JOIN public.clinics c ON c.only_one
WHERE NOT EXISTS (SELECT FROM public.patients r WHERE r.id = n.id AND r.is_restricted);

-- Behind a barrier the planner sorts, though an index has the order. Pages in the order of pseudonyms take these from here, and look each up
-- through the barrier; a pseudonym by itself tells nothing.
CREATE VIEW deid.patients_in_order AS SELECT k.id FROM pseudonym.patients k;
CREATE VIEW deid.appointments_in_order AS SELECT k.id FROM pseudonym.appointments k;
CREATE VIEW deid.medical_records_in_order AS SELECT k.id FROM pseudonym.medical_records k;

-- Who gives care, where and as what is no patient's data; contacts, numbers and words about it are left out all the same.
CREATE VIEW deid.practitioners WITH (security_barrier) AS
SELECT p.id, p.given_name, p.family_name, p.prefix, p.specialty, '[]'::jsonb AS identifiers, p.is_active, NULL::text AS deactivation_reason,
    p.family_key, p.given_key, '{}'::text[] AS search_words, 1 AS version, timestamptz 'epoch' AS created_at, timestamptz 'epoch' AS updated_at
FROM public.practitioners p;
CREATE VIEW deid.rooms WITH (security_barrier) AS
SELECT r.id, r.name, r.is_active, 1 AS version, timestamptz 'epoch' AS created_at, timestamptz 'epoch' AS updated_at
FROM public.rooms r;
CREATE VIEW deid.appointment_types WITH (security_barrier) AS
SELECT t.id, t.name, t.length, t.buffer_before, t.buffer_after, t.color, t.is_active, 1 AS version, timestamptz 'epoch' AS created_at, timestamptz 'epoch' AS updated_at
FROM public.appointment_types t;

-- The analysts' login reads these views. It signs in, out and so on as others do, by the login for accounts.
REVOKE ALL ON ALL TABLES IN SCHEMA public, history, asof FROM clinicql_analyst;
REVOKE ALL ON SCHEMA history, asof FROM clinicql_analyst;
REVOKE EXECUTE ON FUNCTION deid.shifted(timestamptz, int, text, boolean), deid.shifted(date, int, boolean), deid.public_code, deid.public_code_system FROM PUBLIC;
GRANT USAGE ON SCHEMA deid TO clinicql_analyst;
GRANT EXECUTE ON FUNCTION deid.shifted(timestamptz, int, text, boolean), deid.shifted(date, int, boolean), deid.public_code, deid.public_code_system TO clinicql_analyst;
GRANT SELECT ON deid.patients, deid.appointments, deid.medical_records, deid.allergies, deid.allergy_absences, deid.practitioners, deid.rooms, deid.appointment_types,
    deid.patients_in_order, deid.appointments_in_order, deid.medical_records_in_order
    TO clinicql_analyst;

-- +migrate Down
GRANT USAGE ON SCHEMA history, asof TO clinicql_analyst;
GRANT SELECT ON clinics, users, history.clinics, history.users, asof.clinics, asof.users TO clinicql_analyst;
GRANT SELECT (id, user_id, user_agent, address, last_used_at, expires_at, ended_at, version, created_at, updated_at) ON sessions TO clinicql_analyst;
GRANT SELECT (id, user_id, name, role, last_used_at, expires_at, revoked_at, version, created_at, updated_at) ON api_tokens TO clinicql_analyst;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO clinicql_analyst;
DROP STATISTICS public.patients_archived_in_lens;
DROP SCHEMA deid CASCADE;
-- +migrate StatementBegin
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY '{patients,appointments,medical_records,allergies}'::text[] LOOP
        EXECUTE format('DROP TRIGGER give_pseudonym ON public.%I', t);
    END LOOP;
END $$;
-- +migrate StatementEnd
DROP SCHEMA pseudonym CASCADE;
DROP VIEW asof.clinics;
ALTER TABLE history.clinics DROP COLUMN is_deidentification_strict;
ALTER TABLE clinics DROP COLUMN is_deidentification_strict;
SELECT show_as_of('clinics');
GRANT SELECT ON asof.clinics TO clinicql_accounts, clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst, clinicql_system;
