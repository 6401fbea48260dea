-- +migrate Up

-- Every folded family name that a patient has or had, once and in order, so that a part of one is looked for among the names and not among
-- all patients. A name that no patient has any more leads to nobody.
CREATE TABLE family_names (
    name text COLLATE "C" PRIMARY KEY
);
CREATE INDEX family_names_trigrams ON family_names USING gin (name gin_trgm_ops) WITH (fastupdate = off);

-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION index_patient_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO patient_words (word)
    SELECT DISTINCT w FROM new_rows n, unnest(n.search_words) w ORDER BY w
    ON CONFLICT DO NOTHING;
    INSERT INTO family_names (name)
    SELECT DISTINCT n.family_key FROM new_rows n ORDER BY n.family_key
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +migrate StatementEnd

INSERT INTO family_names SELECT family_key FROM patients UNION SELECT family_key FROM history.patients;
ANALYZE family_names;
GRANT SELECT ON family_names TO clinicql_reception, clinicql_care, clinicql_glass, clinicql_system;

-- +migrate Down
-- +migrate StatementBegin
CREATE OR REPLACE FUNCTION index_patient_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO patient_words (word)
    SELECT DISTINCT w FROM new_rows n, unnest(n.search_words) w ORDER BY w
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +migrate StatementEnd
DROP TABLE family_names;
