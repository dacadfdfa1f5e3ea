-- One row a certificate, in the order of the ledger; whatever was made of it and what it is worth.
CREATE TABLE IF NOT EXISTS ${schema}.certificate (
  certificate_id uuid PRIMARY KEY,
  ordinal bigint NOT NULL UNIQUE,
  suspended boolean NOT NULL DEFAULT false,
  revoked boolean NOT NULL DEFAULT false,
  position bigint NOT NULL
);
-- The set bits of one published list.
CREATE INDEX IF NOT EXISTS certificate_suspended ON ${schema}.certificate (ordinal) WHERE suspended;
CREATE INDEX IF NOT EXISTS certificate_revoked ON ${schema}.certificate (ordinal) WHERE revoked;
-- One row a status list: what scatters its places.
CREATE TABLE IF NOT EXISTS ${schema}.status_list (
  list integer PRIMARY KEY,
  seed bytea NOT NULL
);
CREATE TABLE IF NOT EXISTS ${schema}.document (
  certificate_id uuid NOT NULL,
  kind text NOT NULL,
  template integer NOT NULL,
  sha256 text NOT NULL,
  PRIMARY KEY (certificate_id, kind, template)
);
-- The certificate of a file that somebody drops.
CREATE INDEX IF NOT EXISTS document_sha256 ON ${schema}.document (sha256);
