-- One row a certificate, found by its code: what an employer may see, and no more. Birth places never come here.
CREATE TABLE IF NOT EXISTS ${schema}.certificate (
  code text PRIMARY KEY,
  certificate_id uuid NOT NULL UNIQUE,
  learner uuid NOT NULL,
  first_name text,
  last_name text,
  birth_date date,
  key_mac text,
  framework text NOT NULL,
  max_reachable_level smallint NOT NULL,
  exam_date date NOT NULL,
  delivered_date date NOT NULL,
  valid_until date NOT NULL,
  centre_name text NOT NULL,
  levels text NOT NULL,
  pix integer,
  pix_max integer,
  overall_level smallint,
  suspended boolean NOT NULL DEFAULT false,
  revoked boolean NOT NULL DEFAULT false,
  reason text,
  since date,
  replaced_by text,
  visibility text NOT NULL DEFAULT 'STATUS_AND_IDENTITY',
  position bigint NOT NULL
);
-- A holder's certificates, newest first.
CREATE INDEX IF NOT EXISTS certificate_learner ON ${schema}.certificate (learner, delivered_date DESC);
-- What changed since a node last looked, so that it forgets the rows it remembers: every change moves the position.
CREATE INDEX IF NOT EXISTS certificate_position ON ${schema}.certificate (position);
