-- +migrate Up

-- Settings of the calendar, in minutes: how long the last step of a visit can be taken back, and how long before its start a visit is called
-- off in good time.
ALTER TABLE clinics
    ADD COLUMN undo_period         integer NOT NULL DEFAULT 10 CHECK (undo_period BETWEEN 0 AND 1440),
    ADD COLUMN cancellation_notice integer NOT NULL DEFAULT 1440 CHECK (cancellation_notice BETWEEN 0 AND 20160);

-- A visit has a room and a type, knows the pauses around it, which rules were broken for it on purpose, and when each step was taken.
ALTER TABLE appointments
    ADD COLUMN room_id              uuid,
    ADD COLUMN appointment_type_id  uuid,
    ADD COLUMN buffer_before        integer NOT NULL DEFAULT 0 CHECK (buffer_before BETWEEN 0 AND 120),
    ADD COLUMN buffer_after         integer NOT NULL DEFAULT 0 CHECK (buffer_after BETWEEN 0 AND 120),
    ADD COLUMN series_id            uuid,
    ADD COLUMN is_overbooked        boolean NOT NULL DEFAULT false,
    ADD COLUMN overridden_rules     text[] NOT NULL DEFAULT '{}'
        CHECK (overridden_rules <@ '{OUTSIDE_HOURS,TIME_OFF,BUFFER,OVERBOOKING,LATE_ENTRY}'),
    ADD COLUMN override_reason      text CHECK (override_reason <> ''),
    ADD COLUMN checked_in_at        timestamptz,
    ADD COLUMN started_at           timestamptz,
    ADD COLUMN completed_at         timestamptz,
    ADD COLUMN cancelled_at         timestamptz,
    ADD COLUMN cancelled_by_id      uuid,
    ADD COLUMN is_late_cancellation boolean,
    ADD COLUMN previous_status      text,
    ADD COLUMN stepped_at           timestamptz,
    ADD CONSTRAINT appointments_room_id FOREIGN KEY (room_id) REFERENCES rooms,
    ADD CONSTRAINT appointments_appointment_type_id FOREIGN KEY (appointment_type_id) REFERENCES appointment_types,
    ADD CONSTRAINT appointments_series_id FOREIGN KEY (series_id, patient_id) REFERENCES appointment_series (id, patient_id),
    ADD CONSTRAINT appointments_cancelled_by_id FOREIGN KEY (cancelled_by_id) REFERENCES users,
    ADD CONSTRAINT appointments_override CHECK ((cardinality(overridden_rules) = 0) = (override_reason IS NULL)),
    ADD CONSTRAINT appointments_overbooked_on_purpose CHECK (is_overbooked <= ('OVERBOOKING' = ANY (overridden_rules))),
    ADD CONSTRAINT appointments_cancelled_at CHECK (status = 'CANCELLED' OR num_nonnulls(cancelled_at, cancelled_by_id, is_late_cancellation) = 0),
    ADD CONSTRAINT appointments_previous_status CHECK ((previous_status IS NULL) = (stepped_at IS NULL)),
    -- A visit that is booked over another on purpose may overlap one that is not, and no second one: two at once are the most.
    DROP CONSTRAINT appointments_practitioner_free,
    ADD CONSTRAINT appointments_practitioner_free EXCLUDE USING gist (practitioner_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND NOT is_overbooked),
    ADD CONSTRAINT appointments_practitioner_overbooked EXCLUDE USING gist (practitioner_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND is_overbooked),
    ADD CONSTRAINT appointments_room_free EXCLUDE USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND NOT is_overbooked),
    ADD CONSTRAINT appointments_room_overbooked EXCLUDE USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND is_overbooked);
CREATE INDEX appointments_of_room_by_start ON appointments (room_id, starts_at, id) WHERE room_id IS NOT NULL;
CREATE INDEX appointments_of_series ON appointments (series_id, starts_at, id) WHERE series_id IS NOT NULL;

-- A move that was taken back leaves the old visit free to be moved again.
DROP INDEX appointments_rescheduled_once;
CREATE UNIQUE INDEX appointments_rescheduled_once ON appointments (rescheduled_from_id)
    WHERE rescheduled_from_id IS NOT NULL AND status <> 'ENTERED_IN_ERROR';

-- lock_calendars has all who write into the calendar of one practitioner, room or patient wait for each other until their transactions end.
-- The locks are taken in one order, so that none of them is chosen as a deadlock's victim, and there are 1,024 of them for all calendars
-- together, so that a bulk load of any size has room for them; two calendars that share one only wait needlessly.
-- +migrate StatementBegin
CREATE FUNCTION lock_calendars(calendars uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    calendar int;
BEGIN
    FOR calendar IN SELECT DISTINCT hashtextextended(c::text, 0) & 1023 AS c FROM unnest(calendars) c WHERE c IS NOT NULL ORDER BY c LOOP
        PERFORM pg_advisory_xact_lock(18, calendar);
    END LOOP;
END $$;
-- +migrate StatementEnd

-- keep_calendar takes these locks for every visit that is written, by raw SQL and bulk loads too, so that racers are told the truth; and it
-- refuses what the constraints cannot say: a visit of the usual kind over one that was booked over another.
-- +migrate StatementBegin
CREATE FUNCTION keep_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    during tstzrange := tstzrange(NEW.starts_at, NEW.ends_at);
BEGIN
    PERFORM lock_calendars(ARRAY[NEW.patient_id, NEW.practitioner_id, NEW.room_id]);
    IF NEW.is_overbooked THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT FROM appointments a WHERE a.practitioner_id = NEW.practitioner_id AND tstzrange(a.starts_at, a.ends_at) && during
        AND a.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND a.is_overbooked AND a.id <> NEW.id)
    THEN
        RAISE exclusion_violation USING MESSAGE = 'the practitioner has another visit', TABLE = 'appointments', CONSTRAINT = 'appointments_practitioner_free';
    END IF;
    IF EXISTS (SELECT FROM appointments a WHERE a.room_id = NEW.room_id AND tstzrange(a.starts_at, a.ends_at) && during
        AND a.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND a.is_overbooked AND a.id <> NEW.id)
    THEN
        RAISE exclusion_violation USING MESSAGE = 'another visit is in the room', TABLE = 'appointments', CONSTRAINT = 'appointments_room_free';
    END IF;
    RETURN NEW;
END $$;
-- +migrate StatementEnd
CREATE TRIGGER keep_calendar_insert BEFORE INSERT ON appointments
    FOR EACH ROW WHEN (NEW.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')) EXECUTE FUNCTION keep_calendar();
CREATE TRIGGER keep_calendar_update BEFORE UPDATE ON appointments
    FOR EACH ROW WHEN (NEW.status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS') AND (OLD.status NOT IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')
        OR (OLD.patient_id, OLD.practitioner_id, OLD.room_id, OLD.starts_at, OLD.ends_at, OLD.is_overbooked)
            IS DISTINCT FROM (NEW.patient_id, NEW.practitioner_id, NEW.room_id, NEW.starts_at, NEW.ends_at, NEW.is_overbooked)))
    EXECUTE FUNCTION keep_calendar();
REVOKE EXECUTE ON FUNCTION keep_calendar, lock_calendars FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lock_calendars TO clinicql_reception, clinicql_care, clinicql_admin, clinicql_glass, clinicql_system;

-- Whether a room can be booked, kept so until the transaction ends; null when there is none.
CREATE FUNCTION hold_room(room uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT is_active FROM rooms WHERE id = room FOR SHARE
$$;
REVOKE EXECUTE ON FUNCTION hold_room FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hold_room TO clinicql_reception, clinicql_care, clinicql_system;

-- +migrate Down
DROP FUNCTION hold_room;
DROP TRIGGER keep_calendar_update ON appointments;
DROP TRIGGER keep_calendar_insert ON appointments;
DROP FUNCTION keep_calendar;
DROP FUNCTION lock_calendars;
DROP INDEX appointments_rescheduled_once;
CREATE UNIQUE INDEX appointments_rescheduled_once ON appointments (rescheduled_from_id) WHERE rescheduled_from_id IS NOT NULL;
ALTER TABLE appointments
    DROP CONSTRAINT appointments_practitioner_overbooked,
    DROP CONSTRAINT appointments_room_free,
    DROP CONSTRAINT appointments_room_overbooked,
    DROP CONSTRAINT appointments_practitioner_free,
    ADD CONSTRAINT appointments_practitioner_free EXCLUDE USING gist (practitioner_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (status IN ('BOOKED', 'CHECKED_IN', 'IN_PROGRESS')),
    DROP COLUMN room_id,
    DROP COLUMN appointment_type_id,
    DROP COLUMN buffer_before,
    DROP COLUMN buffer_after,
    DROP COLUMN series_id,
    DROP COLUMN is_overbooked,
    DROP COLUMN overridden_rules,
    DROP COLUMN override_reason,
    DROP COLUMN checked_in_at,
    DROP COLUMN started_at,
    DROP COLUMN completed_at,
    DROP COLUMN cancelled_at,
    DROP COLUMN cancelled_by_id,
    DROP COLUMN is_late_cancellation,
    DROP COLUMN previous_status,
    DROP COLUMN stepped_at;
ALTER TABLE clinics DROP COLUMN undo_period, DROP COLUMN cancellation_notice;
