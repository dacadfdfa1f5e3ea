-- One row an erasure. Nothing personal: it outlives what was erased.
CREATE TABLE IF NOT EXISTS ${schema}.erasure (
  position bigint PRIMARY KEY,
  person uuid NOT NULL,
  classes text NOT NULL,
  kids text NOT NULL,
  basis text NOT NULL,
  erased_at timestamptz NOT NULL,
  receipted_at timestamptz,
  residual integer,
  receipt text
);
-- The erasures of a person; those that are not carried through.
CREATE INDEX IF NOT EXISTS erasure_person ON ${schema}.erasure (person, position);
CREATE INDEX IF NOT EXISTS erasure_unfinished ON ${schema}.erasure (position) WHERE receipt IS NULL;
-- What is asked for and waits for somebody else: at most one request a person.
CREATE TABLE IF NOT EXISTS ${schema}.request (
  person uuid PRIMARY KEY,
  position bigint NOT NULL,
  classes text NOT NULL,
  basis text NOT NULL,
  requester uuid NOT NULL,
  requested_at timestamptz NOT NULL
);
-- What must not be erased before a day: at most one hold a person and class.
CREATE TABLE IF NOT EXISTS ${schema}.hold (
  person uuid,
  class text,
  position bigint NOT NULL,
  basis text NOT NULL,
  until date NOT NULL,
  placer uuid NOT NULL,
  placed_at timestamptz NOT NULL,
  PRIMARY KEY (person, class)
);
