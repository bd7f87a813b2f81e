"""The articles: one Markdown file each under `articles/<outlet>/`, with what is expected of it.

All of it is invented: the events, the papers, and every word that a person is made to say, the
persons who exist included.

Front matter: `title`, `minutes` (after the epoch, when it appears; negative: before the first
poll), `authors`, `section`, `summary`, `story` (equal for reports on one event); where it applies
`flags` (the topics that its readable words mention), `copy_of` (`outlet/slug` or `seed`) with
`kind` (one or more answers that are right) and `adds` (the topics that its headline or its added
words mention), `page` (how its page answers), `caption`, `read_more` (lines beside the text that
are not of it) and `title_from` (minutes to a later title). A paragraph that begins with `[+20]` is
there from minute 20 on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

import yaml

from newswatch.models import DuplicateKind
from newswatch.yamlfile import Node, parse_yaml

FOLDER = Path(__file__).parent
SEED = FOLDER / "seed.txt"
TOPICS = ("witkoff", "gaza-mediators", "ukraine-talks")

PageAnswer = Literal["ok", "live", "paywall", "consent", "soft-404", "403", "404", "pdf", "robots"]
UNREADABLE: frozenset[PageAnswer] = frozenset(
    {"consent", "soft-404", "403", "404", "pdf", "robots"}
)

_FRONT = re.compile(r"---\n(.*?)^---\n(.*)", re.DOTALL | re.MULTILINE)
_FROM = re.compile(r"\[\+(\d+)\] ")
_REQUIRED = ("title", "minutes", "authors", "section", "summary", "story")
_OPTIONAL = ("flags", "copy_of", "kind", "adds", "page", "caption", "read_more", "title_from")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the minute from which it stands on the page (None: from the first)."""

    text: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """What an article repeats: `seed` or the key of the original, which is always older."""

    of: str
    kinds: tuple[DuplicateKind, ...]
    flags: frozenset[str]  # of its own: in its headline, or in words that the original has not


@dataclass(frozen=True, slots=True)
class Article:
    """One article and the truth about it. `minutes` count from the epoch."""

    outlet: str
    slug: str
    title: str
    minutes: int
    authors: tuple[str, ...]
    section: str
    summary: str
    story: str
    paragraphs: tuple[Paragraph, ...]
    flags: frozenset[str] = frozenset()
    copy: Copy | None = None
    page: PageAnswer = "ok"
    caption: str = ""
    read_more: tuple[str, ...] = ()
    titles: Mapping[int, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.outlet}/{self.slug}"

    @property
    def path(self) -> str:
        """The path of its page; no two articles of the newsroom share one."""
        return f"/{self.section}/{self.slug}" + (".pdf" if self.page == "pdf" else "")

    def title_at(self, minutes: int) -> str:
        past = [start for start in self.titles if start <= minutes]
        return self.titles[max(past)] if past else self.title

    def paragraphs_at(self, minutes: int) -> tuple[Paragraph, ...]:
        return tuple(p for p in self.paragraphs if p.minutes is None or p.minutes <= minutes)

    def changed_at(self, minutes: int) -> int:
        """The minute of its latest change, as seen at `minutes`."""
        changes = [*self.titles, *(p.minutes for p in self.paragraphs if p.minutes is not None)]
        return max((change for change in changes if change <= minutes), default=self.minutes)


@cache
def load_articles() -> tuple[Article, ...]:
    """All of them, oldest first. Raises InputError naming the file and line that is wrong."""
    files = sorted((FOLDER / "articles").glob("*/*.md"))
    return tuple(sorted(map(read_article, files), key=lambda article: article.minutes))


def read_article(path: Path) -> Article:
    """One file; its folder names the outlet and its name the slug."""
    found = _FRONT.fullmatch(path.read_text(encoding="utf-8"))
    if found is None:
        parse_yaml("---", str(path)).fail("no front matter", "begin with a block between '---'")
    front = parse_yaml(found[1], str(path)).mapping(required=_REQUIRED, optional=_OPTIONAL)
    return Article(
        outlet=path.parent.name,
        slug=path.stem,
        title=front["title"].text(),
        minutes=int(front["minutes"].number()),
        authors=tuple(front["authors"].texts()),
        section=front["section"].text(),
        summary=front["summary"].text(),
        story=front["story"].text(),
        paragraphs=tuple(_paragraph(text) for text in found[2].strip().split("\n\n")),
        flags=frozenset(item.one_of(TOPICS) for item in _items(front, "flags")),
        copy=_copy(front),
        page=cast(PageAnswer, front["page"].one_of(get_args(PageAnswer)))
        if "page" in front
        else "ok",
        caption=front["caption"].text() if "caption" in front else "",
        read_more=tuple(item.text() for item in _items(front, "read_more")),
        titles=_titles(front),
    )


def _items(front: Mapping[str, Node], name: str) -> Sequence[Node]:
    """The values of a list, or the one value that stands there instead."""
    if name not in front:
        return ()
    is_list = isinstance(front[name].yaml_node, yaml.SequenceNode)
    return front[name].items() if is_list else (front[name],)


def _copy(front: Mapping[str, Node]) -> Copy | None:
    if "copy_of" not in front:
        return None
    kinds = tuple(item.one_of(get_args(DuplicateKind)) for item in _items(front, "kind"))
    flags = frozenset(item.one_of(TOPICS) for item in _items(front, "adds"))
    return Copy(front["copy_of"].text(), cast(tuple[DuplicateKind, ...], kinds), flags)


def _titles(front: Mapping[str, Node]) -> Mapping[int, str]:
    if "title_from" not in front:
        return {}
    return {int(name): value.text() for name, (_, value) in front["title_from"].entries().items()}


def _paragraph(text: str) -> Paragraph:
    start = _FROM.match(text)
    return Paragraph(text[start.end() :], int(start[1])) if start else Paragraph(text)
