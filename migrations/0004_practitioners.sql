-- +migrate Up
CREATE TABLE practitioners (
    id                  uuid PRIMARY KEY CHECK (id_kind(id) = 2),
    given_name          text CHECK (given_name <> ''),
    family_name         text CHECK (family_name <> ''),
    prefix              text CHECK (prefix <> ''),
    specialty           text CHECK (specialty <> ''),
    identifiers         jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(identifiers) = 'array'),
    is_active           boolean NOT NULL DEFAULT true,
    deactivation_reason text CHECK (deactivation_reason <> ''),
    family_key          text NOT NULL,
    given_key           text NOT NULL,
    search_words        text[] NOT NULL,
    version             integer NOT NULL DEFAULT 1,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT practitioners_name CHECK (coalesce(given_name, family_name) IS NOT NULL),
    CONSTRAINT practitioners_deactivated CHECK (is_active = (deactivation_reason IS NULL))
);
CREATE INDEX practitioners_by_name ON practitioners (family_key, given_key, id);
SELECT audit_table('practitioners');

-- Derived from practitioners.identifiers, as an index that keeps a number unique in its system.
CREATE TABLE practitioner_identifiers (
    system   text NOT NULL,
    value    text NOT NULL,
    owner_id uuid NOT NULL REFERENCES practitioners,
    PRIMARY KEY (system, value)
);
CREATE INDEX practitioner_identifiers_owner ON practitioner_identifiers (owner_id);

-- index_identifiers keeps the table named by its argument equal to the identifiers column of the rows that a statement wrote.
-- +migrate StatementBegin
CREATE FUNCTION index_identifiers() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER identifiers_insert AFTER INSERT ON practitioners REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_identifiers('practitioner_identifiers');
CREATE TRIGGER identifiers_update AFTER UPDATE ON practitioners REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION index_identifiers('practitioner_identifiers');

-- +migrate Down
DROP TABLE practitioner_identifiers;
DROP TABLE practitioners;
DROP FUNCTION index_identifiers;
