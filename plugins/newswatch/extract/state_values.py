"""The values in a script: its JSON, its string literals, and where in them the prose is."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

Path = tuple[str | int, ...]
Prose = tuple[str, Path]  # a paragraph, and the keys and places that lead to it

_ASSIGNMENTS = re.compile(r"(?:^|[;\s])[\w$.\[\]'\"]{2,80}\s*=\s*(?=[{\[])")
_MOST_ASSIGNMENTS = 40
_LITERAL = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL),
    "\"'`": re.compile(
        r'"((?:[^"\\]|\\.)*+)"|' + r"'((?:[^'\\]|\\.)*+)'|`((?:[^`\\]|\\.)*+)`", re.DOTALL
    ),
}
_LEAST = 20  # characters of a literal that is looked at
_DEEPEST = 60
_MOST_PROSE = 0.8  # of all, that the branch of the article holds
_NEEDLESS_ESCAPE = re.compile(r"\\(?=['`])")
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_BLOCK_TYPE = re.compile(
    r"paragraph|heading|list|block|quote|image|section|^h\d|^p$", re.IGNORECASE
)
# What editors call the children of a paragraph, and the words of a child.
_CHILDREN = ("content", "children", "nodes", "spans")
_WORDS = ("text", "value")
_BLOCK_TYPE = re.compile(
    r"paragraph|heading|list|block|quote|image|section|^h\d|^p$", re.IGNORECASE
)


def json_values(source: str) -> Iterator[Any]:
    """The JSON that a script is, or that it assigns."""
    text = source.strip()
    if text[:1] in ("{", "["):
        starts = [0]
    else:
        starts = [found.end() for found in _ASSIGNMENTS.finditer(text)][:_MOST_ASSIGNMENTS]
    decoder = json.JSONDecoder(strict=False)
    end = 0
    for start in starts:
        if start < end:
            continue
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if value:
            yield value


def strings_in(source: str, quotes: str) -> Iterator[str]:
    """The string literals of a script in those quotation marks, unescaped."""
    for found in _LITERAL[quotes].finditer(source):
        body = found.group(found.lastindex or 0)
        if len(body) >= _LEAST:
            quoted = found.group()[0] != '"'
            inner = _BARE_QUOTE.sub(r"\"", _NEEDLESS_ESCAPE.sub("", body)) if quoted else body
            yield string_of(f'"{inner}"')


def string_of(literal: str) -> str:
    """What a literal in double quotes says; "" for what is none."""
    try:
        value = json.loads(literal, strict=False)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def texts_of(value: Any, path: Path = ()) -> Iterator[Prose]:
    """Every text of a JSON value; the words of a paragraph that an editor cut up are one text."""
    if len(path) > _DEEPEST:
        return
    match value:
        case str():
            yield value, path
        case list():
            for place, item in enumerate(value):
                yield from texts_of(item, (*path, place))
        case dict():
            for key, item in value.items():
                if key in _CHILDREN and (whole := _joined(item)):
                    yield whole, (*path, key)
                else:
                    yield from texts_of(item, (*path, key))


def main_branch(found: Sequence[Prose]) -> list[str]:
    """The paragraphs in the innermost value that holds most of the prose."""
    sizes: Counter[Path] = Counter()
    for text, path in found:
        for length in range(len(path) + 1):
            sizes[path[:length]] += len(text)
    enough = _MOST_PROSE * sizes[()]
    main = max((path for path, size in sizes.items() if size >= enough), key=len, default=())
    return [text for text, path in found if path[: len(main)] == main]


def _joined(children: Any) -> str:
    """The words of children that are leaves, or marks around leaves; "" for other children."""
    if not isinstance(children, list) or len(children) < 2:
        return ""
    parts = [_words(child) for child in children]
    return "".join(part or "" for part in parts) if None not in parts else ""


def _words(child: Any) -> str | None:
    """What a leaf says, or a mark around leaves (bold, a link); None for a block."""
    if not isinstance(child, dict) or not _is_inline(child):
        return None
    for key in _WORDS:
        if isinstance(child.get(key), str):
            return str(child[key])
    inner = next((child[key] for key in _CHILDREN if isinstance(child.get(key), list)), None)
    parts = [_words(part) for part in inner or [None]]
    return "".join(part or "" for part in parts) if None not in parts else None


def _is_inline(child: dict[str, Any]) -> bool:
    kind = child.get("nodeType") or child.get("type") or child.get("_type") or ""
    return not (isinstance(kind, str) and _BLOCK_TYPE.search(kind))
