-- +migrate Up

-- Who can sign in. A login name is given once and never again: it stands in the audit.
CREATE TABLE users (
    id               uuid PRIMARY KEY CHECK (id_kind(id) = 7),
    login_name       text NOT NULL CHECK (login_name ~ '^[a-z0-9][a-z0-9._@-]{1,62}$'),
    display_name     text NOT NULL CHECK (display_name <> ''),
    role             text NOT NULL CHECK (role IN ('ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST', 'ANALYST')),
    practitioner_id  uuid,
    is_active        boolean NOT NULL DEFAULT true,
    is_demonstration boolean NOT NULL DEFAULT false,
    version          integer NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_login_name UNIQUE (login_name),
    CONSTRAINT users_one_for_practitioner UNIQUE (practitioner_id),
    CONSTRAINT users_practitioner_id FOREIGN KEY (practitioner_id) REFERENCES practitioners
);
SELECT audit_table('users');

-- +migrate StatementBegin
CREATE FUNCTION keep_login_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a login name is never changed' USING ERRCODE = 'check_violation';
END $$;
-- +migrate StatementEnd
CREATE TRIGGER keep_login_name BEFORE UPDATE OF login_name ON users
    FOR EACH ROW WHEN (OLD.login_name IS DISTINCT FROM NEW.login_name) EXECUTE FUNCTION keep_login_name();

-- What follows holds secrets, or their hashes. It is not audited row by row, because the audit would show them; what is done with it is
-- an event of the audit.
CREATE TABLE passwords (
    user_id    uuid PRIMARY KEY REFERENCES users,
    hash       text NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE sessions (
    id           uuid PRIMARY KEY CHECK (id_kind(id) = 8),
    user_id      uuid NOT NULL REFERENCES users,
    token_hash   bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    user_agent   text CHECK (user_agent <> ''),
    address      text CHECK (address <> ''),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_of_user ON sessions (user_id, created_at, id);

CREATE TABLE api_tokens (
    id           uuid PRIMARY KEY CHECK (id_kind(id) = 9),
    user_id      uuid NOT NULL REFERENCES users,
    name         text NOT NULL CHECK (name <> ''),
    role         text NOT NULL CHECK (role IN ('ADMIN', 'DOCTOR', 'NURSE', 'RECEPTIONIST', 'ANALYST')),
    token_hash   bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    last_used_at timestamptz,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX api_tokens_of_user ON api_tokens (user_id, created_at, id);

CREATE TABLE second_factors (
    user_id      uuid PRIMARY KEY REFERENCES users,
    secret       text NOT NULL,
    confirmed_at timestamptz,               -- asked for at sign-in from then on
    last_step    bigint NOT NULL DEFAULT 0, -- of the newest code that was used: none before it is good any more
    created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES users,
    hash    bytea NOT NULL CHECK (length(hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (user_id, hash)
);

-- The password was right, and a code is waited for.
CREATE TABLE sign_in_challenges (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id    uuid NOT NULL REFERENCES users,
    tries      integer NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL
);

-- Links with which somebody sets a password once: the first administrator, who has no user yet, and whoever an administrator invites.
CREATE TABLE password_links (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id    uuid REFERENCES users,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT password_links_one_for_user UNIQUE NULLS NOT DISTINCT (user_id)
);

-- Failed sign-ins by keyed hashes of names and addresses, whether or not there is such a user.
CREATE TABLE sign_in_failures (
    subject       bytea PRIMARY KEY CHECK (length(subject) = 32),
    failures      integer NOT NULL,
    blocked_until timestamptz NOT NULL,
    last_at       timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_age ON sign_in_failures (last_at);

INSERT INTO secrets (purpose, value)
VALUES ('sign-in', sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- +migrate Down
DELETE FROM secrets WHERE purpose = 'sign-in';
DROP TABLE sign_in_failures;
DROP TABLE password_links;
DROP TABLE sign_in_challenges;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
DROP TABLE api_tokens;
DROP TABLE sessions;
DROP TABLE passwords;
DROP TABLE users;
DROP FUNCTION keep_login_name;
