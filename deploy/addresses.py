"""Prints, for the shell, the databases' addresses out of the passwords in the environment, which
may hold any character. The passwords themselves are taken out: they are no settings of newswatch.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from urllib.parse import quote

HOST = "postgres"


def addresses(environ: Mapping[str, str]) -> dict[str, str]:
    """Name to value of what is to be exported."""

    def url(
        role: str, password: str, scheme: str = "postgresql", database: str = "newswatch"
    ) -> str:
        return f"{scheme}://{role}:{quote(environ[password], safe='')}@{HOST}:5432/{database}"

    connection = {
        "conn_type": "postgres",
        "host": HOST,
        "port": 5432,
        "login": "newswatch_writer",
        "password": environ["NEWSWATCH_WRITER_PASSWORD"],
        "schema": "newswatch",
    }
    found = {
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url(
            "airflow", "AIRFLOW_DB_PASSWORD", "postgresql+psycopg2", "airflow"
        ),
        "AIRFLOW_CONN_NEWSWATCH": json.dumps(connection),
        "NEWSWATCH_DATABASE_URL": url("newswatch_writer", "NEWSWATCH_WRITER_PASSWORD"),
        "NEWSWATCH_ANALYST_DATABASE_URL": url("newswatch_analyst", "NEWSWATCH_ANALYST_PASSWORD"),
    }
    if environ.get("POSTGRES_PASSWORD"):  # of the service that migrates
        found["NEWSWATCH_ADMIN_DATABASE_URL"] = url("postgres", "POSTGRES_PASSWORD")
    return found


if __name__ == "__main__":
    for name, value in addresses(os.environ).items():
        print(f"export {name}={shlex.quote(value)}")
    print("unset NEWSWATCH_WRITER_PASSWORD NEWSWATCH_ANALYST_PASSWORD")
