-- +migrate Up

-- Queries that somebody keeps, with the values of their variables. What stands in one may tell of a person, though it should not: written_as
-- holds the roles in which it was written, and only whoever sees what all of these see is shown it (db/saved_query.go). Nobody but the login
-- of accounts reads any.
CREATE TABLE saved_queries (
    id          uuid PRIMARY KEY CHECK (id_kind(id) = 21),
    user_id     uuid NOT NULL CONSTRAINT saved_queries_user_id REFERENCES users,
    name        text NOT NULL CHECK (name <> '' AND length(name) <= 100),
    description text CHECK (description <> '' AND length(description) <= 1000),
    document    text NOT NULL CHECK (document <> '' AND length(document) <= 20000),
    variables   jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(variables) = 'object' AND length(variables::text) <= 16384),
    is_shared   boolean NOT NULL DEFAULT false,
    written_as  text[] NOT NULL CHECK (cardinality(written_as) > 0),
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT change_instant(),
    updated_at  timestamptz NOT NULL DEFAULT change_instant(),
    CONSTRAINT saved_queries_name UNIQUE (user_id, name)
);
SELECT audit_table('saved_queries');
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_queries TO clinicql_accounts;

-- +migrate Down
DROP TABLE saved_queries;
