-- +migrate Up

-- An entry is found and ordered by its number, which its id holds: in the place of two indexes on what is worked out of the number for each
-- entry, the key is one, and the other holds the number itself. Two million entries take some ten seconds.
DROP INDEX audit_log_entry;
DROP INDEX audit_log_patient;
CREATE INDEX audit_log_patient ON audit_log (patient_id, id) WHERE patient_id IS NOT NULL;

-- The same conditions as before. They are read for each statement that adds entries, and a list is shorter than what makes one; most entries
-- are of reads, which come first.
ALTER TABLE audit_log
    DROP CONSTRAINT audit_log_action_check,
    DROP CONSTRAINT audit_log_of_a_row,
    ADD CONSTRAINT audit_log_action_check CHECK (action = ANY ('{READ,INSERT,UPDATE,DELETE,EXPORTED,SIGNED_IN,SIGN_IN_FAILED,SIGNED_OUT,DENIED,SECURITY_CHANGED}')),
    ADD CONSTRAINT audit_log_of_a_row CHECK (row_id IS NOT NULL AND table_name IS NOT NULL OR action <> ALL ('{INSERT,UPDATE,DELETE}'));

-- audit_events adds entries that are no change of a row, one for each patient; a null among these stands for no patient. Who, as a JSON
-- object, has actor, role, user, token, operation and glass. It is read once and not for each patient (OFFSET 0). An assignment takes less
-- than a statement.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION audit_events(who jsonb, what text, patients uuid[], of_fields text[], why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own xid8;
BEGIN
    IF what IN ('INSERT', 'UPDATE', 'DELETE') THEN
        RAISE EXCEPTION 'changes of rows are recorded by their triggers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    own := pg_current_xact_id(); -- before a number is drawn, so that whoever seals can tell that it is in use
    INSERT INTO audit_log (actor, role, user_id, token_id, operation_id, action, patient_id, glass_id, fields, reason)
    SELECT w.actor, w.role, w.user_id, w.token_id, w.operation_id, what, p, CASE WHEN w.glass IS NOT NULL THEN (w.glass ->> p::text)::uuid END, of_fields, why
    FROM (
        SELECT who ->> 'actor' AS actor, who ->> 'role' AS role, (who ->> 'user')::uuid AS user_id, (who ->> 'token')::uuid AS token_id,
            who ->> 'operation' AS operation_id, nullif(who -> 'glass', '{}') AS glass
        OFFSET 0
    ) w
    CROSS JOIN unnest(patients) p;
END $$;
-- +migrate StatementEnd

-- The number is what lists are in the order of.
CREATE OR REPLACE VIEW audit_entries AS
SELECT audit_entry_id(l.id) AS id,
    1 AS version,
    l.at AS created_at,
    l.at AS updated_at,
    CASE
        WHEN l.action = 'INSERT' AND l.table_name = 'glass_accesses' THEN 'GLASS_BROKEN'
        WHEN l.action = 'UPDATE' AND l.table_name = 'users' AND l.after ? 'role' THEN 'ROLE_CHANGED'
        WHEN l.action = 'INSERT' THEN 'CREATED'
        WHEN l.action = 'UPDATE' THEN 'UPDATED'
        WHEN l.action = 'DELETE' THEN 'DELETED'
        ELSE l.action
    END AS kind,
    l.actor,
    l.role,
    l.user_id,
    l.token_id,
    l.operation_id,
    l.table_name,
    l.row_id,
    l.patient_id,
    CASE WHEN l.action IN ('INSERT', 'UPDATE', 'DELETE')
        THEN ARRAY(SELECT k FROM jsonb_object_keys(coalesce(l.after, l.before)) k WHERE k NOT IN ('version', 'created_at', 'updated_at') ORDER BY k)
        ELSE coalesce(l.fields, '{}')
    END AS fields,
    CASE WHEN l.table_name IN ('clinics', 'practitioners', 'users', 'care_team_members', 'glass_accesses') THEN l.before END AS before,
    CASE WHEN l.table_name IN ('clinics', 'practitioners', 'users', 'care_team_members', 'glass_accesses') THEN l.after END AS after,
    l.reason,
    l.glass_id,
    l.id AS number
FROM audit_log l;
CREATE OR REPLACE VIEW asof.audit_entries AS SELECT e.* FROM public.audit_entries e WHERE e.created_at <= (SELECT current_setting('clinicql.as_of')::timestamptz);

-- +migrate Down
DROP VIEW asof.audit_entries;
DROP VIEW audit_entries;
CREATE VIEW audit_entries AS
SELECT audit_entry_id(l.id) AS id,
    1 AS version,
    l.at AS created_at,
    l.at AS updated_at,
    CASE
        WHEN l.action = 'INSERT' AND l.table_name = 'glass_accesses' THEN 'GLASS_BROKEN'
        WHEN l.action = 'UPDATE' AND l.table_name = 'users' AND l.after ? 'role' THEN 'ROLE_CHANGED'
        WHEN l.action = 'INSERT' THEN 'CREATED'
        WHEN l.action = 'UPDATE' THEN 'UPDATED'
        WHEN l.action = 'DELETE' THEN 'DELETED'
        ELSE l.action
    END AS kind,
    l.actor,
    l.role,
    l.user_id,
    l.token_id,
    l.operation_id,
    l.table_name,
    l.row_id,
    l.patient_id,
    CASE WHEN l.action IN ('INSERT', 'UPDATE', 'DELETE')
        THEN ARRAY(SELECT k FROM jsonb_object_keys(coalesce(l.after, l.before)) k WHERE k NOT IN ('version', 'created_at', 'updated_at') ORDER BY k)
        ELSE coalesce(l.fields, '{}')
    END AS fields,
    CASE WHEN l.table_name IN ('clinics', 'practitioners', 'users', 'care_team_members', 'glass_accesses') THEN l.before END AS before,
    CASE WHEN l.table_name IN ('clinics', 'practitioners', 'users', 'care_team_members', 'glass_accesses') THEN l.after END AS after,
    l.reason,
    l.glass_id
FROM audit_log l;
CREATE VIEW asof.audit_entries AS SELECT e.* FROM public.audit_entries e WHERE e.created_at <= (SELECT current_setting('clinicql.as_of')::timestamptz);
GRANT SELECT ON audit_entries, asof.audit_entries TO clinicql_admin, clinicql_glass, clinicql_care, clinicql_system;
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION audit_events(who jsonb, what text, patients uuid[], of_fields text[], why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF what IN ('INSERT', 'UPDATE', 'DELETE') THEN
        RAISE EXCEPTION 'changes of rows are recorded by their triggers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_current_xact_id(); -- before a number is drawn, so that whoever seals can tell that it is in use
    INSERT INTO audit_log (actor, role, user_id, token_id, operation_id, action, patient_id, glass_id, fields, reason)
    SELECT w.actor, w.role, w.user_id, w.token_id, w.operation_id, what, p, CASE WHEN w.glass IS NOT NULL THEN (w.glass ->> p::text)::uuid END, of_fields, why
    FROM (
        SELECT who ->> 'actor' AS actor, who ->> 'role' AS role, (who ->> 'user')::uuid AS user_id, (who ->> 'token')::uuid AS token_id,
            who ->> 'operation' AS operation_id, nullif(who -> 'glass', '{}') AS glass
        OFFSET 0
    ) w
    CROSS JOIN unnest(patients) p;
END $$;
-- +migrate StatementEnd
ALTER TABLE audit_log
    DROP CONSTRAINT audit_log_of_a_row,
    DROP CONSTRAINT audit_log_action_check,
    ADD CONSTRAINT audit_log_action_check CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'READ', 'EXPORTED', 'SIGNED_IN', 'SIGN_IN_FAILED',
        'SIGNED_OUT', 'DENIED', 'SECURITY_CHANGED')),
    ADD CONSTRAINT audit_log_of_a_row CHECK ((action IN ('INSERT', 'UPDATE', 'DELETE')) <= (table_name IS NOT NULL AND row_id IS NOT NULL));
DROP INDEX audit_log_patient;
CREATE INDEX audit_log_entry ON audit_log (audit_entry_id(id));
CREATE INDEX audit_log_patient ON audit_log (patient_id, audit_entry_id(id)) WHERE patient_id IS NOT NULL;
