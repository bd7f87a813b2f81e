"""Who signs an article and is no person."""

from __future__ import annotations

import re

from newswatch.extract.agencies import agency_named
from newswatch.extract.wording import squeezed

_ORGANISATION = re.compile(
    r"\b(?:staff|newsroom|news ?desk|desk|editors?|editorial|newswires?|wires?|news|agenc(?:y|ies)|"
    r"agence|agencia|agentur(?:en)?|correspondents?|reporters|team|online|admin|press office|media|"
    r"tv|radio|gmbh|ltd|inc|\w*redak(?:tion|cja|ce|cia|tør|tionen)|r[eé]dactie|r[eé]daction|"
    r"redacci[oó]n|reda[cç][aã]o|redazione|nachrichten|редакция|редакція|служба|haber merkezi|"
    r"gazete\w*)\b|הדסק|מערכת|التحرير|وكالات|新聞社?|新闻|通讯社|編集部|编辑部|통신|뉴스|편집",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"\w\.[a-z]{2,}$")
_LEAST_NAME = 3  # characters of an outlet's name that another name may begin with


def is_organisation(name: str, outlet: frozenset[str] = frozenset()) -> bool:
    """An agency, a desk, a domain, or the outlet under one of its names, alone or with a desk's."""
    if agency_named(name) or _ORGANISATION.search(name) or _DOMAIN.search(name):
        return True
    short, first_word = squeezed(name), squeezed(name.split()[0])
    return (
        short in outlet
        or (len(first_word) >= _LEAST_NAME and first_word in outlet)
        or any(len(short) > _LEAST_NAME and known.startswith(short) for known in outlet)
    )
