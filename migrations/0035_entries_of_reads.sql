-- +migrate Up

-- Most entries are of reads, and name no row: a page of 50 patients with their charts has 50. They are kept out of the index by rows.
DROP INDEX audit_log_row;
CREATE INDEX audit_log_row ON audit_log (row_id, id) WHERE row_id IS NOT NULL;

-- audit_events adds entries that are no change of a row, one for each patient; a null among these stands for no patient. Who, as a JSON
-- object, has actor, role, user, token, operation and glass. It is read once and not for each patient (OFFSET 0).
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

-- +migrate Down
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION audit_events(who jsonb, what text, patients uuid[], of_fields text[], why text) RETURNS void
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
DROP INDEX audit_log_row;
CREATE INDEX audit_log_row ON audit_log (row_id, id);
