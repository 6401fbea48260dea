-- +migrate Up

-- id_kind tells what an id names: the last byte of every UUIDv7 that the clinic issues holds its kind, so that an id of the wrong
-- kind is refused by the database too. The kinds are in db/id.go.
CREATE FUNCTION id_kind(id uuid) RETURNS int
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN get_byte(uuid_send(id), 15);

-- Who changed which row, and how. Written by triggers in the transaction of the change.
CREATE TABLE audit_log (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL DEFAULT now(),
    actor        text NOT NULL CHECK (actor <> ''),
    operation_id text,
    action       text NOT NULL CHECK (action IN ('INSERT', 'UPDATE', 'DELETE')),
    table_name   text NOT NULL,
    row_id       uuid NOT NULL,
    before       jsonb,
    after        jsonb
);
CREATE INDEX audit_log_row ON audit_log (row_id, id);

-- audit records a statement's changes: of an insert the whole row, of an update the columns that differ. It runs once a statement,
-- so that a bulk load pays for rows and not for calls. Whoever comes without the application is named by the database's own user.
-- +migrate StatementBegin
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$
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

-- audit_table has every change of a table signed into audit_log.
-- +migrate StatementBegin
CREATE FUNCTION audit_table(t regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION audit()', t);
    EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION audit()', t);
    EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION audit()', t);
END $$;
-- +migrate StatementEnd

-- +migrate Down
DROP FUNCTION audit_table;
DROP FUNCTION audit;
DROP TABLE audit_log;
DROP FUNCTION id_kind;
