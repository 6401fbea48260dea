-- +migrate Up

-- What changed of patients and visits, for whoever wants to be told at once. Writers only add rows here; one server at a time looks up to where
-- nothing can come in between any more (change_position) and says so, and all servers read on from there. docs/decisions/0019 says why so.
-- Nothing about a person but ids and times, and only for a day.
CREATE TABLE changes (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at                  timestamptz NOT NULL DEFAULT clock_timestamp(),
    row_id              uuid NOT NULL,
    version             integer NOT NULL,
    is_new              boolean NOT NULL,
    patient_id          uuid NOT NULL,
    practitioner_id     uuid,
    starts_at           timestamptz,
    ends_at             timestamptz,
    old_practitioner_id uuid,
    old_starts_at       timestamptz,
    old_ends_at         timestamptz
);

-- Every change up to settled_id is there to be read, or never will be.
CREATE TABLE change_position (
    is_only    boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    settled_id bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO change_position DEFAULT VALUES;

-- note_changes notes what a statement changed, once a statement, as its owner. Rows are numbered while their writer holds them, so that the
-- numbers of one row's changes run as its versions do.
-- +migrate StatementBegin
CREATE FUNCTION note_changes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'patients' AND TG_OP = 'INSERT' THEN
        INSERT INTO changes (row_id, version, is_new, patient_id)
        SELECT n.id, n.version, true, n.id FROM new_rows n;
    ELSIF TG_TABLE_NAME = 'patients' THEN
        INSERT INTO changes (row_id, version, is_new, patient_id)
        SELECT n.id, n.version, false, n.id
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n IS DISTINCT FROM o;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO changes (row_id, version, is_new, patient_id, practitioner_id, starts_at, ends_at)
        SELECT n.id, n.version, true, n.patient_id, n.practitioner_id, n.starts_at, n.ends_at FROM new_rows n;
    ELSE
        INSERT INTO changes (row_id, version, is_new, patient_id, practitioner_id, starts_at, ends_at, old_practitioner_id, old_starts_at, old_ends_at)
        SELECT n.id, n.version, false, n.patient_id, n.practitioner_id, n.starts_at, n.ends_at, o.practitioner_id, o.starts_at, o.ends_at
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n IS DISTINCT FROM o;
    END IF;
    RETURN NULL;
END $$;
-- +migrate StatementEnd
REVOKE EXECUTE ON FUNCTION note_changes FROM PUBLIC;
CREATE TRIGGER note_insert AFTER INSERT ON patients REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_changes();
CREATE TRIGGER note_update AFTER UPDATE ON patients REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_changes();
CREATE TRIGGER note_insert AFTER INSERT ON appointments REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_changes();
CREATE TRIGGER note_update AFTER UPDATE ON appointments REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_changes();

-- The server itself reads them, moves the position and takes away what is a day old.
GRANT SELECT, DELETE ON changes TO clinicql_system;
GRANT SELECT ON SEQUENCE changes_id_seq TO clinicql_system;
GRANT SELECT, UPDATE (settled_id) ON change_position TO clinicql_system;

-- +migrate Down
DROP TRIGGER note_insert ON appointments;
DROP TRIGGER note_update ON appointments;
DROP TRIGGER note_insert ON patients;
DROP TRIGGER note_update ON patients;
DROP FUNCTION note_changes;
DROP TABLE change_position;
DROP TABLE changes;
