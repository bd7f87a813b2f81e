"""What people write who know another query language, and how it is written here."""

from __future__ import annotations

import re

_HERE = "title:, subtitle:, lead:"
_METADATA = ("outlet", "source", "country", "language", "lang", "kind", "section", "agency")
# In a rule, at the place where it cannot be read.
_IN_RULES = (
    (
        re.compile(rf"(?:{'|'.join(_METADATA)})\s*:", re.IGNORECASE),
        "facts of the article stand under where:, as in where: {outlet: [example.com]}",
    ),
    (re.compile(r"(?!(?:title|subtitle|lead):)\w+:"), f"there is no such field; there are {_HERE}"),
    (re.compile(r"[\"'“”]"), "words stand in groups, a rule names the group"),
    (re.compile(r"(?:PARA|SENT)/\d"), "PARA and SENT take no number: NEAR/10 counts words"),
    (re.compile(r"(?:W|ADJ|N|PRE)/?\d+\b"), "a distance is written NEAR/10, or ONEAR/10 in order"),
    (re.compile(r"(?:ADJ|NEAR|WITHIN|BEFORE)\b(?!/)"), "a distance is written NEAR/10 or ONEAR/10"),
    (re.compile(r"(?:and|or|not|near|sent|para|without)\b"), "operators are written in capitals"),
    (re.compile(r"&&?|\|\|?"), "write AND and OR"),
    (re.compile(r"[-!]"), "what must not be there is written AND NOT or WITHOUT"),
    (re.compile(r"\+"), "a + says nothing here: join groups by AND"),
    (re.compile(r"[\^~]"), "weights stand under weight:, distances are NEAR/10"),
    (re.compile(r"[*?]"), "a * stands in the words of a group, not in a rule"),
    (re.compile(r"[\[\]{}/]"), "ranges and regular expressions are not read here"),
)
# In an alias, the first that is found.
_IN_ALIASES = (
    (re.compile(r"^/.+/\w*$"), "it looks like a regular expression"),
    (
        re.compile(r"\\[bwdsBWDS.]|\(\?|\.\*|\.\+|\[[^\]]+\]|\w\|\w|[^\s(]\([^)]*\||\)[?+*]"),
        "it looks like a regular expression",
    ),
    (re.compile(r"\s(?:AND|OR|NOT|NEAR(?:/\d+)?)\s|\s(?:&&|\|\|)\s"), "it looks like a query"),
    (re.compile(r"^\w+:\S"), "it looks like a query's field"),
    (re.compile(r"\w~\d*$|\^\d+(?:\.\d+)?$"), "it looks like a query"),
    (re.compile(r"\w\?\w|\w\?$"), "a ? is looked for as it stands; a * takes any ending"),
)


def habit_of(rest: str) -> str | None:
    """What the rest of a rule begins with that is another language's, and what to write."""
    return next((said for pattern, said in _IN_RULES if pattern.match(rest)), None)


def alias_habit(written: str) -> str | None:
    """What an alias holds that is another language's."""
    return next((said for pattern, said in _IN_ALIASES if pattern.search(written)), None)
