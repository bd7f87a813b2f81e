"""A search as one would write it: everything that is as wanted, in the order of time."""

from __future__ import annotations

from typing import Any

from newswatch.store.site.search_words import Filter, Place, words_of


def plain(wanted: Filter, before: Place | None = None) -> tuple[str, dict[str, Any]]:
    """What follows `select` and the columns of `analyst.article`, and its parameters."""
    words = words_of(wanted)
    conditions = {
        "outlet = %(outlet)s": wanted.outlet,
        "country = %(country)s": wanted.country,
        "split_part(language, '-', 1) = %(language)s": wanted.language,
        "is_original = %(originals)s": wanted.originals,
        "article.seen_at >= %(since)s": wanted.since,
        "article.seen_at < %(until)s": wanted.until,
        "article_id in (select article_id from analyst.flag where topic = %(topic)s)": wanted.topic,
        "article.seen_at < %(before)s": before and before.seen_at,
        f"{words.stored} @@ ({words.exactly})": words.exactly or None,
    }
    known = {name: getattr(wanted, name) for name in Filter.__slots__ if name != "clauses"}
    held = [condition for condition, value in conditions.items() if value is not None]
    named = "join analyst.article_search using (article_id)" if words.exactly else ""
    statement = f"""
        from analyst.article {named} where {" and ".join(held) or "true"}
        order by article.seen_at desc, article_id desc
    """
    return statement, known | words.parameters | {"before": before and before.seen_at}
