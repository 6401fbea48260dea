-- +migrate Up
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- +migrate Down
DROP EXTENSION pg_trgm;
DROP EXTENSION btree_gist;
