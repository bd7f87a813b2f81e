"""What is in the database, by natural keys: no ids, no clocks of this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newswatch.store.server.database import Connection

Dump = Mapping[str, list[str]]

# Columns that are ids, or the times and runs of the work itself.
_WORK = (
    *("article_id", "run_id", "extracted_at", "deduplicated_at", "flagged_at", "loaded_at"),
    *("publication", "published", "decided_at", "decided_seq"),
)
# Times that follow from the clock of the run: not compared after harm that costs a run.
_CLOCK = (
    *("first_seen_at", "revisit_at", "revised_at"),
    # Which lines a host repeats is learnt from the articles read before.
    *("boilerplate", "outlet", "country"),
)

_QUERIES = {
    "articles": "select canonical_url as key, to_jsonb(article) as it from news.article",
    "entries": """
        select feed.url || ' ' || entry_key as key,
               jsonb_build_object('status', status, 'title', entry.title,
                                  'article', article.canonical_url) as it
        from news.entry join news.feed using (feed_id) left join news.article using (article_id)
    """,
    "decisions": """
        select article.url as key,
               jsonb_build_object('is_original', is_original, 'story', (
                   select min(other.url) from analyst.article as other
                   where other.story_id = article.story_id)) as it
        from analyst.article
    """,
    "copies": """
        select copied.canonical_url as key, to_jsonb(duplicate) as it, original.canonical_url
        from analyst.duplicate join news.article as copied using (article_id)
        left join news.article as original on original.article_id = duplicate.duplicate_of
    """,
    "roles": """
        select member.url as key, jsonb_build_object(
            'role', role, 'new_sentences', new_sentences) as it
        from analyst.story_article as member
    """,
    "flags": """
        select url as key, jsonb_build_object('topic', topic, 'score', flag.score,
            'salience', salience, 'reason', reason, 'evidence', evidence) as it
        from analyst.flag
    """,
    "mentions": """
        select article.url as key, jsonb_build_object('topic', topic, 'field', field,
            'start', char_start, 'end', char_end, 'matched', matched, 'sentence', sentence) as it
        from analyst.mention join analyst.article using (article_id)
    """,
    "wordings": """
        select canonical_url as key, jsonb_build_object('title', version.title,
            'text', version.text) as it
        from news.article_version as version join news.article using (article_id)
    """,
    "editions": """
        select subscriber as key, jsonb_build_object('day', local_date, 'subject', subject,
            'text', body_text, 'html', body_html) as it
        from news.edition
    """,
    "told": """
        select subscriber as key, jsonb_build_object('topic', topic,
            'article', article.canonical_url) as it
        from news.edition join news.edition_story using (edition_id)
        join news.article using (article_id)
    """,
}
_COPY_IDS = ("article_id", "duplicate_of", "story_id", "compared_with", "seen_at")


# What does not depend on which of two feeds, or of two articles, was read first.
_IN_ANY_ORDER = ("articles",)


def dump(connection: Connection, *, times: bool = True) -> Dump:
    """Every table that people see, a line a row, sorted. Without `times`, only what is the same
    when a part of the news is read some hours after the rest."""
    return {
        name: sorted(
            json.dumps([key, _cleaned(row, times), *more], ensure_ascii=False, sort_keys=True)
            for key, row, *more in connection.execute(query.encode())
        )
        for name, query in _QUERIES.items()
        if times or name in _IN_ANY_ORDER
    }


def difference(expected: Dump, found: Dump) -> str:
    """Empty if they are the same; else how many rows of what differ, and one of them."""
    told = []
    for name in expected:
        missing = sorted(set(expected[name]) - set(found[name]))
        extra = sorted(set(found[name]) - set(expected[name]))
        if missing or extra or len(expected[name]) != len(found[name]):
            told.append(
                f"{name}: {len(missing)} missing, {len(extra)} other;"
                f" {(missing or extra or ['twice'])[0][:300]}"
                + (f" <> {extra[0][:300]}" if missing and extra else "")
            )
    return " | ".join(told)


def _cleaned(row: dict[str, Any], times: bool) -> dict[str, Any]:
    left_out = (*_WORK, *_COPY_IDS, *(() if times else _CLOCK))
    return {name: value for name, value in row.items() if name not in left_out}
