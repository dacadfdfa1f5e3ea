-- One row a learner and tutorial that was ever marked: what learners found useful comes first for the next one.
CREATE TABLE IF NOT EXISTS ${schema}.useful_tutorial (
  tutorial text NOT NULL,
  learner uuid NOT NULL,
  useful boolean NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (tutorial, learner)
);
