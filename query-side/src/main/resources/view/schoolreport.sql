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
  middle_name text,
  third_name text,
  last_name text,
  birth_date date,
  ine text,
  left_on date,
  -- Position of the last event that changed the row: what differs since a receipt.
  changed bigint NOT NULL,
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
  session uuid,
  candidate uuid,
  centre_name text,
  birth_place text,
  published_at timestamptz,
  comment text,
  -- Levels of all competences that were tested, certified or not.
  tested text,
  outcome text,
  published boolean NOT NULL,
  certificate_id uuid,
  code text,
  pix integer,
  levels text,
  suspended boolean NOT NULL DEFAULT false,
  revoked boolean NOT NULL DEFAULT false,
  reason text,
  position bigint NOT NULL,
  changed bigint NOT NULL
);
-- A learner's results; the row that a certificate's later life changes.
CREATE INDEX IF NOT EXISTS result_learner ON ${schema}.result (learner);
CREATE INDEX IF NOT EXISTS result_certificate ON ${schema}.result (certificate_id);

-- What a certificate says about where and as whom a pupil sat, before there is one.
CREATE TABLE IF NOT EXISTS ${schema}.centre (
  centre uuid PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE IF NOT EXISTS ${schema}.sitting (
  session uuid PRIMARY KEY,
  number integer NOT NULL,
  centre uuid NOT NULL
);
CREATE TABLE IF NOT EXISTS ${schema}.candidate (
  candidate uuid PRIMARY KEY,
  learner uuid NOT NULL,
  birth_place text
);
CREATE INDEX IF NOT EXISTS candidate_learner ON ${schema}.candidate (learner);
-- Receipts of files, and the pupils of the class when each was made.
CREATE TABLE IF NOT EXISTS ${schema}.export (
  export_id uuid PRIMARY KEY,
  uai text,
  school_year text,
  division text,
  profile text NOT NULL,
  rows integer NOT NULL,
  skipped text NOT NULL,
  read_to bigint NOT NULL,
  rule text NOT NULL,
  sha256 text NOT NULL,
  recorded_at timestamptz NOT NULL,
  position bigint NOT NULL
);
-- The receipts of one class, latest first.
CREATE INDEX IF NOT EXISTS export_class ON ${schema}.export (uai, school_year, division, position);
CREATE TABLE IF NOT EXISTS ${schema}.export_pupil (
  export_id uuid NOT NULL,
  learner uuid NOT NULL,
  PRIMARY KEY (export_id, learner)
);
-- The second wall: a transaction sees the pupils and receipts of the establishment it names, the projection (*) those of
-- all, a learner the own enrolments. A transaction that names nobody sees none. Who an establishment is, is public.
DO $$
DECLARE
  held text;
  whose text;
BEGIN
  FOREACH held IN ARRAY ARRAY['pupil', 'export', 'export_pupil'] LOOP
    IF NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = '${schema}' AND tablename = held) THEN
      whose := CASE held
        WHEN 'pupil' THEN 'current_setting(''grandlivre.school'', true) IN (''*'', school::text)'
        WHEN 'export' THEN 'current_setting(''grandlivre.school'', true) = ''*'' OR uai = (SELECT s.uai '
          || 'FROM ${schema}.school s WHERE s.school::text = current_setting(''grandlivre.school'', true))'
        ELSE 'EXISTS (SELECT FROM ${schema}.export e WHERE e.export_id = export_pupil.export_id)'
      END;
      EXECUTE format('ALTER TABLE ${schema}.%I ENABLE ROW LEVEL SECURITY', held);
      EXECUTE format('ALTER TABLE ${schema}.%I FORCE ROW LEVEL SECURITY', held);
      EXECUTE format('CREATE POLICY establishment ON ${schema}.%I USING (%s)', held, whose);
      IF held = 'pupil' THEN
        EXECUTE 'CREATE POLICY own ON ${schema}.pupil FOR SELECT USING '
          || '(current_setting(''grandlivre.learner'', true) = learner::text)';
      END IF;
    END IF;
  END LOOP;
END
$$;
