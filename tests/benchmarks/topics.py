"""`make bench-topics`: how fast articles are matched with 3, 100 and 5,000 topics, beside peers;
and with 50,000 of ours alone.

Ours finds the topics with their evidence; the peers find the bare words of the same aliases: one
`re` alternation, flashtext, and Postgres with a tsquery a topic. The texts are made here, the same
in every run: news-like prose in three alphabets, in which one article in twenty-five names what a
topic watches. Each peer is given as many of the texts as it can bear.
"""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from flashtext import KeywordProcessor
from rich.console import Console
from rich.table import Table

from newswatch.settings import HOME
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, scalar
from newswatch.topics.load import Topic, load_topics
from newswatch.topics.match import Matcher
from newswatch.topics.names import FOLDER
from scratch import scratch

SHIPPED = HOME / "dags" / "watchlist" / "topics"
SIZES = (3, 100, 5_000)
MOST = 50_000
LOADED = 1_000
ALIASES = 10  # of a made topic
ARTICLES = 1_200
WORDS = 450  # of an article
NAMED = 25  # one article in so many names a topic
PEER_SECONDS = 10.0
SYLLABLES = {
    "latin": ["ba", "cor", "del", "fin", "gar", "hal", "lim", "mon", "nor", "pel", "qua", "wick"],
    "cyrillic": ["ба", "вер", "гор", "дон", "зел", "кра", "лис", "мор", "нов", "пар", "сол", "хол"],
    "greek": ["αλ", "βο", "γε", "δη", "εφ", "ζω", "θη", "κα", "λυ", "μεν", "νος", "πρα", "τις"],
}
DENSE = "Ukraine talks peace Kyiv Moscow negotiations Gaza Hamas mediators Doha Witkoff envoy "
console = Console(width=100)


@dataclass(frozen=True, slots=True)
class Speed:
    """Bytes of UTF-8 a second."""

    size: int
    seconds: float

    @property
    def mega(self) -> float:
        return self.size / self.seconds / 1e6


def main() -> None:
    with scratch() as folder:
        _run(folder)


def _run(folder: Path) -> None:
    dice = random.Random(20_251_218)
    made = [_topic_yaml(dice, number) for number in range(MOST)]
    texts = _articles(dice, made)
    seconds = _seconds_to_load(folder / "thousand", made[:LOADED])
    console.print(f"{LOADED:,} topics with {LOADED * ALIASES:,} aliases load in {seconds:.1f} s")
    console.print(f"a megabyte of nothing but topics' words: {_densest():.1f} s of CPU")
    table = Table("topics", "newswatch", "re", "flashtext", "Postgres tsquery", title="MB/s")
    with connect(embedded.start(folder / "postgres")) as connection:
        for size in SIZES:
            topics = _topics(folder / str(size), made[: size - 3])
            words = [_words(topic) for topic in topics]
            every = [word for few in words for word in few]
            ours = _ours(topics, texts)
            peers = [
                _measured(_regular_expression(every), texts),
                _measured(_flashtext(every), texts),
                _measured(_postgres(connection, words), texts),
            ]
            cells = [f"{peer.mega:.2f} (ours {ours.mega / peer.mega:,.1f} times)" for peer in peers]
            table.add_row(f"{size:,}", f"{ours.mega:.1f}", *cells)
    console.print(table)
    began = time.process_time()
    topics = _topics(folder / str(MOST), made[: MOST - 3])
    seconds = time.process_time() - began
    ours = _ours(topics, texts)
    console.print(
        f"{MOST:,} topics load in {seconds:.0f} s of CPU: {ours.mega:.1f} MB/s,"
        f" {ours.mega * 1e6 * len(texts) / ours.size:,.0f} articles/s,"
        f" {psutil.Process().memory_info().rss / 1e6:,.0f} MB"
    )


def _word(dice: random.Random, script: str, syllables: int) -> str:
    return "".join(dice.choices(SYLLABLES[script], k=syllables))


def _topic_yaml(dice: random.Random, number: int) -> tuple[str, list[str]]:
    """The definition of a made topic, and its aliases."""
    names = [
        f"{_word(dice, script, 3).title()} {_word(dice, script, 4).title()}"
        for script in dice.choices(list(SYLLABLES), weights=(8, 1, 1), k=ALIASES)
    ]
    lines = [f"id: made-{number}", f"name: Made {number}", "groups:", "  names:"]
    lines += [f"    - {name}" for name in names]
    lines += ["rules:", "  - {id: named, when: names, because: Names it}"]
    return "\n".join(lines) + "\n", names


def _densest() -> float:
    """Seconds of CPU for the shipped topics on the text that gives them most to do."""
    matcher = Matcher(load_topics(SHIPPED).topics)
    text = (DENSE * (1_000_000 // len(DENSE) + 1))[:1_000_000]
    began = time.process_time()
    matcher.match("", text, "en")
    return time.process_time() - began


def _articles(dice: random.Random, made: Sequence[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    """Title and text of each."""
    vocabularies = {
        script: [_word(dice, script, dice.randint(1, 4)) for _ in range(4_000)]
        for script in SYLLABLES
    }
    found = []
    for number in range(ARTICLES):
        script = dice.choices(list(SYLLABLES), weights=(8, 1, 1))[0]
        words = dice.choices(vocabularies[script], k=WORDS)
        if number % NAMED == 0:
            words[dice.randrange(WORDS)] = dice.choice(dice.choice(made)[1])
        found.append((" ".join(words[:8]).capitalize(), _prose(dice, words[8:])))
    return found


def _prose(dice: random.Random, words: Sequence[str]) -> str:
    """Sentences in paragraphs."""
    parts, at = [], 0
    while at < len(words):
        length = dice.randint(8, 25)
        sentence = " ".join(words[at : at + length])
        parts.append(sentence[:1].upper() + sentence[1:] + dice.choice([". ", ". ", ".\n"]))
        at += length
    return "".join(parts).strip()


def _topics(folder: Path, made: Sequence[tuple[str, list[str]]]) -> tuple[Topic, ...]:
    """The shipped topics and made ones."""
    _write(folder, made)
    shutil.copytree(SHIPPED.parent / FOLDER, folder.parent / FOLDER, dirs_exist_ok=True)
    for path in [*SHIPPED.glob("*.yaml"), *SHIPPED.glob("*.json")]:
        shutil.copy(path, folder)
    loaded = load_topics(folder)
    assert not loaded.errors
    return loaded.topics


def _write(folder: Path, made: Sequence[tuple[str, list[str]]]) -> None:
    folder.mkdir()
    for number, (definition, _) in enumerate(made):
        (folder / f"made-{number}.yaml").write_text(definition)


def _seconds_to_load(folder: Path, made: Sequence[tuple[str, list[str]]]) -> float:
    _write(folder, made)
    began = time.perf_counter()
    Matcher(load_topics(folder).topics)
    return time.perf_counter() - began


def _words(topic: Topic) -> list[str]:
    """The plain words of a topic's aliases, for who knows no more."""
    patterns = (pattern for group in topic.groups.values() for pattern in group)
    return sorted({pattern.written.strip("=*").replace("*", "") for pattern in patterns})


def _ours(topics: Sequence[Topic], texts: Sequence[tuple[str, str]]) -> Speed:
    matcher = Matcher(topics)
    for title, text in texts[:50]:
        matcher.match(title, text)
    began = time.perf_counter()
    for title, text in texts:
        matcher.match(title, text)
    return Speed(sum(map(_size, texts)), time.perf_counter() - began)


def _measured(find: Callable[[str], object], texts: Sequence[tuple[str, str]]) -> Speed:
    """Over as many of the texts as fit into `PEER_SECONDS`."""
    size = 0
    began = time.perf_counter()
    for title, text in texts:
        find(f"{title}\n{text}")
        size += _size((title, text))
        if time.perf_counter() - began > PEER_SECONDS:
            break
    return Speed(size, time.perf_counter() - began)


def _size(article: tuple[str, str]) -> int:
    return sum(len(part.encode()) for part in article)


def _regular_expression(words: Sequence[str]) -> Callable[[str], object]:
    longest_first = sorted(words, key=len, reverse=True)
    expression = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
    return expression.findall


def _flashtext(words: Sequence[str]) -> Callable[[str], object]:
    processor = KeywordProcessor()
    processor.add_keywords_from_list(list(words))

    def find(text: str) -> object:
        return processor.extract_keywords(text, span_info=True)

    return find


def _postgres(connection: Connection, topics: Sequence[Sequence[str]]) -> Callable[[str], object]:
    """A table of queries, one an alias, each a phrase."""
    connection.execute("drop table if exists alias")
    connection.execute("create table alias (topic int, query tsquery)")
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into alias select %s, phraseto_tsquery('simple', word)"
            " from unnest(%s::text[]) as word",
            [(number, list(words)) for number, words in enumerate(topics)],
        )

    def find(text: str) -> object:
        return scalar(
            connection,
            "select count(distinct topic) from alias, to_tsvector('simple', %s) as text"
            " where text @@ query",
            [text],
        )

    return find


if __name__ == "__main__":
    main()
