#!/bin/sh
# Run once by the image of PostgreSQL, in a new database: the login of the application. It owns nothing.
set -eu
psql -X -q -v ON_ERROR_STOP=1 -U postgres -v password="$LOGIN_PASSWORD" <<'SQL'
create role grandlivre login password :'password';
SQL
