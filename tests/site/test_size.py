"""However much there is, a page is bounded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

import rows
from newswatch.models import ArticleId, StoryId
from newswatch.store import totals
from newswatch.store.server.database import Connection
from rows import NOON

MANY = 10_000
BYTES = 400_000
MANY_ARTICLES = f"""
    with made as (
        insert into news.article (
            canonical_url, host, outlet, country, language, title, text, body_source, page_kind,
            word_count, first_seen_at, extracted_at, deduplicated_at, flagged_at, loaded_at,
            publication
        )
        select 'https://paper.example/many/' || nth, 'paper.example', 'Outlet ' || nth %% 300,
               chr(65 + nth %% 26) || 'A', 'en', 'Envoy lands ' || nth,
               'Mr Witkoff landed. ' || nth, 'page', 'article', 4,
               %(now)s - nth * interval '10 seconds', %(now)s, %(now)s, %(now)s, %(now)s, nth
        from generate_series(1, {MANY}) as nth
        returning article_id
    ),
    decided as (
        insert into news.version_decision
            (article_id, reason, algorithm_version, decided_at, story_id, role, new_sentences)
        select article_id, '', 1, %(now)s, 1, 'development', array['A new sentence.'] from made
    )
    insert into news.fingerprint
        (article_id, outlet, algorithm, grams, numbers, words, text_hash, title_hash)
    select article_id, '', 1, '', '', 1, 1, 0 from made
"""
PATHS = (
    *("/", "/topic/witkoff", "/story/1", "/story/1?after=5000", "/search?q=witkoff"),
    *("/search", "/story/1/feed.atom", "/api/stories/1", "/search?outlet=Outlet+7&q=landed"),
)


@pytest.fixture
def crowded(connection: Connection, admin: Connection) -> Connection:
    rows.story(connection, article_count=MANY)
    admin.execute(MANY_ARTICLES.encode(), {"now": NOON})
    totals.count_stories(connection, [StoryId(1)])
    flag = rows.flag(connection, ArticleId(1))
    admin.execute(
        "insert into news.flag (article_id, topic, version, score, salience, rule, reason,"
        " flagged_at) select article_id, 'witkoff', 'v1', 0.5, 'lead', 'named', '', %s"
        " from news.article where article_id > 1",
        [NOON],
    )
    admin.execute(
        "insert into news.mention (flag_id, field, char_start, char_end, matched, sentence, alias,"
        " part) select flag_id, 'text', 3, 10, 'Witkoff', 'Mr Witkoff landed.', 'name', 'subject'"
        " from news.flag where flag_id <> %s",
        [flag],
    )
    admin.execute("vacuum analyze")
    return connection


def test_ten_thousand_articles_in_a_story(crowded: Connection, page: httpx.Client) -> None:
    for path in PATHS:
        answer = page.get(path)
        assert answer.status_code == 200
        assert len(answer.content) < BYTES, path


def test_every_article_of_a_large_story_is_on_one_of_its_pages(
    crowded: Connection, page: httpx.Client
) -> None:
    ids: list[int] = []
    after = 0
    while members := page.get(f"/api/stories/1?after={after}").json()["members"]:
        ids += [member["article_id"] for member in members]
        after = members[-1]["decision_order"]
    assert len(ids) == len(set(ids)) == MANY


def test_fifty_readers_at_once(newsroom_page: httpx.Client) -> None:
    def read(number: int) -> int:
        path = ("/", "/search?q=talks", "/feeds", "/story/1", "/article/1")[number % 5]
        return newsroom_page.get(path).status_code

    with ThreadPoolExecutor(50) as readers:
        assert set(readers.map(read, range(50))) == {200}
