-- What campaigns say is folded from their own short streams; the view knows which ones a school has and who takes part.
CREATE TABLE IF NOT EXISTS ${schema}.campaign (
  campaign uuid PRIMARY KEY,
  school uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  position bigint NOT NULL
);
-- The campaigns of a school, newest first.
CREATE INDEX IF NOT EXISTS campaign_school ON ${schema}.campaign (school, position);
CREATE TABLE IF NOT EXISTS ${schema}.participation (
  participation uuid PRIMARY KEY,
  campaign uuid NOT NULL,
  school uuid NOT NULL,
  learner uuid NOT NULL,
  attempt integer NOT NULL,
  started_at timestamptz NOT NULL,
  completed_at timestamptz,
  shared_at timestamptz,
  at_position bigint
);
-- The participants of a campaign; the campaigns of a learner.
CREATE INDEX IF NOT EXISTS participation_campaign ON ${schema}.participation (campaign);
CREATE INDEX IF NOT EXISTS participation_learner ON ${schema}.participation (learner);
-- One row a shared attempt and targeted competence, as of the position of the sharing.
CREATE TABLE IF NOT EXISTS ${schema}.result (
  participation uuid NOT NULL,
  competence text NOT NULL,
  campaign uuid NOT NULL,
  school uuid NOT NULL,
  learner uuid NOT NULL,
  level smallint NOT NULL,
  pix smallint NOT NULL,
  validated smallint NOT NULL,
  skills smallint NOT NULL,
  at_position bigint NOT NULL,
  shared_at timestamptz NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (participation, competence)
);
-- The latest results of the pupils of a class.
CREATE INDEX IF NOT EXISTS result_learner ON ${schema}.result (school, learner, competence, position DESC);
-- One row a shared attempt and targeted tube: what needs are ranked from.
CREATE TABLE IF NOT EXISTS ${schema}.tube (
  participation uuid NOT NULL,
  tube text NOT NULL,
  competence text NOT NULL,
  school uuid NOT NULL,
  learner uuid NOT NULL,
  assessed boolean NOT NULL,
  failed boolean NOT NULL,
  validated smallint NOT NULL,
  skills smallint NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (participation, tube)
);
CREATE INDEX IF NOT EXISTS tube_learner ON ${schema}.tube (school, learner, tube, position DESC);
-- The second wall: a transaction sees the rows of the establishment it names, the projection (*) those of all, a learner
-- the own participations. A transaction that names nobody sees nothing.
DO $$
DECLARE held text;
BEGIN
  FOREACH held IN ARRAY ARRAY['campaign', 'participation', 'result', 'tube'] LOOP
    IF NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = '${schema}' AND tablename = held) THEN
      EXECUTE format('ALTER TABLE ${schema}.%I ENABLE ROW LEVEL SECURITY', held);
      EXECUTE format('ALTER TABLE ${schema}.%I FORCE ROW LEVEL SECURITY', held);
      EXECUTE format('CREATE POLICY establishment ON ${schema}.%I USING '
        || '(current_setting(''grandlivre.school'', true) IN (''*'', school::text))', held);
      IF held = 'participation' THEN
        EXECUTE 'CREATE POLICY own ON ${schema}.participation FOR SELECT USING '
          || '(current_setting(''grandlivre.learner'', true) = learner::text)';
      END IF;
    END IF;
  END LOOP;
END
$$;
