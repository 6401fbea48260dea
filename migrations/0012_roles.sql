-- +migrate Up

-- The application connects as roles that own nothing and may do what the people behind them may. These hold the rights; whoever connects
-- is a member of one of them, named after the database (db/login.go). Roles belong to the whole cluster, so they may be there already.
-- +migrate StatementBegin
DO $$
DECLARE
    r text;
BEGIN
    FOREACH r IN ARRAY '{clinicql_accounts,clinicql_reception,clinicql_care,clinicql_glass,clinicql_admin,clinicql_analyst,clinicql_system}'::text[] LOOP
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
                EXECUTE format('CREATE ROLE %I NOLOGIN', r);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- another database's migration was faster
        END;
    END LOOP;
END $$;
-- +migrate StatementEnd

-- Of which the passwords of those who connect are made. Nobody is granted anything here.
CREATE TABLE role_keys (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    value    bytea NOT NULL CHECK (length(value) = 32)
);
INSERT INTO role_keys (value) VALUES (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- The groups hold rights in each database of the cluster, and so nobody but this database's own logins may connect to it.
-- +migrate StatementBegin
DO $$
BEGIN
    EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
-- +migrate StatementEnd

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION audit_events, changed_columns, next_mrn, audit_table, audit, index_identifiers, index_patient_words FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO clinicql_accounts, clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst, clinicql_system;
GRANT EXECUTE ON FUNCTION audit_events TO clinicql_accounts, clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst, clinicql_system;
GRANT EXECUTE ON FUNCTION changed_columns TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system, clinicql_accounts;
GRANT EXECUTE ON FUNCTION next_mrn TO clinicql_reception, clinicql_care, clinicql_system;

-- hold_practitioner says whether a practitioner is active, and keeps that so until the transaction ends; null when there is none. To lock
-- a row takes the right to change it, which those who book do not have.
CREATE FUNCTION hold_practitioner(practitioner uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT is_active FROM practitioners WHERE id = practitioner FOR SHARE
$$;

-- holds_signed_records says whether a signed record belongs to a visit, to those who may not read it: such a visit is not taken back.
CREATE FUNCTION holds_signed_records(appointment uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM medical_records WHERE appointment_id = appointment AND status IN ('SIGNED', 'AMENDED'))
$$;
REVOKE EXECUTE ON FUNCTION hold_practitioner, holds_signed_records FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_practitioner, holds_signed_records TO clinicql_reception, clinicql_care, clinicql_system;

-- What triggers derive is written as their owner.
ALTER FUNCTION index_identifiers SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;
ALTER FUNCTION index_patient_words SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp;

-- Whoever is signed in: the clinic, who works here, and where they themselves are signed in. The hashes of tokens are granted to nobody else.
GRANT SELECT ON clinics, users TO clinicql_accounts, clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst, clinicql_system;
GRANT SELECT (id, user_id, user_agent, address, last_used_at, expires_at, ended_at, version, created_at, updated_at) ON sessions
    TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst, clinicql_system;
GRANT SELECT (id, user_id, name, role, last_used_at, expires_at, revoked_at, version, created_at, updated_at) ON api_tokens
    TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst, clinicql_system;

-- The front desk: patients without their charts, and the calendar.
GRANT SELECT, INSERT, UPDATE ON patients, appointments TO clinicql_reception, clinicql_care, clinicql_system;
GRANT SELECT ON patient_identifiers, patient_words TO clinicql_reception, clinicql_care, clinicql_system;
GRANT SELECT ON practitioners, practitioner_identifiers TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;
GRANT USAGE ON SEQUENCE mrn_numbers TO clinicql_reception, clinicql_care, clinicql_system;

-- Charts.
GRANT SELECT, INSERT, UPDATE ON medical_records, allergies, allergy_absences TO clinicql_care, clinicql_system;
GRANT SELECT, INSERT, UPDATE ON care_team_members, glass_accesses TO clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;
GRANT SELECT ON care_team_members TO clinicql_reception;
GRANT SELECT ON patients, appointments, patient_identifiers, patient_words, medical_records, allergies, allergy_absences TO clinicql_glass;

-- Administrators: practitioners, settings, and the audit without what stood in charts. Behind a broken glass they read charts besides.
GRANT INSERT, UPDATE ON practitioners TO clinicql_admin, clinicql_glass, clinicql_system;
GRANT UPDATE ON clinics TO clinicql_admin, clinicql_glass, clinicql_system;
GRANT SELECT ON audit_entries TO clinicql_admin, clinicql_glass, clinicql_care;
GRANT SELECT ON audit_seals TO clinicql_admin, clinicql_glass;

-- Sign-in and the administration of users, which nobody does by a connection of their own.
GRANT INSERT, UPDATE ON users TO clinicql_accounts;
GRANT SELECT, INSERT, UPDATE ON sessions, api_tokens TO clinicql_accounts;
GRANT SELECT, INSERT, UPDATE, DELETE ON passwords, second_factors, recovery_codes, sign_in_challenges, password_links, sign_in_failures TO clinicql_accounts;
GRANT SELECT ON glass_accesses, secrets, practitioners TO clinicql_accounts;

-- The server itself: imports, keys, seals.
GRANT SELECT ON secrets, audit_log, audit_entries TO clinicql_system;
GRANT SELECT, INSERT, UPDATE ON imported_resources TO clinicql_system;
GRANT SELECT, INSERT ON audit_seals TO clinicql_system;
GRANT SELECT, UPDATE ON SEQUENCE audit_seal_count TO clinicql_system;
GRANT SELECT ON SEQUENCE audit_log_id_seq TO clinicql_system;

-- The answers kept for repeats hold what their role may read, and no other role sees them.
ALTER TABLE idempotency_keys
    ADD COLUMN db_role name NOT NULL DEFAULT current_user,
    DROP CONSTRAINT idempotency_keys_pkey,
    ADD PRIMARY KEY (db_role, actor, key);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON idempotency_keys USING (db_role = current_user);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO clinicql_accounts, clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst,
    clinicql_system;
CREATE POLICY forgotten ON idempotency_keys FOR DELETE TO clinicql_system USING (true);
CREATE POLICY seen ON idempotency_keys FOR SELECT TO clinicql_system USING (true);

-- Who may read a restricted chart is decided by those who read charts.
-- +migrate StatementBegin
CREATE FUNCTION keep_restriction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (pg_has_role(current_user, 'clinicql_care', 'MEMBER') OR pg_has_role(current_user, 'clinicql_system', 'MEMBER')) THEN
        RAISE EXCEPTION 'the restriction of a chart is not this role''s to change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
-- +migrate StatementEnd
CREATE TRIGGER keep_restriction BEFORE UPDATE OF is_restricted, primary_practitioner_id ON patients
    FOR EACH ROW WHEN (OLD.is_restricted IS DISTINCT FROM NEW.is_restricted
        OR OLD.is_restricted AND OLD.primary_practitioner_id IS DISTINCT FROM NEW.primary_practitioner_id)
    EXECUTE FUNCTION keep_restriction();

-- +migrate Down
DROP TRIGGER keep_restriction ON patients;
DROP FUNCTION keep_restriction;
DROP POLICY seen ON idempotency_keys;
DROP POLICY forgotten ON idempotency_keys;
DROP POLICY own ON idempotency_keys;
ALTER TABLE idempotency_keys DISABLE ROW LEVEL SECURITY;
DELETE FROM idempotency_keys a USING idempotency_keys b WHERE a.actor = b.actor AND a.key = b.key AND a.db_role > b.db_role;
ALTER TABLE idempotency_keys DROP COLUMN db_role, ADD PRIMARY KEY (actor, key);
ALTER FUNCTION index_identifiers SECURITY INVOKER RESET ALL;
ALTER FUNCTION index_patient_words SECURITY INVOKER RESET ALL;
GRANT EXECUTE ON FUNCTION audit_events, changed_columns, next_mrn, audit_table, audit, index_identifiers, index_patient_words TO PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;
DROP FUNCTION holds_signed_records;
DROP FUNCTION hold_practitioner;
DROP TABLE role_keys;
-- +migrate StatementBegin
DO $$
BEGIN
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO PUBLIC', current_database());
END $$;
-- +migrate StatementEnd
-- +migrate StatementBegin
DO $$
DECLARE
    r text;
BEGIN
    FOREACH r IN ARRAY '{clinicql_accounts,clinicql_reception,clinicql_care,clinicql_glass,clinicql_admin,clinicql_analyst,clinicql_system}'::text[] LOOP
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', r);
        EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM %I', r);
        EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM %I', r);
        EXECUTE format('REVOKE ALL ON SCHEMA public FROM %I', r);
    END LOOP;
END $$;
-- +migrate StatementEnd
