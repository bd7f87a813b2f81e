"""`make demo`: the whole job on the sample newsroom, with real Airflow, Postgres and SMTP."""
