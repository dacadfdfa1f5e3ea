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
  finalised boolean NOT NULL DEFAULT false,
  officer uuid,
  published_at timestamptz
);
-- Sessions of a centre, newest first.
CREATE INDEX IF NOT EXISTS session_centre ON ${schema}.session (centre, planned_date DESC);
CREATE TABLE IF NOT EXISTS ${schema}.candidate (
  candidate uuid PRIMARY KEY,
  session uuid NOT NULL,
  learner uuid NOT NULL,
  exam uuid NOT NULL UNIQUE,
  extra_time_percent smallint NOT NULL,
  first_name text,
  last_name text,
  birth_date date,
  present boolean NOT NULL DEFAULT false,
  admissions integer NOT NULL DEFAULT 0,
  started_at timestamptz,
  ends_at timestamptz,
  questions smallint NOT NULL DEFAULT 0,
  answered smallint NOT NULL DEFAULT 0,
  end_reason text,
  outcome text,
  total_pix integer
);
-- Candidates of a session; a learner's candidacies.
CREATE INDEX IF NOT EXISTS candidate_session ON ${schema}.candidate (session);
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
