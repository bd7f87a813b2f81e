"""Search finds every word of every article in any script, and pages through all that it finds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import feedparser
import httpx
import pytest

import rows
from newsroom.world import World
from newswatch.site import searching
from newswatch.store.server.database import Connection
from newswatch.store.site import search
from rows import NOON
from served import get

Read = Callable[[httpx.Response], tuple[list[int], str | None]]

LANGUAGES = {  # of each language a text, and words that must find it
    "en": ("Mr Witkoff's envoys re-opened the Café talks.", ["witkoff", "WITKOFF", "cafe", "Café"]),
    "tr": ("Erdoğan İstanbul'da konuştu.", ["erdogan", "Erdoğan", "istanbul", "İstanbul'da"]),
    "ru": ("Уиткофф приехал в Москву.", ["москву", "уиткофф", "приех*"]),
    "ar": ("وصل المبعوث إلى القاهرة بعد المُفاوضات.", ["القاهرة", "المفاوضات", "الى"]),
    "he": ("השליח הגיע לירושלים.", ["לירושלים", "לִירוּשָׁלַיִם"]),
    "zh": ("特使威特科夫抵达莫斯科举行谈判。", ["谈判", "莫斯科", "抵达莫斯科", "科举"]),
    "ja": ("特使はモスクワに到着した。", ["モスクワ", "到着", "ﾓｽｸﾜ"]),
    "th": ("ทูตพิเศษเดินทางถึงกรุงมอสโก", ["มอสโก", "ทูต"]),
    "ko": ("특사가 모스크바에 도착했다.", ["모스크바에", "모스크바*"]),
    "hi": ("दूत मास्को पहुँचे।", ["मास्को"]),
    "el": ("Ο Ουίτκοφ έφτασε στη Μόσχα.", ["μοσχα", "Μόσχα"]),
}


@pytest.fixture
def polyglot(connection: Connection) -> Connection:
    for place, (language, (text, _)) in enumerate(LANGUAGES.items()):
        article = rows.article(
            connection,
            at=NOON + timedelta(minutes=place),
            loaded_at=NOON,
            language=language,
            title=f"Headline {language}",
            text=text,
        )
        rows.decision(connection, article)
    return connection


def found(client: httpx.Client, **asked: str) -> list[dict[str, object]]:
    answer = client.get("/api/search", params=asked)
    assert answer.status_code == 200, answer.text
    articles: list[dict[str, object]] = answer.json()["articles"]
    return articles


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_found_in_every_script(
    polyglot: Connection, page: httpx.Client, language: str
) -> None:
    for word in LANGUAGES[language][1]:
        languages = [row["language"] for row in found(page, q=word)]
        assert language in languages, word
        assert len(languages) < len(LANGUAGES)


def test_a_person_is_found_by_any_spelling_of_the_name(
    polyglot: Connection, page: httpx.Client
) -> None:
    for name in ("Witkoff", "Steve Witkoff", "Уиткофф", "威特科夫"):
        assert {row["language"] for row in found(page, q=name)} == {"en", "ru", "zh", "el"}


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("envoys talks", {"en"}),
        ("envoys москву", set()),
        ("envoys OR москву", {"en", "ru"}),
        ('"envoys re-opened"', {"en"}),
        ('"opened envoys"', set()),
        ("-envoys headline en", set()),
        ("headline -envoys -en", set(LANGUAGES) - {"en"}),
        ("env*", {"en"}),
        ("env", set()),
        ("谈判 -莫斯科", set()),
        ('" " -', set(LANGUAGES)),
        ("", set(LANGUAGES)),
        ("' & | ! <-> :* (", set(LANGUAGES)),
        ("it's:*A \\", set()),
    ],
)
def test_the_language_of_queries(
    polyglot: Connection, page: httpx.Client, query: str, languages: set[str]
) -> None:
    assert {row["language"] for row in found(page, q=query)} == languages


@pytest.mark.parametrize(
    ("asked", "languages"),
    [
        ({"language": "ru"}, {"ru"}),
        ({"outlet": "The Paper", "q": "москву"}, {"ru"}),
        ({"outlet": "Another"}, set()),
        ({"since": "2026-01-15"}, set()),
        ({"until": "2026-01-14"}, set(LANGUAGES)),
        ({"until": "2026-01-13"}, set()),
        ({"kind": "copy"}, set()),
        ({"kind": "original", "language": "zh"}, {"zh"}),
        ({"topic": "witkoff"}, set()),
        ({"q": "headline", "in": "headline"}, set(LANGUAGES)),
        ({"q": "envoys", "in": "headline"}, set()),
        ({"q": "headl*", "in": "headline", "language": "en"}, {"en"}),
    ],
)
def test_filters(
    polyglot: Connection, page: httpx.Client, asked: dict[str, str], languages: set[str]
) -> None:
    assert {row["language"] for row in found(page, **asked)} == languages


def test_few_and_many_matches_are_found_alike(
    polyglot: Connection, page: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [
        *({"q": word} for _, words in LANGUAGES.values() for word in words),
        *({"q": "headline", "in": where, "language": "en"} for where in ("", "headline")),
        {"q": "headl* -envoys", "in": "headline"},
    ]
    few = [found(page, **each) for each in asked]
    monkeypatch.setattr(search, "BOUNDS", replace(search.BOUNDS, newest=1))
    assert [found(page, **each) for each in asked] == few
    assert all(few)


LOOKED_FOR = "q=headline+-envoys"


@pytest.fixture
def hasty(polyglot: Connection, page: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The articles that are looked for. From here on two texts are looked at for a page, and a page
    is read for what programs take."""
    ids = [row["article_id"] for row in page.get(f"/search.json?{LOOKED_FOR}").json()["articles"]]
    assert len(ids) == len(LANGUAGES) - 1
    monkeypatch.setattr(search, "BOUNDS", search.Bounds(1, 2, 2, 2))
    monkeypatch.setattr(searching, "MOST_PAGES", 1)
    return ids


def test_a_page_says_how_far_it_looked_and_leads_on(hasty: list[int], page: httpx.Client) -> None:
    ids, path = [], f"/search?{LOOKED_FOR}"
    while path:
        shown = get(page, path)
        ids += [int(link.rpartition("/")[2]) for link in shown.links() if "/article/" in link]
        path = next((link for link in shown.links() if "before=" in link), "")
        told = "".join(shown.texts["main"])
        assert ("Searched back to 14 January 2026, 12:" in told) == bool(path)
    assert ids == hasty


def test_what_programs_take_goes_on_where_a_page_ends(
    hasty: list[int], page: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_PAGES", len(hasty))
    known = page.get(f"/search.json?{LOOKED_FOR}").json()
    assert [row["article_id"] for row in known["articles"]] == hasty


def read_json(answer: httpx.Response) -> tuple[list[int], str | None]:
    known = answer.json()
    assert (known["searched_to"] is None) == (known["before"] is None)
    further = answer.url.copy_set_param("before", known["before"])
    return [row["article_id"] for row in known["articles"]], known["before"] and str(further)


def read_csv(answer: httpx.Response) -> tuple[list[int], str | None]:
    table = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    further = answer.links.get("next", {}).get("url")
    reach = "-back-to-2026-01-14" if further else ""
    assert f'"newswatch-search{reach}.csv"' in answer.headers["content-disposition"]
    return [int(row["article_id"]) for row in table], further


def read_atom(answer: httpx.Response) -> tuple[list[int], str | None]:
    read = feedparser.parse(answer.content)
    links = {link.rel: link.href for link in read.feed.links}
    return [int(entry.id.rpartition("/")[2]) for entry in read.entries], links.get("next")


def read_json_feed(answer: httpx.Response) -> tuple[list[int], str | None]:
    known = answer.json()
    return [int(item["id"].rpartition("/")[2]) for item in known["items"]], known.get("next_url")


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("/search.json", read_json),
        ("/api/search", read_json),
        ("/search.csv", read_csv),
        ("/search/feed.atom", read_atom),
        ("/search/feed.json", read_json_feed),
    ],
)
def test_no_form_keeps_silent_on_what_was_not_looked_at(
    hasty: list[int], page: httpx.Client, path: str, read: Read
) -> None:
    """Each leads on in the way of its standard, and in the end to all."""
    ids: list[int] = []
    address: str | None = f"{path}?{LOOKED_FOR}"
    pages = 0
    while address:
        found_here, address = read(page.get(address))
        ids += found_here
        pages += 1
    assert ids == hasty
    assert pages > 2


def test_what_is_looked_for_is_marked(polyglot: Connection, page: httpx.Client) -> None:
    shown = page.get("/search", params={"q": "谈判"}).text
    assert '<mark class="found">谈判</mark>' in shown


def test_a_changed_text_is_found_by_its_new_words(polyglot: Connection, page: httpx.Client) -> None:
    polyglot.execute("update news.article set text = 'About herrings.' where language = 'en'")
    assert [row["language"] for row in found(page, q="herrings")] == ["en"]
    assert found(page, q="envoys") == []


def test_no_article_is_missed_on_the_newsroom(world: World, newsroom_page: httpx.Client) -> None:
    """Each article is found by a word in its middle, and by three words in a row."""
    for article_id, text in world.rows("select article_id, text from analyst.article"):
        phrases = re.findall(r"(?<!\S)(?:[^\W\d_]+ ){2}[^\W\d_]+(?!\S)", text)
        phrase = phrases[len(phrases) // 2]
        for query in (phrase.split()[1], f'"{phrase}"'):
            ids = [row["article_id"] for row in found(newsroom_page, q=query)]
            assert article_id in ids, (article_id, query)


def test_pages_follow_one_another_without_gap_or_repetition(
    world: World, newsroom_page: httpx.Client
) -> None:
    ids: list[int] = []
    path = "/search?q="
    for _ in range(20):
        shown = newsroom_page.get(path).text
        ids += map(int, re.findall(r'<h2 [^>]*><a href="/article/(\d+)"', shown))
        further = re.search(r'rel="next" href="([^"]+)"', shown)
        if further is None:
            break
        path = unescape(further[1])
    stored = world.rows("select article_id from analyst.article order by seen_at desc, 1 desc")
    assert ids == [article_id for (article_id,) in stored]


def test_results_go_to_a_spreadsheet_that_runs_none_of_them(
    connection: Connection, page: httpx.Client
) -> None:
    article = rows.article(connection, loaded_at=NOON, title='=HYPERLINK("http://x")', text="-1+1")
    rows.decision(connection, article)
    answer = page.get("/search.csv?q=")
    assert "attachment" in answer.headers["content-disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["title"], row["text"]) == ('\'=HYPERLINK("http://x")', "'-1+1")
    (plain,) = json.loads(page.get("/search.json").text)["articles"]
    assert plain["title"] == '=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    "path", ["/topic/witkoff/feed", "/story/{story}/feed", "/search/feed", "/search/feed?q=talks"]
)
def test_feeds_go_out_with_stable_ids_and_are_sent_once(
    world: World, newsroom_page: httpx.Client, path: str
) -> None:
    ((story,),) = world.rows("select story_id from analyst.story order by articles desc limit 1")
    base, mark, query = path.format(story=story).partition("?")
    answer = newsroom_page.get(f"{base}.atom{mark}{query}")
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    as_json = newsroom_page.get(f"{base}.json{mark}{query}").json()
    assert as_json["version"] == "https://jsonfeed.org/version/1.1"
    assert [entry.id for entry in read.entries] == [item["id"] for item in as_json["items"]]
    assert len({entry.id for entry in read.entries}) == len(read.entries) > 0
    assert all(entry.id.startswith("tag:newswatch,2025:article/") for entry in read.entries)
    links = [link.href for entry in read.entries for link in entry.links if link.rel == "related"]
    assert newsroom_page.get(links[0]).status_code == 200
    again = newsroom_page.get(
        f"{base}.atom{mark}{query}", headers={"If-None-Match": f'"x", {answer.headers["etag"]}'}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_feed_reader_is_asked_for_the_password(page: httpx.Client) -> None:
    for path in ("/topic/witkoff/feed.atom", "/search/feed.json", "/api/topics", "/search.csv"):
        answer = httpx.get(f"{page.base_url}{path}")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Basic realm="newswatch"'
