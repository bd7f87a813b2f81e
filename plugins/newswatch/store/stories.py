"""`news.story`, the terms it is found by, and how rare terms are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from newswatch.models import ArticleId, DuplicateKind, SeedId, StoryId, StoryRole
from newswatch.store import rows
from newswatch.store.fingerprints import WORDING
from newswatch.store.server.database import Connection


class StrandRow(TypedDict):
    """A story in one language."""

    terms: Mapping[str, float]
    anchors: Mapping[str, tuple[float, str]]  # weight, and the form it was met in


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as far as joining needs it; strands by language."""

    story_id: StoryId
    strands: Mapping[str, StrandRow]
    last_seen_at: datetime


def rarities(connection: Connection, terms: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many originals were counted, and how many of them hold each of the terms."""
    found: dict[str, int] = rows.mapping(
        connection,
        "term",
        "articles",
        "select term, articles from news.term where term = any(%b)",
        [["", *terms]],
    )
    return found.pop("", 0), found


def count_terms(connection: Connection, articles: int, counts: Mapping[str, int]) -> None:
    """Add to how many originals there are, and hold each term."""
    terms = sorted(counts)  # two batches' locks in one order
    connection.execute(
        """
        insert into news.term as known (term, articles)
        select * from unnest(%b::text[], %b::bigint[])
        on conflict (term) do update set articles = known.articles + excluded.articles
        """,
        [["", *terms], [articles, *(counts[term] for term in terms)]],
    )


def newest_with_terms(
    connection: Connection, terms: Sequence[str], most: int
) -> dict[str, list[StoryId]]:
    """The newest stories that are found by each term, the newest first, no more than `most`."""
    return rows.mapping(
        connection,
        "term",
        "story_ids",
        """
        select mine.term, array_agg(newest.story_id order by newest.story_id desc) as story_ids
        from unnest(%s::text[]) as mine (term)
        cross join lateral (
            select story_id from news.story_term
            where story_term.term = mine.term order by story_id desc limit %s
        ) as newest
        group by mine.term
        """,
        [sorted(terms), most],
    )


def load_stories(connection: Connection, story_ids: Sequence[StoryId]) -> list[StoryRow]:
    return rows.read(
        connection,
        StoryRow,
        """
        select story_id, strands, last_seen_at from news.story
        where story_id = any(%s) order by story_id
        """,
        [list(story_ids)],
    )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An article of a story; with a seed it is a reprint of that."""

    story_id: StoryId
    article_id: ArticleId
    seed_id: SeedId | None
    title: str
    text: str
    language: str | None


def members(connection: Connection, story_ids: Sequence[StoryId], most: int) -> list[MemberRow]:
    """The stories' originals, with the texts of those that were headlines, of each no more than the
    latest `most`, and the first reprint of each seed."""
    return rows.read(
        connection,
        MemberRow,
        """
        select member.story_id, article_id, seed_id, title, text, language
        from unnest(%(story_ids)s::bigint[]) as mine (story_id)
        cross join lateral (
            (select story_id, article_id, null::bigint as seed_id from news.decision
             where story_id = mine.story_id and coalesce(kind, 'revision') = 'revision'
             order by article_id desc limit %(most)s)
            union all
            (select distinct on (duplicate_of_seed) story_id, article_id, duplicate_of_seed
             from news.decision
             where story_id = mine.story_id and duplicate_of_seed is not null
             order by duplicate_of_seed, article_id)
        ) as member
        join news.article using (article_id)
        order by article_id
        """,
        {"story_ids": list(story_ids), "most": most},
    )


@dataclass(frozen=True, slots=True)
class StoryMember(MemberRow):
    """An article of a story, with what kind of copy it is."""

    kind: DuplicateKind | None


def whole(connection: Connection, story_id: StoryId) -> list[StoryMember]:
    """All articles of a story, in the order in which they were decided on, and in the wording that
    was."""
    return rows.read(
        connection,
        StoryMember,
        f"""
        select story_id, decision.article_id, duplicate_of_seed as seed_id,
               coalesce(wording.title, article.title) as title,
               coalesce(wording.text, article.text) as text, language, kind
        from news.decision
        join news.article using (article_id)
        join news.fingerprint as mine
          on mine.article_id = decision.article_id and algorithm = algorithm_version
         and mine.revised_at is null
        left join lateral ({WORDING}) as wording on true
        where story_id = %s
        order by document_id
        """,
        [story_id],
    )


@dataclass(frozen=True, slots=True)
class RoleUpdate:
    article_id: ArticleId
    role: StoryRole
    new_sentences: tuple[str, ...]


def set_roles(connection: Connection, updates: Sequence[RoleUpdate]) -> None:
    told = rows.assigned(rows.columns(RoleUpdate, but=("article_id",)))
    rows.write(
        connection,
        f"update news.decision set {told} where article_id = %(article_id)s",
        [rows.parameters(update) for update in updates],
    )


def reserve_ids(connection: Connection, count: int) -> list[StoryId]:
    """Ids for new stories, ascending; one that is not used stays a gap."""
    return rows.values(
        connection,
        "select nextval(pg_get_serial_sequence('news.story', 'story_id'))"
        " from generate_series(1, %s)",
        [count],
    )


@dataclass(frozen=True, slots=True)
class Beginning:
    """Of a new story: its first article's headline and time."""

    headline: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class StoryUpdate:
    """What a batch made of a story, or a story that it began."""

    row: StoryRow
    best_terms: Sequence[str]  # what it is found by
    new_articles: int
    beginning: Beginning | None = None


def save_stories(connection: Connection, updates: Sequence[StoryUpdate]) -> None:
    """Write the new and the changed stories, and what they are found by."""
    rows.write(
        connection,
        """
        insert into news.story (
            story_id, headline, first_seen_at, last_seen_at, article_count, strands
        ) overriding system value values (
            %(story_id)s, %(headline)s, %(seen_at)s, %(last_seen_at)s, %(new_articles)s,
            %(strands)s
        )
        """,
        [
            rows.parameters(update.row, new_articles=update.new_articles)
            | rows.parameters(update.beginning)
            for update in updates
            if update.beginning
        ],
    )
    rows.write(
        connection,
        """
        update news.story set strands = %(strands)s, last_seen_at = %(last_seen_at)s,
            article_count = article_count + %(new_articles)s
        where story_id = %(story_id)s
        """,
        [
            rows.parameters(update.row, new_articles=update.new_articles)
            for update in updates
            if update.beginning is None
        ],
    )
    connection.execute(
        "delete from news.story_term where story_id = any(%s)",
        [[update.row.story_id for update in updates]],
    )
    found_by = sorted(
        (term, update.row.story_id) for update in updates for term in update.best_terms
    )
    with (
        connection.cursor() as cursor,
        cursor.copy("copy news.story_term (term, story_id) from stdin") as copy,
    ):
        for term_of_story in found_by:
            copy.write_row(term_of_story)
