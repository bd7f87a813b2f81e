"""One machine's Airflow on the embedded Postgres: for `make up`, the demo and the tests."""
