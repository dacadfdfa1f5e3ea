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
