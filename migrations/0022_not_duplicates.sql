-- +migrate Up

-- Those whom somebody said a patient not to be, at registration: twins, namesakes, father and son. Each is a patient; the list is only read
-- with both patients at hand, so nothing looks it up.
ALTER TABLE patients ADD COLUMN not_duplicate_of uuid[] NOT NULL DEFAULT '{}';

-- +migrate Down
ALTER TABLE patients DROP COLUMN not_duplicate_of;
