-- +migrate Up

-- Keys of names are compared by their code points, whatever locale the database has. So the names that begin alike lie between two bounds,
-- "ber" and "bes", in the order of names, and an index of it leads to their page. A locale may put letters together ("ch" between "h" and
-- "i") or pass over spaces; and Postgres runs LIKE along an index only where it knows that the order is this one.
--
-- compare_names_by gives the keys a collation. The views that show them are taken away for it, and made again as they were.
-- +migrate StatementBegin
CREATE FUNCTION compare_names_by(wanted regcollation) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    keyed text[] := '{public.patients,public.practitioners,history.patients,history.practitioners}';
    shown text[];
    made  text[];
    step  text;
BEGIN
    WITH RECURSIVE found(id, depth) AS (
        SELECT k::regclass::oid, 0 FROM unnest(keyed) k
        UNION
        SELECT r.ev_class, f.depth + 1
        FROM found f
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = f.id AND d.classid = 'pg_rewrite'::regclass
        JOIN pg_rewrite r ON r.oid = d.objid AND r.ev_class <> f.id
        LEFT JOIN pg_attribute a ON a.attrelid = f.id AND a.attnum = d.refobjsubid
        WHERE f.depth > 0 OR a.attname IN ('family_key', 'given_key')
    ), views AS (
        SELECT c.oid, c.relowner, c.relacl, format('%I.%I', n.nspname, c.relname) AS name,
            format('CREATE VIEW %I.%I%s AS %s', n.nspname, c.relname, ' WITH (' || array_to_string(c.reloptions, ', ') || ')', pg_get_viewdef(c.oid)) AS definition,
            max(f.depth) AS depth
        FROM found f JOIN pg_class c ON c.oid = f.id JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'v'
        GROUP BY c.oid, n.nspname
    )
    SELECT array_agg(name ORDER BY depth DESC, name), array_agg(definition ORDER BY depth, name)
        || array(SELECT format('GRANT %s ON %s TO %I', a.privilege_type, v.name, g.rolname)
            FROM views v, aclexplode(v.relacl) a JOIN pg_roles g ON g.oid = a.grantee
            WHERE a.grantee <> v.relowner)
    INTO shown, made
    FROM views;
    FOREACH step IN ARRAY shown LOOP
        EXECUTE 'DROP VIEW ' || step;
    END LOOP;
    FOREACH step IN ARRAY keyed LOOP
        EXECUTE format('ALTER TABLE %1$s ALTER family_key TYPE text COLLATE %2$s, ALTER given_key TYPE text COLLATE %2$s', step, wanted);
    END LOOP;
    FOREACH step IN ARRAY made LOOP
        EXECUTE step;
    END LOOP;
    FOREACH step IN ARRAY keyed LOOP
        EXECUTE format('ANALYZE %s (family_key, given_key)', step); -- the planner has forgotten what it knew of them
    END LOOP;
END $$;
-- +migrate StatementEnd
REVOKE EXECUTE ON FUNCTION compare_names_by FROM PUBLIC;
DROP INDEX patients_by_name, patients_by_given_name, history.patients_family_key_given_key_id_idx, history.patients_given_key_family_key_id_idx;
SELECT compare_names_by('"C"');
-- Whoever is found by the beginning of a name is found in the index alone.
CREATE INDEX patients_by_name ON patients (family_key, given_key, id) INCLUDE (archived_at);
CREATE INDEX patients_by_given_name ON patients (given_key, family_key, id) INCLUDE (archived_at);
CREATE INDEX patients_by_name ON history.patients (family_key, given_key, id) INCLUDE (archived_at);
CREATE INDEX patients_by_given_name ON history.patients (given_key, family_key, id) INCLUDE (archived_at);

-- +migrate Down
DROP INDEX patients_by_name, patients_by_given_name, history.patients_by_name, history.patients_by_given_name;
SELECT compare_names_by('"default"');
CREATE INDEX patients_by_name ON patients (family_key, given_key, id);
CREATE INDEX patients_by_given_name ON patients (given_key, family_key, id);
CREATE INDEX ON history.patients (family_key, given_key, id);
CREATE INDEX ON history.patients (given_key, family_key, id);
DROP FUNCTION compare_names_by;
