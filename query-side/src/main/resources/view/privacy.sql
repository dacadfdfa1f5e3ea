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
  -- A person's readings, newest first.
  PRIMARY KEY (person, position)
);
-- Class of the key under which reader and purpose are sealed; absent when they are not, or when they lapsed.
ALTER TABLE ${schema}.access ADD COLUMN IF NOT EXISTS lapses text;
