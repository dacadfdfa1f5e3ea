CREATE TABLE IF NOT EXISTS ${schema}.centre (
  centre uuid PRIMARY KEY,
  name text NOT NULL,
  uai text
);
CREATE TABLE IF NOT EXISTS ${schema}.session (
  session uuid PRIMARY KEY,
  number integer NOT NULL UNIQUE,
  centre uuid NOT NULL,
  planned_date date NOT NULL,
  planned_time text NOT NULL,
  room text NOT NULL,
  access_code text NOT NULL,
  -- Accounts that may watch over it; none = whoever holds the invigilators' code.
  invigilators uuid[] NOT NULL DEFAULT '{}',
  finalised boolean NOT NULL DEFAULT false,
  officer uuid,
  published_at timestamptz
);
-- Sessions of a centre, newest first.
CREATE INDEX IF NOT EXISTS session_centre ON ${schema}.session (centre, planned_date DESC);
-- Accounts that hold the role of invigilator in an establishment, with the days of the grant.
CREATE TABLE IF NOT EXISTS ${schema}.invigilator (
  uai text,
  account uuid,
  since date NOT NULL,
  until date,
  PRIMARY KEY (uai, account)
);
-- What was planned before; by ledger position of the change.
CREATE TABLE IF NOT EXISTS ${schema}.former_plan (
  session uuid,
  position bigint,
  planned_date date NOT NULL,
  planned_time text NOT NULL,
  room text NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (session, position)
);
-- Issues of a session in the order of reporting; the description is absent when erased or not written.
CREATE TABLE IF NOT EXISTS ${schema}.issue (
  issue uuid PRIMARY KEY,
  session uuid NOT NULL,
  position bigint NOT NULL,
  candidate uuid,
  category text NOT NULL,
  number smallint,
  description text,
  resolution text,
  -- Whose key seals the description: the candidate's, or that of the member of staff who wrote it. Absent with it.
  key_of uuid
);
CREATE INDEX IF NOT EXISTS issue_key_of ON ${schema}.issue (key_of) WHERE key_of IS NOT NULL;
CREATE INDEX IF NOT EXISTS issue_session ON ${schema}.issue (session, position);
CREATE TABLE IF NOT EXISTS ${schema}.candidate (
  candidate uuid PRIMARY KEY,
  session uuid NOT NULL,
  learner uuid NOT NULL,
  exam uuid NOT NULL UNIQUE,
  extra_time_percent smallint NOT NULL,
  first_name text,
  last_name text,
  birth_date date,
  birth_place text,
  present boolean NOT NULL DEFAULT false,
  admitted boolean NOT NULL DEFAULT false,
  entry smallint NOT NULL DEFAULT 0,
  started_at timestamptz,
  ends_at timestamptz,
  questions smallint NOT NULL DEFAULT 0,
  answered smallint NOT NULL DEFAULT 0,
  restored_ms bigint NOT NULL DEFAULT 0,
  alert uuid,
  alert_number smallint,
  alert_category text,
  end_reason text,
  outcome text,
  total_pix integer,
  -- Of the last event that changed the row.
  position bigint NOT NULL
);
-- Candidates of a session, and those changed since a position; a learner's candidacies.
CREATE INDEX IF NOT EXISTS candidate_session ON ${schema}.candidate (session, position);
CREATE INDEX IF NOT EXISTS candidate_learner ON ${schema}.candidate (learner);
CREATE TABLE IF NOT EXISTS ${schema}.waiting_act (
  act uuid PRIMARY KEY,
  exam uuid NOT NULL,
  certificate uuid,
  kind text NOT NULL,
  proposer uuid NOT NULL,
  expires date NOT NULL,
  settled boolean NOT NULL DEFAULT false
);
-- Acts that wait for their second person.
CREATE INDEX IF NOT EXISTS waiting_act_open ON ${schema}.waiting_act (expires) WHERE NOT settled;
-- The second wall: a transaction sees the centres of the establishment it names and their sessions, the projection (*)
-- those of all, a learner the own candidacies. A transaction that names nobody sees none.
DO $$
DECLARE
  held text;
  whose text;
BEGIN
  FOREACH held IN ARRAY ARRAY['centre', 'invigilator', 'session', 'former_plan', 'issue', 'candidate'] LOOP
    IF NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = '${schema}' AND tablename = held) THEN
      whose := CASE held
        WHEN 'centre' THEN 'current_setting(''grandlivre.uai'', true) = ''*'' '
          || 'OR current_setting(''grandlivre.uai'', true) = uai'
        WHEN 'invigilator' THEN 'current_setting(''grandlivre.uai'', true) = ''*'' '
          || 'OR current_setting(''grandlivre.uai'', true) = uai'
        WHEN 'session' THEN 'current_setting(''grandlivre.uai'', true) = ''*'' '
          || 'OR EXISTS (SELECT FROM ${schema}.centre c WHERE c.centre = session.centre)'
        ELSE format('current_setting(''grandlivre.uai'', true) = ''*'' '
          || 'OR EXISTS (SELECT FROM ${schema}.session s WHERE s.session = %I.session)', held)
      END;
      EXECUTE format('ALTER TABLE ${schema}.%I ENABLE ROW LEVEL SECURITY', held);
      EXECUTE format('ALTER TABLE ${schema}.%I FORCE ROW LEVEL SECURITY', held);
      EXECUTE format('CREATE POLICY establishment ON ${schema}.%I USING (%s)', held, whose);
      IF held = 'candidate' THEN
        EXECUTE 'CREATE POLICY own ON ${schema}.candidate FOR SELECT USING '
          || '(current_setting(''grandlivre.learner'', true) = learner::text)';
      END IF;
    END IF;
  END LOOP;
END
$$;
