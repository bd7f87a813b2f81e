"""What is in the database, by natural keys: no ids, no clocks of this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from newswatch.store.server.database import Connection

Dump = Mapping[str, list[str]]

# Columns that are ids, or the times and runs of the work itself.
_WORK = (
    *("article_id", "run_id", "extracted_at", "deduplicated_at", "flagged_at", "loaded_at"),
    *("publication", "published", "decided_at", "decided_seq"),
)
# Times that follow from the clock of the run.
_CLOCK = ("first_seen_at", "revisit_at", "revised_at")

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


def dump(connection: Connection) -> Dump:
    """Every table that people see, a line a row, sorted."""
    return {
        name: sorted(
            json.dumps([key, _cleaned(row), *more], ensure_ascii=False, sort_keys=True)
            for key, row, *more in connection.execute(query.encode())
        )
        for name, query in _QUERIES.items()
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
                + (f" <> {_changed(missing[0], extra)}" if missing and extra else "")
            )
    return " | ".join(told)


def strange_articles(expected: Sequence[Dump], found: Dump) -> str:
    """Empty if there are the articles of the references, and each is as in one of them but for the
    times: of an article with two addresses, or in two feeds, the one that is read first is told."""
    known = [_without_times(dump) for dump in expected]
    told = []
    for key in {*known[0], *(articles := _without_times(found))}:
        if not any(articles.get(key) == reference.get(key) for reference in known):
            told.append(f"{key}: {articles.get(key, 'missing')[:300]}")
    return " | ".join(told)


def _without_times(dump: Dump) -> dict[str, str]:
    """The articles by their addresses."""
    rows = (json.loads(line) for line in dump["articles"])
    return {
        key: json.dumps(
            {name: value for name, value in row.items() if name not in _CLOCK},
            ensure_ascii=False,
            sort_keys=True,
        )
        for key, row in rows
    }


def _changed(line: str, others: Sequence[str]) -> str:
    """What the row of the same key has otherwise."""
    key, row, *_ = json.loads(line)
    for other in others:
        other_key, other_row, *_ = json.loads(other)
        if other_key == key:
            return str({n: (v, other_row.get(n)) for n, v in row.items() if v != other_row.get(n)})
    return others[0][:300]


def _cleaned(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in (*_WORK, *_COPY_IDS)}
