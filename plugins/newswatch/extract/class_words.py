"""Words of class names, ids and roles, by what they say of the element that bears them.

They are markup's own vocabulary, English on the pages of every language. A group is a hint for the
model of `forest.npz`, which learns how much it is worth; it decides nothing by itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

_GROUPS = {
    "comment": "comment comments disqus replies reply respond discussion",
    "foot": "footer foot copyright disclaimer legal imprint colophon",
    "nav": "nav navigation menu breadcrumb breadcrumbs pagination pager navbar topbar toolbar"
    " sitemap",
    "side": "sidebar side aside rail widget widgets secondary",
    "related": "related recommend recommended recommendations recirc readmore more teasers card"
    " cards popular trending latest next prev previous also similar suggested mostread outbrain"
    " taboola further",
    "promotion": "promo promotion ad ads advert advertisement advertising sponsor sponsored banner"
    " cta affiliate commerce deal shop donate donation",
    "share": "share sharing social follow whatsapp facebook twitter",
    "offer": "newsletter subscribe subscription signup sign register login paywall regwall piano"
    " offer premium",
    "consent": "cookie cookies consent gdpr privacy modal popup overlay dialog onetrust ot"
    " usercentrics didomi cmp",
    "author": "author authors bio byline profile contributor avatar",
    "meta": "meta date time timestamp dateline tag tags topic topics keyword keywords category"
    " categories label eyebrow kicker info published updated rating",
    "caption": "caption figcaption credit image img photo picture gallery figure media player"
    " slideshow carousel slider video",
    "hidden": "hidden hide invisible sr visually screen print noprint skip tooltip",
    "contents": "toc contents index anchor jump",
    "head": "header head masthead hero title headline top",
    "lead": "lead lede standfirst dek deck subtitle subhead subheadline subheading intro summary"
    " teaser abstract description excerpt chapo",
    "body": "articlebody body content entry text prose story paragraph paragraphs richtext rich"
    " copy main maincontent post article wysiwyg editor",
    "list": "list listing feed stream grid archive items item",
    "box": "box infobox factbox callout note accordion faq tab tabs table",
}
GROUPS = tuple(_GROUPS)
HIDDEN = GROUPS.index("hidden")
_GROUP_OF = {
    word: number for number, words in enumerate(_GROUPS.values()) for word in words.split()
}
_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")  # of camelCase, kebab-case, snake_case
_LONGEST = 300  # characters of names; generated lists of utility classes run to kilobytes


@lru_cache(maxsize=50_000)
def groups_of(names: str) -> frozenset[int]:
    """Numbers of the groups (places in `GROUPS`) that an element's names mention."""
    words = map(str.lower, _WORD.findall(names[:_LONGEST]))
    return frozenset(_GROUP_OF[word] for word in words if word in _GROUP_OF)
