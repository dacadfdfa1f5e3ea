-- One row a reading and person concerned. Who read and why lapse with the key of their year.
CREATE TABLE IF NOT EXISTS ${schema}.access (
  person uuid NOT NULL,
  position bigint NOT NULL,
  at timestamptz NOT NULL,
  certificate_id uuid,
  surface text NOT NULL,
  fields_class text NOT NULL,
  role text NOT NULL,
  reader uuid,
  purpose text,
  readings integer NOT NULL,
  -- Class of the key under which reader and purpose are sealed; absent when they are not, or when they lapsed.
  lapses text,
  -- A person's readings, newest first.
  PRIMARY KEY (person, position)
);
-- The newest readings of all persons; those by one reader.
CREATE INDEX IF NOT EXISTS access_position ON ${schema}.access (position, person);
CREATE INDEX IF NOT EXISTS access_reader ON ${schema}.access (reader, position) WHERE reader IS NOT NULL;
-- One row an auditor's leave to see who somebody is. Who and why lapse with the key of their year.
CREATE TABLE IF NOT EXISTS ${schema}.unmasking (
  person uuid NOT NULL,
  position bigint NOT NULL,
  until timestamptz NOT NULL,
  reader uuid,
  purpose text,
  lapses text,
  PRIMARY KEY (person, position)
);
