-- +migrate Up

-- What is over is not kept for ever: who signed in from where, tokens, and times that were held. The command that forgets it connects as a
-- role of its own, which may do nothing else: none that serves may delete any of it, and this one reads nothing of a person.
-- +migrate StatementBegin
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinicql_retention') THEN
        CREATE ROLE clinicql_retention NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database's migration was faster
END $$;
-- +migrate StatementEnd
GRANT USAGE ON SCHEMA public TO clinicql_retention;
GRANT EXECUTE ON FUNCTION audit_events TO clinicql_retention;
GRANT SELECT (id, expires_at, ended_at), DELETE ON sessions TO clinicql_retention;
GRANT SELECT (id, expires_at, revoked_at), DELETE ON api_tokens TO clinicql_retention;
GRANT SELECT (id, expires_at, released_at), DELETE ON slot_holds TO clinicql_retention;
GRANT SELECT (slot_hold_id) ON wait_list_entries TO clinicql_retention;

-- keep_what_counts is the last wall: what is not over, or has been for less than a day, is not forgotten, whoever says so.
-- +migrate StatementBegin
CREATE FUNCTION keep_what_counts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'only what has been over for a day is forgotten' USING ERRCODE = 'insufficient_privilege';
END $$;
-- +migrate StatementEnd
REVOKE EXECUTE ON FUNCTION keep_what_counts FROM PUBLIC;
CREATE TRIGGER keep_what_counts BEFORE DELETE ON sessions FOR EACH ROW
    WHEN (least(OLD.expires_at, OLD.ended_at) > now() - interval '1 day') EXECUTE FUNCTION keep_what_counts();
CREATE TRIGGER keep_what_counts BEFORE DELETE ON api_tokens FOR EACH ROW
    WHEN (least(OLD.expires_at, OLD.revoked_at) > now() - interval '1 day') EXECUTE FUNCTION keep_what_counts();
CREATE TRIGGER keep_what_counts BEFORE DELETE ON slot_holds FOR EACH ROW
    WHEN (least(OLD.expires_at, OLD.released_at) > now() - interval '1 day') EXECUTE FUNCTION keep_what_counts();

-- Holds that wishes name stay: each deletion looks for one. Versions have the indexes of their table.
CREATE INDEX wait_list_entries_by_hold ON wait_list_entries (slot_hold_id) WHERE slot_hold_id IS NOT NULL;
CREATE INDEX wait_list_entries_by_hold ON history.wait_list_entries (slot_hold_id) WHERE slot_hold_id IS NOT NULL;

-- +migrate Down
DROP INDEX history.wait_list_entries_by_hold;
DROP INDEX wait_list_entries_by_hold;
DROP TRIGGER keep_what_counts ON slot_holds;
DROP TRIGGER keep_what_counts ON api_tokens;
DROP TRIGGER keep_what_counts ON sessions;
DROP FUNCTION keep_what_counts;
REVOKE ALL ON sessions, api_tokens, slot_holds, wait_list_entries FROM clinicql_retention;
REVOKE ALL ON FUNCTION audit_events FROM clinicql_retention;
REVOKE ALL ON SCHEMA public FROM clinicql_retention;
