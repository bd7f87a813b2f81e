"""What strangers write does nothing on any page: not in a headline, nor in any other field."""

from __future__ import annotations

import re

import feedparser
import httpx
import pytest
from psycopg.types.json import Jsonb

import rows
from newswatch.models import ArticleId
from newswatch.store import recall
from newswatch.store.server.database import Connection
from newswatch.text.invisible import DIRECTION
from rows import NOON
from served import seen

BAD = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202egnp.exe{{ 7*7 }}</title>&lt;b>"
)
LINK = "javascript:alert(1)//%22%3E"
PAGES = (
    *("/", "/topic/witkoff", "/story/1", "/article/1", "/article/2", "/article/1/why-not"),
    *("/article/2/beside/1", "/article/1/wordings", "/search", "/judgements", "/feeds", "/runs"),
    *("/deliveries", "/to-judge", "/topics/witkoff?days=31"),
)
HARMLESS = {
    "a",
    "abbr",
    "article",
    "aside",
    "bdi",
    "body",
    "br",
    "button",
    "code",
    "del",
    "details",
}
HARMLESS |= {"div", "footer", "form", "h1", "h2", "h3", "head", "header", "html", "input", "ins"}
HARMLESS |= {"label", "li", "link", "main", "mark", "meta", "meter", "nav", "ol", "option", "p"}
HARMLESS |= {"rect", "section", "select", "span", "strong", "summary", "svg", "table", "tbody"}
HARMLESS |= {"pre", "td", "textarea", "th", "thead", "time", "title", "tr", "ul"}


def fingerprint(connection: Connection, article_id: ArticleId) -> None:
    connection.execute(
        "insert into news.fingerprint"
        " (article_id, outlet, algorithm, grams, numbers, words, text_hash, title_hash)"
        " values (%s, '', 1, '', '', 1, 1, 0)",
        [article_id],
    )


@pytest.fixture
def hostile(connection: Connection, admin: Connection) -> Connection:
    """Two articles, a copy and a story, with the bad text wherever a text may stand."""
    story = rows.story(connection, headline=BAD)
    words = dict.fromkeys(("title", "text", "subtitle", "summary", "outlet", "agency"), BAD)
    words |= dict.fromkeys(("section", "dateline", "no_page_reason", "country"), BAD)
    lists = {"authors": [BAD], "organisations": [BAD], "keywords": [BAD]}
    for number in (1, 2):
        article = rows.article(
            connection,
            loaded_at=NOON,
            canonical_url=f"{LINK}{number}",
            language="en",
            lead_image=LINK,
            **words,
            **lists,
        )
        copied = {
            "kind": "near",
            "duplicate_of_article": 1,
            "compared_with_article": 1,
            "passages": Jsonb([[0, 12, 0, 12], [-5, 9_000, 4, 2]]),
            "added": [BAD],
        }
        own = {"role": "development", "new_sentences": [BAD], "story_terms": {BAD: 0.5}}
        rows.decision(
            connection,
            article,
            story_id=story,
            reason=f"“{BAD}”",
            story_similarity=0.5,
            **({"role": "copy"} | copied if number == 2 else own),
        )
        fingerprint(connection, article)
    rows.flag(connection, ArticleId(1), rule=BAD, reason=f"“{BAD}”")
    for statement in (
        "update news.topic_version set name = %(bad)s",
        "update news.mention set matched = %(bad)s, sentence = %(bad)s, alias = %(bad)s",
        "insert into news.article_version (article_id, replaced_at, title, text, body_source)"
        " values (1, now(), %(bad)s, %(bad)s || 'x', 'page')",
        "insert into news.story_change (kind, story_id, from_story_id, article_ids, why)"
        " select 'merge', 1, story_id, '{1}', %(bad)s from news.story where story_id > 1",
        "insert into news.parked (stage, article_id, what, kind, error, version, first_at, last_at)"
        " values ('flag', 1, %(bad)s, 'raised', %(bad)s, '', now(), now())",
        "insert into news.topic_draft (topic, definition, written_by, written_at, ended_at,"
        " published_by) values ('witkoff', %(bad)s, %(bad)s, now(), now(), %(bad)s)",
        "insert into news.action (kind, what, why, acted_by, acted_at)"
        " values ('retry-parked', %(bad)s, %(bad)s, %(bad)s, now())",
        "insert into news.run (started_at, decided_at, trigger) values (now(), now(), %(bad)s)",
        "insert into news.judgement (subject, verdict, article_id, topic, rule, why, judged_by,"
        " judged_at) values ('flag', 'wrong', 1, 'witkoff', %(bad)s, %(bad)s, %(bad)s, now())",
        "insert into news.saved_search (name, asked, saved_by, saved_at)"
        " values (%(bad)s, jsonb_build_object('outlet', %(bad)s::text), %(bad)s, now())",
    ):
        admin.execute(statement.encode(), {"bad": BAD})
    drawn = recall.RecallDraw(NOON.date(), "witkoff", "v1", 1, 0)
    recall.save_draw(connection, drawn, [recall.Sampled(ArticleId(2), 0, BAD)], [], NOON)
    missed = recall.NearMiss(ArticleId(2), "witkoff", "v1", BAD, BAD, [BAD], BAD, 0.5)
    recall.save_near_misses(connection, [missed], NOON)
    feed = rows.feed(
        connection, outlet=BAD, url=LINK, state="broken", state_reason=BAD, problem=BAD
    )
    connection.execute("update news.feed set next_poll_reason = %s", [BAD])
    entry = rows.entry(connection, feed, title=BAD, host=BAD)
    rows.page(connection, entry, outcome="http-error", status=500, url=LINK, detail=BAD)
    edition = rows.edition(connection, subscriber=BAD, subject=BAD, grouped_by=BAD)
    connection.execute(
        "insert into news.outbox (edition_id, message_id, changed_at, state, last_error)"
        " values (%s, 'x', now(), 'deferred', %s)",
        [edition, BAD],
    )
    return connection


@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_it_as_text(hostile: Connection, page: httpx.Client, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 200, answer.text[:800]
    assert "alert(1)" in answer.text or path in ("/article/1/why-not",)
    shown = seen(answer.text)
    assert {element.name for element in shown.elements} <= HARMLESS
    for element in shown.elements:
        assert not [name for name in element.attributes if name.startswith("on")]
        assert "style" not in element.attributes
        for name in ("href", "src", "action", "formaction"):
            assert re.match(r"^(/|#|$)", element.attributes.get(name, "")), element
    assert not re.search(f"[{DIRECTION}]", answer.text)
    assert "49" not in re.findall(r"gnp\.exe(..)", answer.text)


@pytest.mark.parametrize("path", ["/topic/witkoff/feed", "/story/1/feed", "/search/feed"])
def test_a_feed_carries_it_as_text(hostile: Connection, page: httpx.Client, path: str) -> None:
    answer = page.get(f"{path}.atom")
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert "<script>" not in answer.text
    assert all(
        link.href.startswith("http") for entry in read.entries for link in entry.get("links", ())
    )
    for item in page.get(f"{path}.json").json()["items"]:
        assert item.get("url", "http").startswith("http")


def test_what_is_asked_is_shown_as_text(page: httpx.Client) -> None:
    for name in ("q", "outlet", "topic", "kind"):
        answer = page.get("/search", params={name: BAD})
        assert answer.status_code == 200
        assert {element.name for element in seen(answer.text).elements} <= HARMLESS
    login = httpx.get(f"{page.base_url}/nothing", params={"q": BAD})
    assert {element.name for element in seen(login.text).elements} <= HARMLESS
