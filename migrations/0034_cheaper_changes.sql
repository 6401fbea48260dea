-- +migrate Up

-- What is done beside every change of a row is done with less. The rules are those of before, and so is what is written.

-- change_instant tells the instant in JSON's style, which is ISO's whatever the session's is, so that no setting is changed for it at each call.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION change_instant() RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    at timestamptz := nullif(current_setting('clinicql.changed_at', true), '');
BEGIN
    IF at BETWEEN now() AND clock_timestamp() THEN
        RETURN at;
    END IF;
    at := clock_timestamp();
    PERFORM set_config('clinicql.changed_at', to_jsonb(at) #>> '{}', true);
    RETURN at;
END $$;
-- +migrate StatementEnd

-- keep_history adds the first versions of the rows that are written most by statements whose plans a session keeps. What is in a text is planned
-- each time that it is run. Tables that are not named, and all that is changed or deleted, it keeps as before.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    at    timestamptz := change_instant();
    who   text := coalesce(nullif(current_setting('clinicql.actor', true), ''), 'database:' || session_user);
    by_id uuid := nullif(current_setting('clinicql.user', true), '');
    why   text := nullif(current_setting('clinicql.reason', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        CASE TG_TABLE_NAME
        WHEN 'patients' THEN
            INSERT INTO history.patients SELECT at, 'infinity', who, by_id, why, r.* FROM new_rows r;
        WHEN 'patient_words' THEN
            INSERT INTO history.patient_words SELECT at, 'infinity', who, by_id, why, r.* FROM new_rows r;
        WHEN 'patient_identifiers' THEN
            INSERT INTO history.patient_identifiers SELECT at, 'infinity', who, by_id, why, r.* FROM new_rows r;
        WHEN 'appointments' THEN
            INSERT INTO history.appointments SELECT at, 'infinity', who, by_id, why, r.* FROM new_rows r;
        WHEN 'medical_records' THEN
            INSERT INTO history.medical_records SELECT at, 'infinity', who, by_id, why, r.* FROM new_rows r;
        ELSE
            EXECUTE format('INSERT INTO history.%I SELECT $1, ''infinity'', $2, $3, $4, r.* FROM new_rows r', TG_TABLE_NAME)
                USING at, who, by_id, why;
        END CASE;
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

-- give gives new rows their pseudonyms in the same way.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION pseudonym.give() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'patients' THEN
        INSERT INTO pseudonym.patients (row_id, id) SELECT n.id, pseudonym.new_id(id_kind(n.id)) FROM new_rows n;
    WHEN 'appointments' THEN
        INSERT INTO pseudonym.appointments (row_id, id) SELECT n.id, pseudonym.new_id(id_kind(n.id)) FROM new_rows n;
    WHEN 'medical_records' THEN
        INSERT INTO pseudonym.medical_records (row_id, id) SELECT n.id, pseudonym.new_id(id_kind(n.id)) FROM new_rows n;
    ELSE
        EXECUTE format('INSERT INTO pseudonym.%I (row_id, id) SELECT n.id, pseudonym.new_id(id_kind(n.id)) FROM new_rows n', TG_TABLE_NAME);
    END CASE;
    RETURN NULL;
END $$;
-- +migrate StatementEnd

-- index_identifiers runs a statement only where there is an identifier, or one that changed. The statement has triggers of its own.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION index_identifiers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT FROM new_rows n WHERE n.identifiers <> '[]') THEN
            RETURN NULL;
        END IF;
        EXECUTE format('INSERT INTO %I (system, value, owner_id)
            SELECT e ->> ''system'', e ->> ''value'', n.id FROM new_rows n, jsonb_array_elements(n.identifiers) e', TG_ARGV[0]);
    ELSIF EXISTS (SELECT FROM new_rows n JOIN old_rows o ON o.id = n.id WHERE n.identifiers <> o.identifiers) THEN
        EXECUTE format('DELETE FROM %I i USING new_rows n JOIN old_rows o ON o.id = n.id
            WHERE i.owner_id = n.id AND n.identifiers <> o.identifiers', TG_ARGV[0]);
        EXECUTE format('INSERT INTO %I (system, value, owner_id)
            SELECT e ->> ''system'', e ->> ''value'', n.id
            FROM new_rows n JOIN old_rows o ON o.id = n.id, jsonb_array_elements(n.identifiers) e
            WHERE n.identifiers <> o.identifiers', TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
-- +migrate StatementEnd

-- index_patient_words looks a word up where it would be put, and not all of them.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION index_patient_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO patient_words (word)
    SELECT DISTINCT w FROM new_rows n, unnest(n.search_words) w ORDER BY w
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +migrate StatementEnd

-- lock_calendars takes its locks in one statement. The calendars are in order before the first one is taken.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION lock_calendars(calendars uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(18, l.calendar)
    FROM (SELECT DISTINCT (hashtextextended(c::text, 0) & 1023)::int AS calendar FROM unnest(calendars) c WHERE c IS NOT NULL ORDER BY calendar) l;
END $$;
-- +migrate StatementEnd

-- Whether somebody or a room can be booked, kept so until the transaction ends, by plans that a session keeps.
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION hold_practitioner(practitioner uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT is_active FROM practitioners WHERE id = practitioner FOR SHARE);
END $$;
-- +migrate StatementEnd
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION hold_room(room uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT is_active FROM rooms WHERE id = room FOR SHARE);
END $$;
-- +migrate StatementEnd

-- hold_for_visit does for a visit what lock_calendars, hold_practitioner and hold_room do, in one call, and the same for its patient: whether they are
-- archived or deceased, and whether practitioner and room can be booked; null of those that are not there. Each statement sees what was written
-- before the locks were had.
-- +migrate StatementBegin
CREATE FUNCTION hold_for_visit(of_patient uuid, with_practitioner uuid, in_room uuid, OUT archived boolean, OUT deceased boolean, OUT practitioner boolean, OUT room boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM lock_calendars(ARRAY[of_patient, with_practitioner, in_room]);
    SELECT p.archived_at IS NOT NULL, p.deceased_on IS NOT NULL INTO archived, deceased FROM patients p WHERE p.id = of_patient FOR SHARE;
    SELECT p.is_active INTO practitioner FROM practitioners p WHERE p.id = with_practitioner FOR SHARE;
    IF in_room IS NOT NULL THEN
        SELECT r.is_active INTO room FROM rooms r WHERE r.id = in_room FOR SHARE;
    END IF;
END $$;
-- +migrate StatementEnd
REVOKE EXECUTE ON FUNCTION hold_for_visit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_for_visit TO clinicql_reception, clinicql_care, clinicql_system;

-- What parts of names are found by in the past takes a new version in as part of a list, half a megabyte at most, and is made of all in it at
-- once: each version is in three such indexes, by dozens of trigrams. Whoever searches the past looks through the list too.
-- +migrate StatementBegin
DO $$
DECLARE
    i regclass;
BEGIN
    FOR i IN SELECT c.oid FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE c.relnamespace = 'history'::regnamespace AND c.relkind = 'i' AND a.amname = 'gin' LOOP
        EXECUTE format('ALTER INDEX %s SET (fastupdate = on, gin_pending_list_limit = 512)', i);
    END LOOP;
END $$;
-- +migrate StatementEnd

-- +migrate Down
-- +migrate StatementBegin
DO $$
DECLARE
    i regclass;
BEGIN
    FOR i IN SELECT c.oid FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE c.relnamespace = 'history'::regnamespace AND c.relkind = 'i' AND a.amname = 'gin' LOOP
        EXECUTE format('ALTER INDEX %s SET (fastupdate = off)', i);
        EXECUTE format('ALTER INDEX %s RESET (gin_pending_list_limit)', i);
    END LOOP;
END $$;
-- +migrate StatementEnd
DROP FUNCTION hold_for_visit;
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION change_instant() RETURNS timestamptz LANGUAGE plpgsql SET DateStyle = 'ISO' AS $$
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
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION pseudonym.give() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('INSERT INTO pseudonym.%I (row_id, id) SELECT n.id, pseudonym.new_id(id_kind(n.id)) FROM new_rows n', TG_TABLE_NAME);
    RETURN NULL;
END $$;
-- +migrate StatementEnd
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION index_identifiers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('DELETE FROM %I i USING new_rows n JOIN old_rows o ON o.id = n.id
            WHERE i.owner_id = n.id AND n.identifiers <> o.identifiers', TG_ARGV[0]);
        EXECUTE format('INSERT INTO %I (system, value, owner_id)
            SELECT e ->> ''system'', e ->> ''value'', n.id
            FROM new_rows n JOIN old_rows o ON o.id = n.id, jsonb_array_elements(n.identifiers) e
            WHERE n.identifiers <> o.identifiers', TG_ARGV[0]);
    ELSE
        EXECUTE format('INSERT INTO %I (system, value, owner_id)
            SELECT e ->> ''system'', e ->> ''value'', n.id FROM new_rows n, jsonb_array_elements(n.identifiers) e', TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
-- +migrate StatementEnd
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION index_patient_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO patient_words (word)
    SELECT DISTINCT w FROM new_rows n, unnest(n.search_words) w
    WHERE NOT EXISTS (SELECT FROM patient_words k WHERE k.word = w)
    ORDER BY w
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +migrate StatementEnd
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION lock_calendars(calendars uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    calendar int;
BEGIN
    FOR calendar IN SELECT DISTINCT hashtextextended(c::text, 0) & 1023 AS c FROM unnest(calendars) c WHERE c IS NOT NULL ORDER BY c LOOP
        PERFORM pg_advisory_xact_lock(18, calendar);
    END LOOP;
END $$;
-- +migrate StatementEnd
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION hold_practitioner(practitioner uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT is_active FROM practitioners WHERE id = practitioner FOR SHARE
$$;
-- +migrate StatementEnd
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION hold_room(room uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT is_active FROM rooms WHERE id = room FOR SHARE
$$;
-- +migrate StatementEnd
