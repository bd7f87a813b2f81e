#!/usr/bin/env bash
# Run once by the postgres image on an empty data volume: both databases, and the roles with their
# passwords. Everything inside the databases is made by `airflow db migrate` and `newswatch migrate`.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 \
    --set airflow_password="$AIRFLOW_DB_PASSWORD" \
    --set writer_password="$NEWSWATCH_WRITER_PASSWORD" \
    --set analyst_password="$NEWSWATCH_ANALYST_PASSWORD" <<'SQL'
create role airflow login password :'airflow_password';
create database airflow owner airflow;
create role newswatch_owner nologin;
create role newswatch_operator nologin;
create role newswatch_writer login password :'writer_password';
create role newswatch_analyst login password :'analyst_password';
create database newswatch;
SQL
