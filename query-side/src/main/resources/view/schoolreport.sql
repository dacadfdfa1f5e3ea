CREATE TABLE IF NOT EXISTS ${schema}.school (
  school uuid PRIMARY KEY,
  uai text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL
);
CREATE TABLE IF NOT EXISTS ${schema}.pupil (
  school uuid NOT NULL,
  school_year text NOT NULL,
  learner uuid NOT NULL,
  division text NOT NULL,
  year text NOT NULL,
  first_name text,
  last_name text,
  birth_date date,
  ine text,
  left_on date,
  PRIMARY KEY (school, school_year, learner)
);
-- The pupils of one class of one year; the enrolments of one learner.
CREATE INDEX IF NOT EXISTS pupil_division ON ${schema}.pupil (school, school_year, division);
CREATE INDEX IF NOT EXISTS pupil_learner ON ${schema}.pupil (learner);
-- One row an exam, or an imported certificate: its id is the exam's, or the certificate's.
CREATE TABLE IF NOT EXISTS ${schema}.result (
  id uuid PRIMARY KEY,
  learner uuid NOT NULL,
  exam_date date NOT NULL,
  started_at timestamptz NOT NULL,
  started_position bigint NOT NULL,
  outcome text,
  published boolean NOT NULL,
  certificate_id uuid,
  code text,
  pix integer,
  levels text,
  suspended boolean NOT NULL DEFAULT false,
  revoked boolean NOT NULL DEFAULT false,
  reason text,
  position bigint NOT NULL
);
-- A learner's results; the row that a certificate's later life changes.
CREATE INDEX IF NOT EXISTS result_learner ON ${schema}.result (learner);
CREATE INDEX IF NOT EXISTS result_certificate ON ${schema}.result (certificate_id);
