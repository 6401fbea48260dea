-- +migrate Up

-- Times that are kept for somebody for a moment. A hold is over when it expires, without anybody doing anything, and when it is released.
CREATE TABLE slot_holds (
    id              uuid PRIMARY KEY CHECK (id_kind(id) = 17),
    practitioner_id uuid NOT NULL,
    room_id         uuid,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    buffer_before   integer NOT NULL DEFAULT 0 CHECK (buffer_before BETWEEN 0 AND 120),
    buffer_after    integer NOT NULL DEFAULT 0 CHECK (buffer_after BETWEEN 0 AND 120),
    held_by_id      uuid,
    expires_at      timestamptz NOT NULL,
    released_at     timestamptz,
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT slot_holds_ends_after_start CHECK (ends_at > starts_at),
    CONSTRAINT slot_holds_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners,
    CONSTRAINT slot_holds_room_id FOREIGN KEY (room_id) REFERENCES rooms,
    CONSTRAINT slot_holds_held_by_id FOREIGN KEY (held_by_id) REFERENCES users
);
CREATE INDEX slot_holds_by_expiry ON slot_holds (expires_at) WHERE released_at IS NULL;
SELECT audit_table('slot_holds');
GRANT SELECT, INSERT, UPDATE ON slot_holds TO clinicql_reception, clinicql_care, clinicql_system;
GRANT SELECT ON slot_holds TO clinicql_glass;

-- +migrate Down
DROP TABLE slot_holds;
