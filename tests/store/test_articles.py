"""Every fact of an article is stored as it was extracted, and replaced with a newer wording."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from psycopg.rows import dict_row

from newswatch.models import EntryId, ExtractedArticle, RevisionMeasures
from newswatch.store import articles, revisions
from newswatch.store.articles import PendingEntry
from newswatch.store.revisions import Revision
from newswatch.store.server.database import Connection

NOW = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
ENTRY = PendingEntry(
    entry_id=EntryId(1),
    entry_key="1",
    feed_url="https://paper.example/feed",
    outlet="The Paper",
    country="NO",
    ports=[],
    pages=True,
    user_agent=None,
    url=None,
    link=None,
    guid=None,
    title="",
    summary="",
    content_html=None,
    authors=[],
    language=None,
    published_at=None,
    outlet_since=None,
    first_seen_at=NOW,
    attempts=0,
)
ARTICLE = ExtractedArticle(
    url="https://paper.example/news/quay",
    title="Quay widened",
    text="The board voted.",
    body_source="page",
    extraction_method="engine",
    extraction_confidence=0.75,
    word_count=3,
    subtitle="Two summers",
    language="en",
    claimed_language="en-GB",
    authors=("Ana Reis",),
    organisations=("AFP",),
    agency="AFP",
    dateline="NORRVIK",
    published_at=NOW,
    modified_at=NOW,
    site_name="The Paper",
    summary="A vote.",
    section="Town",
    keywords=("quay", "port"),
    lead_image="https://paper.example/quay.jpg",
    paywalled=True,
    fact_sources={"title": "json-ld"},
)


def stored(connection: Connection) -> dict[str, object]:
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute("select * from news.article").fetchone()
    assert row is not None
    return row


def test_every_fact_is_stored(connection: Connection) -> None:
    articles.insert_article(connection, ENTRY, ARTICLE, "paper.example", NOW, None)
    row = stored(connection)
    for fact in ExtractedArticle.__dataclass_fields__:
        value = getattr(ARTICLE, fact)
        assert row["canonical_url" if fact == "url" else fact] == (
            list(value) if type(value) is tuple else value
        )


def test_a_newer_wording_brings_its_own_facts(connection: Connection) -> None:
    made = articles.insert_article(connection, ENTRY, ARTICLE, "paper.example", NOW, None)
    assert made is not None
    later = NOW.replace(hour=15)
    newer = replace(
        ARTICLE,
        modified_at=later,
        extraction_method="blocks",
        extraction_confidence=1.0,
        word_count=9,
    )
    revisions.propose(connection, made, newer, later)
    revision = Revision(
        made,
        ARTICLE.url,
        ENTRY.outlet,
        newer.title,
        newer.text,
        newer.language,
        ARTICLE.title,
        ARTICLE.text,
        is_original=True,
    )
    measures = RevisionMeasures(1.0, 1.0, 1.0, (), "The same words.", 1)
    at = revisions.put_in_force(connection, revision, measures, later, publish_again=False)
    assert at == later
    row = stored(connection)
    assert (row["modified_at"], row["word_count"]) == (later, 9)
    assert (row["extraction_method"], row["extraction_confidence"]) == ("blocks", 1.0)
