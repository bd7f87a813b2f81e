"""A database that holds a made year of news (`year_of_news`), as the stages would have left it.

Rows only, as COPY takes them: nothing is polled, extracted or decided. Fingerprints are of made-up
texts.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.fingerprints import Writer, store_fingerprints
from benchmarks.indexes import no_indexes
from benchmarks.year_of_news import END, TOPICS, Made, articles, bank, outlets
from newswatch.store import rows, totals
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect
from newswatch.store.server.migrate import migrate

CHUNK = 20_000
COUNTED = ("article", "decision", "article_search")
FULL = ("news.article", "news.article_search", "news.entry", "news.version_decision")
SOURCES = json.dumps({"title": "json-ld", "published_at": "json-ld", "authors": "meta"})


def stored(folder: Path, count: int) -> str:
    """URL (superuser) of a database with so many articles on the server of that folder: made the
    first time, then kept."""
    server = embedded.start(folder)
    name = f"stored_{count}"
    with connect(server) as connection:
        for setting in ("fsync = off", "max_wal_size = '8GB'"):
            connection.execute(f"alter system set {setting}".encode())
        connection.execute("select pg_reload_conf()")
        known = connection.execute("select from pg_database where datname = %s", [name]).fetchone()
    url = embedded.ensure_database(server, name)
    with connect(url) as connection:
        migrate(connection)
        if known is None:
            _fill(url, connection, count)
    return url


def _fill(url: str, connection: Connection, count: int) -> None:
    began = time.monotonic()
    connection.execute("set session_replication_role = replica")  # no triggers, no foreign keys
    connection.execute("set maintenance_work_mem = '512MB'")
    _copy_outlets(connection)
    with no_indexes(connection, FULL):
        _copy_articles(connection, count)
        _tell("articles", began)
        _search_words(url, count)
        _tell("their words", began)
        for statement in _DERIVED:
            connection.execute(statement, {"end": END, "count": count, "sources": SOURCES})
        totals.count_days(connection)
        totals.count_stories(connection, rows.values(connection, "select story_id from news.story"))
        _tell("what is decided on them", began)
        store_fingerprints(connection, Writer(random.Random(20_251_218)), 0, count)
        connection.execute("set session_replication_role = replica")
        _tell("fingerprints", began)
    _tell("indexes", began)
    for table in ("feed", "entry", "article", "story", "flag"):
        connection.execute(
            f"select setval(pg_get_serial_sequence('news.{table}', '{table}_id'),"
            f" (select max({table}_id) from news.{table}))".encode()
        )
    connection.execute(
        "select setval('news.publication_number', (select max(publication) from news.article))"
    )
    connection.execute("set session_replication_role = origin")
    connection.execute("vacuum analyze")
    connection.execute("checkpoint")
    _tell("in all", began)


def _tell(what: str, began: float) -> None:
    print(f"{what}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def _copy(
    connection: Connection, target: str, columns: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    statement = f"copy {target} ({columns}) from stdin"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _copy_outlets(connection: Connection) -> None:
    columns = "feed_id, url, outlet, country, language, host, shard_key, fetch_url, state_since,"
    _copy(
        connection,
        "news.feed",
        columns + " next_poll_at, created_at, last_polled_at",
        (
            (n + 1, url, outlet.name, outlet.country, outlet.language, outlet.host, n, url)
            + (END,) * 4
            for n, outlet in enumerate(outlets())
            for url in [f"https://{outlet.host}/feed.xml"]
        ),
    )
    for topic in TOPICS:
        connection.execute(
            "insert into news.topic_version values (%s, 'made', %s, 'made', %s)",
            [topic, topic, END],
        )


def _copy_articles(connection: Connection, count: int) -> None:
    """Articles, flags, mentions; and, in a table, of each article what the rest follows from."""
    connection.execute("create unlogged table sentence (place int primary key, said text)")
    _copy(connection, "sentence", "place, said", enumerate(bank()))
    connection.execute("alter table sentence add words tsvector")
    connection.execute(
        "update sentence set words = to_tsvector('simple', analyst.searchable(said))"
    )
    connection.execute(
        "create aggregate together (tsvector) (sfunc = tsvector_concat, stype = tsvector)"
    )
    connection.execute(
        "create unlogged table made"
        " (article_id bigint, story_id bigint, original_id bigint, said int[])"
    )
    every = articles(count)
    while chunk := list(islice(every, CHUNK)):
        known = [(made, made.said()[: None if made.number % 5 else 3]) for made in chunk]
        _copy(connection, "news.article", _ARTICLE, (_article(*row) for row in known))
        _copy(
            connection,
            "made",
            "article_id, story_id, original_id, said",
            ((made.number, made.story, made.original, said) for made, said in known),
        )
        flagged = [(made, said) for made, said in known if made.topic is not None]
        _copy(connection, "news.flag", _FLAG, (_flag(made) for made, _ in flagged))
        _copy(connection, "news.mention", _MENTION, (_mention(*row) for row in flagged))


def _text(said: Sequence[int]) -> str:
    sentences = [bank()[place] for place in said]
    return "\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(said), 3))


_ARTICLE = (
    "article_id, canonical_url, host, outlet, country, language, title, text, summary, authors,"
    " word_count, section, lead_image, body_source, page_kind, extraction_method, fact_sources,"
    " published_at, first_seen_at, extracted_at, deduplicated_at, flagged_at, loaded_at,"
    " publication"
)


def _article(made: Made, said: Sequence[int]) -> tuple[Any, ...]:
    outlet = outlets()[made.outlet]
    title, text = bank()[said[0]].rstrip(".。")[:70], _text(said)
    url = f"https://{outlet.host}/world/{made.number}-{'-'.join(title.lower().split()[:6])}"
    return (
        *(made.number, url, outlet.host, outlet.name, outlet.country, outlet.language, title),
        *(text, text[:150], ["Anna Harbour"], len(text.split()), "world", url + "/lead.jpg"),
        *("page" if made.number % 5 else "feed-summary", "article", "blocks", SOURCES),
        *(made.seen_at,) * 6,
        int(made.seen_at.timestamp() / 900),
    )


_FLAG = "flag_id, article_id, topic, version, score, salience, rule, reason, flagged_at, seen_at"
SALIENCES = ("headline", "lead", "body", "passing")


def _flag(made: Made) -> tuple[Any, ...]:
    score = 0.2 + made.number % 80 / 100
    salience = SALIENCES[made.number % 4]
    reason = "It names what the topic looks for in its text, near the beginning."
    decided = (made.number, made.number, made.topic, "made", score, salience, "named", reason)
    return (*decided, END, made.seen_at)


_MENTION = "flag_id, field, char_start, char_end, matched, sentence, alias, part"


def _mention(made: Made, said: Sequence[int]) -> tuple[Any, ...]:
    assert made.topic is not None
    words, _ = TOPICS[made.topic]
    text = _text(said)
    start = text.index(words)
    sentence = next(bank()[place] for place in said if words in bank()[place])
    return (made.number, "text", start, start + len(words), words, sentence, words, "subject")


def _search_words(url: str, count: int) -> None:
    """What the trigger would have written, of words parsed once a sentence; by two sessions."""

    def write(rest: int) -> None:
        with connect(url) as connection:
            connection.execute("set session_replication_role = replica")
            for first in range(1 + rest * CHUNK, count + 1, 2 * CHUNK):
                connection.execute(
                    "insert into news.article_search (article_id, words)"
                    " select article_id, setweight(to_tsvector("
                    "'simple', analyst.searchable(title)), 'A') || ("
                    "   select together(words order by nth)"
                    "   from unnest(said) with ordinality as told (place, nth)"
                    "   join sentence using (place))"
                    " from made join news.article using (article_id)"
                    " where article_id >= %s and article_id < %s",
                    [first, first + CHUNK],
                )

    threads = [Thread(target=write, args=(rest,)) for rest in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


_DERIVED = (
    """
    insert into news.story (story_id, headline, first_seen_at, last_seen_at, article_count)
        overriding system value
    select story_id, (select title from news.article where article.article_id = told.story_id),
           first_seen_at, last_seen_at, articles
    from (
        select story_id, min(first_seen_at) as first_seen_at, max(first_seen_at) as last_seen_at,
               count(*) as articles
        from made join news.article using (article_id) group by story_id
    ) as told
    """,
    """
    insert into news.version_decision (
        article_id, kind, duplicate_of_article, compared_with_article, coverage,
        coverage_of_original, jaccard, passages, reason, algorithm_version, decided_at, story_id,
        story_similarity, story_terms, role, new_sentences, story_version
    )
    select article_id, case when original_id is null then null
                            when article_id %% 3 = 0 then 'exact' else 'near' end,
           original_id, original_id, (original_id is not null)::int, (original_id is not null)::int,
           (original_id is not null)::int,
           case when original_id is null then '[]' else '[[0, 2800, 0, 2800]]' end::jsonb,
           case when original_id is null then 'It shares nothing with earlier text.'
                else '97 %% of this text stands in the article that it copies.' end,
           1, %(end)s, story_id, case when story_id = article_id then null else 0.4 end,
           case when story_id = article_id then null
                else '{"harbour": 0.1, "treaty": 0.1, "mediators": 0.2}'::jsonb end,
           case when original_id is not null then 'copy' when story_id = article_id then 'first'
                when article_id %% 3 = 0 then 'development' else 'independent' end,
           case when original_id is null and story_id <> article_id and article_id %% 3 = 0
                then array[left(text, 120), substr(text, 121, 100)] else '{}' end,
           1
    from made join news.article using (article_id)
    """,
    """
    insert into news.entry (
        entry_id, feed_id, entry_key, guid, url, link, host, shard_key, title, summary, authors,
        language, published_at, published_raw, content_hash, first_seen_at, status, attempts,
        next_attempt_at, article_id
    ) overriding system value
    select article_id, feed_id, canonical_url, canonical_url, canonical_url, canonical_url,
           article.host, shard_key, title, summary, authors, article.language, published_at,
           published_at::text, decode(md5(article_id::text), 'hex'), first_seen_at, 'extracted', 1,
           first_seen_at, article_id
    from news.article join news.feed on feed.outlet = article.outlet
    """,
    """
    insert into news.page (
        entry_id, fetched_at, url, final_url, outcome, status, kind, etag, bytes, elapsed_ms
    )
    select entry_id, first_seen_at, url, url, 'ok', 200, 'article', '"5f3c-60a1"', 150000, 300
    from news.entry where first_seen_at > %(end)s - interval '90 days'
    """,
    """
    insert into news.feed_fetch (
        feed_id, fetched_at, outcome, status, final_url, bytes, elapsed_ms, entries_seen
    )
    select feed_id, %(end)s - hours * interval '1 hour', 'not-modified', 304, url, 0, 120, 0
    from news.feed cross join generate_series(0, 24 * 30) as hours
    """,
    """
    insert into news.article_version (
        article_id, replaced_at, title, text, body_source, coverage, coverage_of_earlier, jaccard,
        passages, reason, algorithm_version
    )
    select article_id, first_seen_at + interval '1 hour', title, text, body_source, 0.9, 0.9, 0.85,
           '[[0, 1000, 0, 1000]]', 'Most of this wording stands in the next.', 1
    from news.article where article_id %% 50 = 0
    """,
    """
    with corpus as (
        insert into news.seed (name, added_at) values ('preview', %(end)s) returning seed_id
    )
    update news.version_decision set duplicate_of_article = null, compared_with_article = null,
           duplicate_of_seed = seed_id, compared_with_seed = seed_id
    from corpus where kind is not null and article_id %% 10000 = 0
    """,
    "drop table made",
    "drop aggregate together (tsvector)",
    "drop table sentence",
)
"""Whatever follows from the articles: `made` says of each its story and its original."""


def main(argv: list[str], out: Callable[[str], object] = print) -> None:
    folder, count = Path(argv[0]), int(argv[1])
    out(stored(folder, count))


if __name__ == "__main__":
    main(sys.argv[1:])
