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


def view(name: str, path: str) -> Asset:
    """An asset that is a view of our database; `path` is its schema and its name."""
    address = f"postgres://{place(read_settings().database_url)}/{path}"
    return Asset(name=f"newswatch/{name}", uri=address, group="newswatch")


# The articles that analysts see, with their flags and stories: one event a publication.
STORIES = view("stories", "analyst/article")
# The editions that wait for the editor.
HELD_EDITIONS = view("held-editions", "ops/delivery")
