-- One row a learner and competence: the level now. Past levels and explanations are folded from the ledger.
CREATE TABLE IF NOT EXISTS ${schema}.competence (
  learner uuid NOT NULL,
  competence text NOT NULL,
  stream uuid NOT NULL,
  framework text NOT NULL,
  level smallint NOT NULL,
  pix smallint NOT NULL,
  answers integer NOT NULL,
  last_answer_at timestamptz,
  position bigint NOT NULL,
  PRIMARY KEY (learner, competence)
);
