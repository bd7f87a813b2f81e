"""What DAGs publish, and are scheduled by."""

from __future__ import annotations

from urllib.parse import urlsplit

from airflow.sdk import Asset

from newswatch.settings import read_settings


def place(database_url: str) -> str:
    """`host:port/database` of a URL or of `key=value` words: what lineage tools call a database.
    A socket's folder, and nothing at all, is this machine."""
    address = urlsplit(database_url)
    if address.scheme:
        host = address.netloc.rpartition("@")[2].partition(",")[0]
        database = address.path.strip("/")
    else:
        said = dict(word.partition("=")[::2] for word in database_url.split())
        host = "" if "/" in said.get("host", "") else said.get("host", "")
        host += f":{said['port']}" if host and "port" in said else ""
        database = said.get("dbname", "")
    return f"{host or 'localhost'}/{database or 'newswatch'}"


# The articles that analysts see, with their flags and stories: one event a publication.
STORIES = Asset(
    name="newswatch/stories",
    uri=f"postgres://{place(read_settings().database_url)}/analyst/article",
    group="newswatch",
)
