"""`make bench-searches`: what the page looks for, with a million articles; and fifty readers.

The database is that of `make bench-queries`. Each kind of search is asked as the analyst, warm,
--runs times; beside it, twice, the plain statement: all that holds the words, by time, as many as a
page shows. Times are by the clock; CPU is that of the server's process, which a busy machine does
not lengthen much. Then readers ask the served page for these searches, all at once.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import psutil
import psycopg
from rich.console import Console
from rich.table import Table

from benchmarks.stored import stored
from benchmarks.year_of_news import END, outlets
from newswatch.settings import HOME, read_settings
from newswatch.site.query import Variants, clauses_of, variants_of
from newswatch.store.server.database import Connection, connect, with_role
from newswatch.store.site.search import Results, search
from newswatch.store.site.search_words import Filter, Place
from plain_search import plain

AIM = 200  # milliseconds that the 95th of a hundred may take
SHOWN = 31  # rows of a page of results, and one to know of more
PATIENCE = 60  # seconds for the plain statement
READERS, ASKED = 50, 8  # at once, and how often each of them asks
WEEK = timedelta(days=7)
RARE = next(outlet for outlet in reversed(outlets()) if outlet.language == "en").name
LARGE = outlets()[0].name
LONG_AGO = Filter(since=END - 40 * WEEK, until=END - 39 * WEEK)
HALF_A_YEAR = Filter(since=END - 40 * WEEK, until=END - 14 * WEEK)
DEEP = Place(END - 20 * WEEK, 0)
NONE = Filter()
SEARCHES: Mapping[str, tuple[str, Filter]] = {
    "a word of half of the articles": ("the", NONE),
    "of one in three": ("government", NONE),
    "of one in five": ("vaccine", NONE),
    "of one in 140": ("qualimcor", NONE),
    "of one in 160": ("monfinwick", NONE),
    "of none": ("zzyzx", NONE),
    "two frequent words": ("ceasefire vaccine", NONE),
    "three frequent words": ("ceasefire vaccine hospital", NONE),
    "a frequent and a rare word": ("government qualimcor", NONE),
    "two rare words": ("qualimcor monfinwick", NONE),
    "a common phrase": ('"of the"', NONE),
    "a phrase of a topic": ('"second phase"', NONE),
    "a rare phrase of frequent words": ('"vaccine treaty"', NONE),
    "a phrase that nobody wrote": ('"treaty hospital vaccine"', NONE),
    "one of the most frequent words": ('"with not by the of and"', NONE),
    "either of two": ("ceasefire OR treaty", NONE),
    "either of two rare ones": ("qualimcor OR monfinwick", NONE),
    "one without the other": ("vaccine -government", NONE),
    "a word without what all have": ("vaccine -the", NONE),
    "without a phrase": ('vaccine -"the vaccine"', NONE),
    "only what is not": ("-the -la -le -die", NONE),
    "the beginning of words": ("quali*", NONE),
    "of very many words": ("ba*", NONE),
    "a name in all scripts": ("Steve Witkoff", NONE),
    "a name that nobody wrote": ("Emmanuel Macron", NONE),
    "two Chinese characters": ("丒丌", NONE),
    "four Chinese characters": ("丒丌仕叱", NONE),
    "a rare Chinese character": (chr(0x4E00 + 3 * 2_900), NONE),
    "an Arabic word": ("ترشر", NONE),
    "a Russian word": ("новлис", NONE),
    "in headlines": ("vaccine", Filter(headlines=True)),
    "a phrase in headlines": ('"the vaccine"', Filter(headlines=True)),
    "no headline": ("zzyzx", Filter(headlines=True)),
    "a word at a small outlet": ("vaccine", Filter(outlet=RARE)),
    "a rare word at a large one": ("qualimcor", Filter(outlet=LARGE)),
    "a phrase at a large one": ('"treaty hospital vaccine"', Filter(outlet=LARGE)),
    "a word in one country": ("vaccine", Filter(country="KE")),
    "a rare word in one country": ("qualimcor", Filter(country="KE")),
    "a word in another language": ("government", Filter(language="zh")),
    "a word with a topic": ("vaccine", Filter(topic="witkoff")),
    "a rare word with a topic": ("qualimcor", Filter(topic="witkoff")),
    "a word in copies": ("qualimcor", Filter(originals=False)),
    "a word in a week long ago": ("vaccine", LONG_AGO),
    "a rare word in that week": ("qualimcor", LONG_AGO),
    "a phrase in that week": ('"treaty hospital vaccine"', LONG_AGO),
    "a phrase in half a year": ('"treaty hospital vaccine"', HALF_A_YEAR),
    "all filters": (
        "vaccine",
        replace(HALF_A_YEAR, country="KE", language="en", topic="witkoff", originals=True),
    ),
    "one outlet": ("", Filter(outlet=RARE)),
    "one country": ("", Filter(country="KE")),
    "one language": ("", Filter(language="zh")),
    "a language that nobody writes": ("", Filter(language="sw")),
    "a language in a country without it": ("", Filter(language="zh", country="US")),
    "one topic": ("", Filter(topic="gaza-mediators")),
    "copies": ("", Filter(originals=False)),
    "copies with a topic": ("", Filter(originals=False, topic="witkoff")),
    "all": ("", NONE),
}
LATER: Mapping[str, str] = {  # the same behind a place twenty weeks ago
    "a later page": "vaccine",
    "of a rare word": "qualimcor",
    "of a phrase that nobody wrote": '"treaty hospital vaccine"',
    "of a name": "Steve Witkoff",
}
console = Console(width=118)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench-searches", description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=HOME / ".newswatch" / "benchmark")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--only", default="", help="those whose name has this in it")
    parser.add_argument("--no-plain", action="store_true", help="leave the plain statement out")
    parser.add_argument("--no-readers", action="store_true", help="leave the readers out")
    given = parser.parse_args()
    url = stored(given.folder, given.stored)
    variants = variants_of(read_settings({}).watchlist)
    with connect(with_role(url, "newswatch_analyst")) as analyst:
        analyst.execute("set max_parallel_workers_per_gather = 0")
        analyst.execute(f"set statement_timeout = '{PATIENCE}s'".encode())
        asked = [
            _asked(name, analyst, wanted, place, given)
            for name, wanted, place in _wanted(variants)
            if given.only in name
        ]
    _report(asked)
    if not given.no_readers:
        _report_readers(url)


def _wanted(variants: Variants) -> list[tuple[str, Filter, Place | None]]:
    kinds = [
        (name, replace(filters, clauses=clauses_of(text, variants)), None)
        for name, (text, filters) in SEARCHES.items()
    ]
    return kinds + [
        (f"later: {name}", Filter(clauses=clauses_of(text, variants)), DEEP)
        for name, text in LATER.items()
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds, warm."""

    name: str
    found: int
    reach: str  # up to when it looked
    times: Sequence[float]  # ascending
    cpu: float  # of the server's process, each time
    plain: float | None  # infinite where it took more than PATIENCE
    plain_cpu: float | None
    further: float  # the most CPU that one of the ten following pages took


def _asked(
    name: str,
    analyst: Connection,
    wanted: Filter,
    place: Place | None,
    given: argparse.Namespace,
) -> Asked:
    page = _look(analyst, wanted, place)
    times, cpu = _measured(analyst, partial(_look, analyst, wanted, place), given.runs)
    plain, plain_cpu = None, None
    if not given.no_plain:
        try:
            _plainly(analyst, wanted, place)
            once, plain_cpu = _measured(analyst, partial(_plainly, analyst, wanted, place), 1)
            plain = once[0]
        except psycopg.errors.QueryCanceled:
            plain = math.inf
    reach = "a full page" if len(page.rows) == SHOWN else "all"
    if len(page.rows) < SHOWN and page.end is not None:
        reach = f"{(place.seen_at if place else END) - page.end.seen_at}".partition(",")[0]
    further = _further(analyst, wanted, page)
    return Asked(name, len(page.rows), reach, times, cpu, plain, plain_cpu, further)


def _look(analyst: Connection, wanted: Filter, place: Place | None) -> Results:
    with analyst.transaction():
        return search(analyst, wanted, place, SHOWN)


def _keep(pages: list[Results], analyst: Connection, wanted: Filter, place: Place | None) -> None:
    pages.append(_look(analyst, wanted, place))


def _further(analyst: Connection, wanted: Filter, page: Results) -> float:
    most = 0.0
    for _ in range(10):
        if page.end is not None:
            pages: list[Results] = []
            _, cpu = _measured(analyst, partial(_keep, pages, analyst, wanted, page.end), 1)
            page, most = pages[0], max(most, cpu)
    return most


def _plainly(analyst: Connection, wanted: Filter, place: Place | None) -> object:
    statement, known = plain(wanted, place)
    columns = "article_id, article.seen_at, title, text"
    asked = f"select {columns} {statement} limit {SHOWN}".encode()
    return analyst.execute(asked, known, prepare=False).fetchall()


def _measured(
    analyst: Connection, ask: Callable[[], object], runs: int
) -> tuple[list[float], float]:
    server = psutil.Process(analyst.info.backend_pid)
    before = server.cpu_times()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        ask()
        times.append(1_000 * (time.perf_counter() - began))
    after = server.cpu_times()
    cpu = (after.user + after.system - before.user - before.system) * 1_000 / runs
    return sorted(times), cpu


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def _report(rows: Sequence[Asked]) -> None:
    columns = ("", "found", "looked", "p50 ms", "p95 ms", "CPU ms", "further", "plain ms", "CPU ms")
    table = Table(*columns, title=f"searches; at most {AIM} ms")
    for row in rows:
        p95, plain = _p95(row.times), "" if row.plain is None else f"{row.plain:,.0f}"
        cells = (f"{statistics.median(row.times):,.0f}", f"{p95:,.0f}{'' if p95 <= AIM else ' !'}")
        plain_cpu = "" if row.plain_cpu is None else f"{row.plain_cpu:,.0f}"
        further = f"{row.further:,.0f}" if row.further else ""
        found = (str(row.found), row.reach)
        table.add_row(row.name, *found, *cells, f"{row.cpu:,.0f}", further, plain, plain_cpu)
    console.print(table)
    for what, times in {
        "by the clock": [each for row in rows for each in row.times],
        "of a kind's CPU": [row.cpu for row in rows],
        "of the following pages' CPU, the worst": [row.further for row in rows],
        "of the plain statement": [row.plain for row in rows if row.plain is not None],
        "of its CPU": [row.plain_cpu for row in rows if row.plain_cpu is not None],
    }.items():
        if times:
            console.print(
                f"{what}: p50 {statistics.median(times):,.0f}, p95 {_p95(times):,.0f},"
                f" worst {max(times):,.0f} ms"
            )


def _report_readers(url: str) -> None:
    """Fifty readers, each of whom asks for one search after the other."""
    from served import served  # it wants the page's own libraries, which a question does not

    dice = random.Random("readers")
    words = [text for text, filters in SEARCHES.values() if filters == NONE]
    began = time.perf_counter()
    with served(with_role(url, "newswatch_writer")) as client:

        def read(texts: list[str]) -> list[tuple[float, int]]:
            found = []
            for text in texts:
                begun = time.perf_counter()
                answer = client.get("/search", params={"q": text})
                found.append((1_000 * (time.perf_counter() - begun), answer.status_code))
            return found

        client.timeout = httpx.Timeout(120)
        with ThreadPoolExecutor(READERS) as readers:
            asked = [dice.sample(words, ASKED) for _ in range(READERS)]
            told = [each for found in readers.map(read, asked) for each in found]
    seconds = time.perf_counter() - began
    times = [milliseconds for milliseconds, _ in told]
    failed = sum(status != httpx.codes.OK for _, status in told)
    console.print(
        f"{READERS} readers at once: {len(told)} answers in {seconds:.1f} s, {failed} failed;"
        f" p50 {statistics.median(times):,.0f}, p95 {_p95(times):,.0f}, worst {max(times):,.0f} ms"
    )


if __name__ == "__main__":
    main()
