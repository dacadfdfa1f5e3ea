-- One row a stream and what it belongs to: a learner, a campaign, a session, an exam, a school.
CREATE TABLE IF NOT EXISTS ${schema}.tie (
  whole uuid NOT NULL,
  part uuid NOT NULL,
  kind text NOT NULL,
  position bigint NOT NULL,
  -- The streams of one whole.
  PRIMARY KEY (whole, part)
);
