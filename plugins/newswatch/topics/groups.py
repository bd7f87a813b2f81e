"""Lists of aliases as people write them: plain, or by language."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from newswatch.topics.boundaries import ANY, LANGUAGES
from newswatch.topics.habits import alias_habit
from newswatch.topics.patterns import Pattern, compile_pattern
from newswatch.yamlfile import Node


def read_aliases(node: Node, groups: Collection[str]) -> tuple[Pattern, ...]:
    """A list of aliases, or such lists by language: `en`, `es, pt`, or `any`.

    `groups` are those that an alias may need. Raises `InputError`.
    """
    return read_sections(node.entries() if node.is_mapping else {ANY: (node, node)}, groups)


def read_sections(
    sections: Mapping[str, tuple[Node, Node]], groups: Collection[str]
) -> tuple[Pattern, ...]:
    """The aliases of the sections of a group: codes of languages, and the list of each."""
    return tuple(
        _alias(item, languages, groups)
        for codes, (key, below) in sections.items()
        for languages in [_languages(codes, key)]
        for item in below.items()
    )


def _languages(written: str, key: Node) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in written.split(","))
    for code in codes:
        if code != ANY and code not in LANGUAGES:
            key.fail(
                f"{code!r} is no language that we know the endings of",
                f"write codes as in 'es, pt', or {ANY}",
            )
    return codes


def _alias(item: Node, languages: tuple[str, ...], groups: Collection[str]) -> Pattern:
    """A text, or a mapping of `alias` and what it asks for: `only`, `needs`, `within`."""
    written, only, needs, within = item, frozenset[str](), None, None
    if item.is_mapping:
        if "alias" not in item.entries():
            item.fail("a mapping stands where a word was expected", _QUOTES)
        row = item.mapping(required=("alias",), optional=("only", "needs", "within"))
        written = row["alias"]
        only = frozenset(row["only"].texts()) if "only" in row else only
        needs = row["needs"].one_of(tuple(groups)) if "needs" in row else None
        within = int(row["within"].number(1)) if "within" in row else None
    if habit := alias_habit(written.text()):
        written.fail(f"{written.text()!r}: {habit}", _MEND)
    try:
        return compile_pattern(
            written.text(), languages, only=only, needs=needs, within=within, line=item.line
        )
    except ValueError as error:
        written.fail(f"{written.text()!r} {error}", _MEND)


_QUOTES = "put a word that holds ': ' into quotes, or write {alias: word, ...}"
_MEND = "write each word or phrase as an item of its own, * only at a word's end"
