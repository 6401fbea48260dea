-- +migrate Up

-- The audit tells more: in which role and by which token, whose chart, what was read, refused or changed beside rows, and why.
ALTER TABLE audit_log
    ALTER COLUMN table_name DROP NOT NULL,
    ALTER COLUMN row_id DROP NOT NULL,
    ADD COLUMN role       text,
    ADD COLUMN user_id    uuid,
    ADD COLUMN token_id   uuid,
    ADD COLUMN patient_id uuid,
    ADD COLUMN fields     text[],
    ADD COLUMN reason     text,
    ADD COLUMN glass_id   uuid,
    DROP CONSTRAINT audit_log_action_check,
    ADD CONSTRAINT audit_log_action_check CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'READ', 'EXPORTED', 'SIGNED_IN', 'SIGN_IN_FAILED',
        'SIGNED_OUT', 'DENIED', 'SECURITY_CHANGED')),
    ADD CONSTRAINT audit_log_of_a_row CHECK ((action IN ('INSERT', 'UPDATE', 'DELETE')) <= (table_name IS NOT NULL AND row_id IS NOT NULL));

-- audit_entry_id is the API's id of an audit row: its number in a UUID of kind 12, in the same order.
CREATE FUNCTION audit_entry_id(id bigint) RETURNS uuid
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN encode(int8send(id) || '\x800000000000000c'::bytea, 'hex')::uuid;
CREATE INDEX audit_log_entry ON audit_log (audit_entry_id(id));
CREATE INDEX audit_log_patient ON audit_log (patient_id, audit_entry_id(id)) WHERE patient_id IS NOT NULL;
CREATE INDEX audit_log_time ON audit_log USING brin (at);

-- audit records a statement's changes: of an insert the whole row, of an update the columns that differ, with what the settings of the
-- transaction say of who writes (OFFSET 0 has each row turned into JSON once). It runs once a statement, so that a bulk load pays for rows and not for calls, and as its owner, so that
-- whoever writes needs no right to the audit. Whoever comes without the application is named by the database's own user.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who     text := coalesce(nullif(current_setting('clinicql.actor', true), ''), 'database:' || session_user);
    op      text := nullif(current_setting('clinicql.operation', true), '');
    as_role text := nullif(current_setting('clinicql.role', true), '');
    by_user uuid := nullif(current_setting('clinicql.user', true), '');
    token   uuid := nullif(current_setting('clinicql.token', true), '');
    why     text := nullif(current_setting('clinicql.reason', true), '');
    glass  jsonb := nullif(current_setting('clinicql.glass', true), '');
    whose   text := CASE WHEN TG_TABLE_NAME IN ('patients', 'allergy_absences') THEN 'id' ELSE 'patient_id' END;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_log (actor, role, user_id, token_id, operation_id, reason, action, table_name, row_id, patient_id, glass_id, after)
        SELECT who, as_role, by_user, token, op, why, TG_OP, TG_TABLE_NAME, n.id, (r.j ->> whose)::uuid, (glass ->> (r.j ->> whose))::uuid,
            jsonb_strip_nulls(r.j - '{id,family_key,given_key,search_words}'::text[])
        FROM new_rows n, LATERAL (SELECT to_jsonb(n) AS j OFFSET 0) r;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_log (actor, role, user_id, token_id, operation_id, reason, action, table_name, row_id, patient_id, glass_id, before)
        SELECT who, as_role, by_user, token, op, why, TG_OP, TG_TABLE_NAME, o.id, (r.j ->> whose)::uuid, (glass ->> (r.j ->> whose))::uuid,
            jsonb_strip_nulls(r.j - '{id,family_key,given_key,search_words}'::text[])
        FROM old_rows o, LATERAL (SELECT to_jsonb(o) AS j OFFSET 0) r;
    ELSE
        INSERT INTO audit_log (actor, role, user_id, token_id, operation_id, reason, action, table_name, row_id, patient_id, glass_id, before, after)
        SELECT who, as_role, by_user, token, op, why, TG_OP, TG_TABLE_NAME, n.id, (r.j ->> whose)::uuid, (glass ->> (r.j ->> whose))::uuid,
            d.before, d.after
        FROM old_rows o
        JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (SELECT to_jsonb(n) AS j OFFSET 0) r
        CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(b.key, b.value) AS before, jsonb_object_agg(b.key, a.value) AS after
            FROM jsonb_each(to_jsonb(o)) b
            JOIN jsonb_each(r.j) a ON a.key = b.key AND a.value IS DISTINCT FROM b.value
            WHERE b.key NOT IN ('family_key', 'given_key', 'search_words')
        ) d
        WHERE d.after IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
-- +migrate StatementEnd

-- audit_events adds entries that are no change of a row, one for each patient; a null among these stands for no patient. Who, as a JSON
-- object, has actor, role, user, token, operation and glass.
-- +migrate StatementBegin
CREATE FUNCTION audit_events(who jsonb, what text, patients uuid[], of_fields text[], why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF what IN ('INSERT', 'UPDATE', 'DELETE') THEN
        RAISE EXCEPTION 'changes of rows are recorded by their triggers' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_current_xact_id(); -- before a number is drawn, so that whoever seals can tell that it is in use
    INSERT INTO audit_log (actor, role, user_id, token_id, operation_id, action, patient_id, glass_id, fields, reason)
    SELECT who ->> 'actor', who ->> 'role', (who ->> 'user')::uuid, (who ->> 'token')::uuid, who ->> 'operation', what, p,
        (who -> 'glass' ->> p::text)::uuid, of_fields, why
    FROM unnest(patients) p;
END $$;
-- +migrate StatementEnd

-- Nobody changes the audit, the owner included: a superuser who switches this off is found by the seals.
-- +migrate StatementBegin
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
-- +migrate StatementEnd
CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();

-- The seals chain the rows of the audit. A seal holds the ids and SHA-256 digests of the rows that were finished since the one before it,
-- and a hash over these and the hash before. Every row up to settled_id is in some seal; what is missing there never was. Snapshot and
-- drawn_id tell the next seals when that is known of more.
CREATE TABLE audit_seals (
    number     bigint PRIMARY KEY CHECK (number > 0),
    sealed_at  timestamptz NOT NULL,
    ids        bigint[] NOT NULL,
    digests    bytea NOT NULL CHECK (length(digests) = 32 * cardinality(ids)),
    settled_id bigint NOT NULL,
    drawn_id   bigint NOT NULL,
    snapshot   xid8 NOT NULL,
    hash       bytea NOT NULL CHECK (length(hash) = 32)
);
CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();

-- How many seals there ever were: more than are left means that some were cut off.
CREATE SEQUENCE audit_seal_count;

-- What administrators see of the audit, and care teams of their patients: not what stood in a chart.
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

-- changed_columns names what changed of a row of a table since one of its versions, for whoever may not read the audit.
CREATE FUNCTION changed_columns(of_table text, of_row uuid, since int) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT k
    FROM audit_log l, jsonb_object_keys(l.after) k
    WHERE l.table_name = of_table AND l.row_id = of_row AND l.action = 'UPDATE' AND (l.after ->> 'version')::int > since AND k NOT IN ('version', 'updated_at')
    ORDER BY k
$$;

-- +migrate Down
DROP FUNCTION changed_columns;
DROP VIEW audit_entries;
DROP SEQUENCE audit_seal_count;
DROP TABLE audit_seals;
DROP TRIGGER keep_audit ON audit_log;
DROP FUNCTION keep_audit;
DROP FUNCTION audit_events;
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who text := coalesce(nullif(current_setting('clinicql.actor', true), ''), 'database:' || session_user);
    op  text := nullif(current_setting('clinicql.operation', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_log (actor, operation_id, action, table_name, row_id, after)
        SELECT who, op, TG_OP, TG_TABLE_NAME, n.id, jsonb_strip_nulls(to_jsonb(n) - '{id,family_key,given_key,search_words}'::text[])
        FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO audit_log (actor, operation_id, action, table_name, row_id, before)
        SELECT who, op, TG_OP, TG_TABLE_NAME, o.id, jsonb_strip_nulls(to_jsonb(o) - '{id,family_key,given_key,search_words}'::text[])
        FROM old_rows o;
    ELSE
        INSERT INTO audit_log (actor, operation_id, action, table_name, row_id, before, after)
        SELECT who, op, TG_OP, TG_TABLE_NAME, o.id, d.before, d.after
        FROM old_rows o
        JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (
            SELECT jsonb_object_agg(b.key, b.value) AS before, jsonb_object_agg(b.key, a.value) AS after
            FROM jsonb_each(to_jsonb(o)) b
            JOIN jsonb_each(to_jsonb(n)) a ON a.key = b.key AND a.value IS DISTINCT FROM b.value
            WHERE b.key NOT IN ('family_key', 'given_key', 'search_words')
        ) d
        WHERE d.after IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
-- +migrate StatementEnd
DROP INDEX audit_log_time;
DROP INDEX audit_log_patient;
DROP INDEX audit_log_entry;
DROP FUNCTION audit_entry_id;
DELETE FROM audit_log WHERE action NOT IN ('INSERT', 'UPDATE', 'DELETE');
ALTER TABLE audit_log
    DROP CONSTRAINT audit_log_of_a_row,
    DROP CONSTRAINT audit_log_action_check,
    ADD CONSTRAINT audit_log_action_check CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
    DROP COLUMN role,
    DROP COLUMN user_id,
    DROP COLUMN token_id,
    DROP COLUMN patient_id,
    DROP COLUMN fields,
    DROP COLUMN reason,
    DROP COLUMN glass_id,
    ALTER COLUMN table_name SET NOT NULL,
    ALTER COLUMN row_id SET NOT NULL;
