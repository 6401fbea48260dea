-- +migrate Up

-- Every version of every row, beside the tables that hold the newest ones: schema history has a table of the same name for each of them,
-- with the same columns behind those that say from when until when the row was so, who changed it and why. The version that holds now ends
-- in infinity. Schema asof has a view of the same name that shows the rows of one instant, the setting clinicql.as_of of whoever connects:
-- with asof before public in the search path, every statement sees the clinic as it was then. docs/decisions/0018 says why so.
CREATE SCHEMA history;
CREATE SCHEMA asof;
GRANT USAGE ON SCHEMA history, asof TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_analyst, clinicql_system;

-- change_instant returns the one instant at which all changes of this transaction are told to have happened: that of the first of them,
-- by when it waits for few others any more. Nobody who sets it themselves gets before the start of their transaction. Rows hold it in
-- created_at and updated_at, so that the clinic as of a row's updated_at shows what was written then.
-- It is written as ISO has it, since in other styles a zone is a word that is read back as another.
-- +migrate StatementBegin
CREATE FUNCTION change_instant() RETURNS timestamptz LANGUAGE plpgsql SET DateStyle = 'ISO' AS $$
DECLARE
    at timestamptz := nullif(current_setting('clinicql.changed_at', true), '');
BEGIN
    IF at BETWEEN now() AND clock_timestamp() THEN
        RETURN at;
    END IF;
    at := clock_timestamp();
    PERFORM set_config('clinicql.changed_at', at::text, true);
    RETURN at;
END $$;
-- +migrate StatementEnd

-- keep_history keeps the versions that a statement made. Its first argument says which row r a version h is of, the second names the columns
-- that do. It runs as its owner, as nobody else may write into the past. A version that is replaced by the transaction that made it was never
-- seen: it ends when it begins.
-- +migrate StatementBegin
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    at    timestamptz := change_instant();
    who   text := coalesce(nullif(current_setting('clinicql.actor', true), ''), 'database:' || session_user);
    by_id uuid := nullif(current_setting('clinicql.user', true), '');
    why   text := nullif(current_setting('clinicql.reason', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('INSERT INTO history.%I SELECT $1, ''infinity'', $2, $3, $4, r.* FROM new_rows r', TG_TABLE_NAME)
            USING at, who, by_id, why;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE format('UPDATE history.%I h SET valid_to = CASE WHEN h.valid_from > $1 THEN h.valid_from + interval ''1 microsecond'' ELSE $1 END
            FROM old_rows r WHERE %s AND h.valid_to = ''infinity''', TG_TABLE_NAME, TG_ARGV[0])
            USING at;
    ELSE
        EXECUTE format('
            WITH changed AS (
                SELECT h.* FROM new_rows h JOIN old_rows r ON %2$s WHERE h IS DISTINCT FROM r
            ), ended AS (
                UPDATE history.%1$I h SET valid_to = CASE WHEN h.valid_from > $1 THEN h.valid_from + interval ''1 microsecond'' ELSE $1 END
                FROM changed r WHERE %2$s AND h.valid_to = ''infinity''
                RETURNING h.*
            )
            INSERT INTO history.%1$I SELECT coalesce(h.valid_to, $1), ''infinity'', $2, $3, $4, r.*
            FROM changed r LEFT JOIN ended h ON %2$s', TG_TABLE_NAME, TG_ARGV[0])
            USING at, who, by_id, why;
    END IF;
    RETURN NULL;
END $$;
-- +migrate StatementEnd

-- show_as_of makes the view of a table's rows at an instant. Whether a chart is restricted is told as it is now, because that decides now
-- who may read it. The instant is read once a statement. The planner does not know it, and takes one version in nine for one of the instant
-- where it sees two comparisons; one in two where it sees a function, by which it plans as it does for the table.
-- +migrate StatementBegin
CREATE FUNCTION show_as_of(t regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name    text := (SELECT relname FROM pg_class WHERE oid = t);
    columns text := (SELECT string_agg(CASE
            WHEN name = 'patients' AND attname = 'is_restricted' THEN '(SELECT p.is_restricted FROM public.patients p WHERE p.id = h.id) AS is_restricted'
            ELSE format('h.%I', attname) END, ', ' ORDER BY attnum)
        FROM pg_attribute WHERE attrelid = t AND attnum > 0 AND NOT attisdropped);
BEGIN
    EXECUTE format('CREATE OR REPLACE VIEW asof.%1$I AS SELECT %2$s FROM history.%1$I h
        WHERE coalesce(h.valid_from <= (SELECT current_setting(''clinicql.as_of'')::timestamptz) AND h.valid_to > (SELECT current_setting(''clinicql.as_of'')::timestamptz), false)',
        name, columns);
END $$;
-- +migrate StatementEnd

-- history_table has every version of a table's rows kept, which its key tells apart, and shown as of any instant to whoever may read the
-- table. The versions have the table's indexes. What is in the table already is known since it last changed.
-- +migrate StatementBegin
CREATE FUNCTION history_table(t regclass, since text DEFAULT 'CASE version WHEN 1 THEN created_at ELSE updated_at END', key text[] DEFAULT '{id}')
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = t);
    same text := (SELECT string_agg(format('h.%1$I = r.%1$I', k), ' AND ') FROM unnest(key) k);
    made text;
BEGIN
    EXECUTE format('CREATE TABLE history.%I (
        valid_from    timestamptz NOT NULL,
        valid_to      timestamptz NOT NULL,
        changed_by    text NOT NULL,
        changed_by_id uuid,
        change_reason text,
        LIKE %s,
        CHECK (valid_to >= valid_from)
    ) WITH (fillfactor = 90)', name, t);
    EXECUTE format('CREATE INDEX ON history.%I (%s, valid_from)', name, array_to_string(key, ', '));
    FOR made IN
        SELECT regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX \S+ ON \S+', format('CREATE INDEX ON history.%I', name))
        FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] OR i.indkey[0] = 0 AND a.attrelid = i.indrelid AND a.attnum = 1
        WHERE i.indrelid = t AND NOT i.indisexclusion AND NOT (i.indisunique AND i.indkey[0] <> 0 AND a.attname = key[1])
    LOOP
        EXECUTE made;
    END LOOP;
    EXECUTE format('INSERT INTO history.%I SELECT %s, ''infinity'', ''system:migration'', NULL, NULL, r.* FROM %s r', name, since, t);
    EXECUTE format('CREATE TRIGGER history_insert AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION keep_history(%L)', t, same);
    EXECUTE format('CREATE TRIGGER history_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION keep_history(%L)', t, same);
    EXECUTE format('CREATE TRIGGER history_delete AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION keep_history(%L)', t, same);
    FOR made IN SELECT attname FROM pg_attribute WHERE attrelid = t AND attname IN ('created_at', 'updated_at') LOOP
        EXECUTE format('ALTER TABLE %s ALTER %I SET DEFAULT change_instant()', t, made);
    END LOOP;
    PERFORM show_as_of(t);
    FOR made IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_schema = 'public' AND table_name = name AND privilege_type = 'SELECT' AND grantee LIKE 'clinicql\_%'
    LOOP
        EXECUTE format('GRANT SELECT ON history.%1$I, asof.%1$I TO %2$I', name, made);
    END LOOP;
END $$;
-- +migrate StatementEnd
REVOKE EXECUTE ON FUNCTION change_instant, keep_history, show_as_of, history_table FROM PUBLIC;
GRANT EXECUTE ON FUNCTION change_instant TO clinicql_accounts, clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;

SELECT history_table(t::regclass) FROM unnest('{allergies,appointment_series,appointment_types,appointments,care_team_members,clinics,glass_accesses,
    medical_record_amendments,medical_records,patients,practitioners,rooms,slot_holds,time_off,users,wait_list_entries,working_hours}'::text[]) t;
SELECT history_table('allergy_absences', 'noted_on');
SELECT history_table('patient_identifiers', '''-infinity''', '{system,value}');
SELECT history_table('practitioner_identifiers', '''-infinity''', '{system,value}');
SELECT history_table('patient_words', '''-infinity''', '{word}');

-- What had been done by then.
CREATE VIEW asof.audit_entries AS SELECT e.* FROM public.audit_entries e WHERE e.created_at <= (SELECT current_setting('clinicql.as_of')::timestamptz);
GRANT SELECT ON asof.audit_entries TO clinicql_admin, clinicql_glass, clinicql_care, clinicql_system;

-- +migrate Down
-- +migrate StatementBegin
DO $$
DECLARE
    g record;
BEGIN
    FOR g IN SELECT tgname, tgrelid::regclass AS t FROM pg_trigger WHERE tgfoid = 'keep_history'::regproc LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', g.tgname, g.t);
    END LOOP;
    FOR g IN SELECT attrelid::regclass AS t, attname FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = adrelid AND a.attnum = adnum
        WHERE pg_get_expr(adbin, adrelid) = 'change_instant()'
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER %I SET DEFAULT now()', g.t, g.attname);
    END LOOP;
END $$;
-- +migrate StatementEnd
DROP FUNCTION history_table;
DROP FUNCTION show_as_of;
DROP FUNCTION keep_history;
DROP FUNCTION change_instant;
DROP SCHEMA asof CASCADE;
DROP SCHEMA history CASCADE;
