"""`news.dedupe_version` and `news.version_decision`: versions of the algorithm side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from newswatch.models import ArticleId, DocumentId, SeedId, StoryId
from newswatch.store import publication, rows, totals
from newswatch.store.decisions import DecisionRow, Waiting
from newswatch.store.fingerprints import WORDING
from newswatch.store.server.database import Connection, scalar


@dataclass(frozen=True, slots=True)
class Undecided:
    """A document of the version in force that another version has not decided on.

    Of a later wording, with `revised_at`, `first_seen_at` is that.
    """

    document_id: DocumentId
    article_id: ArticleId | None
    seed_id: SeedId | None
    canonical_url: str
    outlet: str
    title: str
    text: str
    language: str | None
    first_seen_at: datetime | None
    revised_at: datetime | None

    def waiting(self) -> Waiting:
        """Raises `ValueError` for a seed."""
        if self.article_id is None or self.first_seen_at is None:
            raise ValueError(f"document {self.document_id} is a seed")
        return Waiting(
            self.article_id,
            self.canonical_url,
            self.outlet,
            self.title,
            self.text,
            self.language,
            self.first_seen_at,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """An article that two versions decide on otherwise."""

    article_id: ArticleId
    title: str
    old_kind: str | None
    new_kind: str | None
    old_original: str | None  # the headline or seed that it copies
    new_original: str | None
    old_coverage: float
    new_coverage: float


def version_in_force(connection: Connection) -> int:
    return int(scalar(connection, "select version from news.dedupe_version"))


_UNDECIDED = f"""
    select mine.document_id, mine.article_id, mine.seed_id,
           coalesce(canonical_url, '') as canonical_url, mine.outlet,
           coalesce(wording.title, article.title, '') as title,
           coalesce(wording.text, article.text, '') as text,
           article.language,
           coalesce(mine.revised_at, article.first_seen_at) as first_seen_at,
           mine.revised_at
    from news.fingerprint as mine
    left join news.article using (article_id)
    left join lateral ({WORDING}) as wording on true
    where not exists (
        select from news.fingerprint as done
        where done.algorithm = %(by)s
          and (done.article_id = mine.article_id or done.seed_id = mine.seed_id)
          and done.revised_at is not distinct from mine.revised_at
    )
"""


def undecided(
    connection: Connection, of: int, by: int, after: DocumentId, limit: int
) -> list[Undecided]:
    """What version `of` decided on and `by` did not, in order, after a document."""
    return rows.read(
        connection,
        Undecided,
        f"{_UNDECIDED} and mine.algorithm = %(of)s and mine.document_id > %(after)s"
        " order by mine.document_id limit %(limit)s",
        {"of": of, "by": by, "after": after, "limit": limit},
    )


def undecided_of(
    connection: Connection, by: int, article_id: ArticleId | None, seed_id: SeedId | None
) -> list[Undecided]:
    """Of one article or seed what an earlier version decided on and `by` did not, in order."""
    return rows.read(
        connection,
        Undecided,
        f"""
        select distinct on (revised_at) * from (
            {_UNDECIDED} and (mine.article_id = %(article_id)s or mine.seed_id = %(seed_id)s)
        ) as left_behind
        order by revised_at nulls first, document_id desc
        """,
        {"by": by, "article_id": article_id, "seed_id": seed_id},
    )


_BOTH = """
    from news.version_decision as old
    join news.version_decision as new using (article_id)
    where old.algorithm_version = %(old)s and new.algorithm_version = %(new)s
"""
_ORIGINAL_OR_COPY = f"""
    select distinct old.story_id {_BOTH}
      and old.story_id is not null and (old.kind is null) <> (new.kind is null)
"""
_ROLELESS_OR_MOVED = """
    select story_id from news.decision where role is null and story_id is not null
    union
    select unnest(array[story_id, from_story_id]) from news.story_change
    where kind = 'version' and changed_at = %(now)s
"""
_DECIDED = rows.columns(DecisionRow, but=("algorithm_version", "contains"))
_SWITCH = (
    f"""
    insert into news.version_decision (algorithm_version, decided_at, {rows.listed(_DECIDED)})
    select %(new)s, decided_at, {rows.listed(_DECIDED)}
    from news.version_decision where algorithm_version = %(old)s
    on conflict (article_id, algorithm_version) do nothing
    """,
    f"""
    update news.article set flagged_at = null
    where article_id in (
        select article_id {_BOTH} and old.kind is not null and new.kind is null
    )
    """,
    """
    update news.version_decision as new set
        story_id = old.story_id, story_similarity = old.story_similarity,
        story_terms = old.story_terms, story_version = old.story_version,
        role = case when (old.kind is null) = (new.kind is null) then old.role end,
        new_sentences = case
            when (old.kind is null) = (new.kind is null) then old.new_sentences else '{}'
        end
    from news.version_decision as old
    where old.article_id = new.article_id
      and old.algorithm_version = %(old)s and new.algorithm_version = %(new)s
    """,
    """
    update news.version_decision set
        story_id = null, story_similarity = null, story_terms = null, story_version = null,
        role = null,
        new_sentences = '{}'
    where algorithm_version = %(old)s
    """,
    """
    delete from news.version_decision as taken
    where algorithm_version = %(old)s and not exists (
        select from news.fingerprint
        where fingerprint.article_id = taken.article_id and algorithm = %(old)s
    )
    """,
    "update news.dedupe_version set version = %(new)s, since = %(now)s",
    """
    with moved as (
        select copy.article_id, original.story_id, copy.story_id as from_story_id
        from news.decision as copy
        join news.decision as original on original.article_id = copy.duplicate_of_article
        where original.story_id is distinct from copy.story_id
    ), noted as (
        insert into news.story_change
            (kind, story_id, from_story_id, article_ids, why, changed_at)
        select 'version', story_id, from_story_id, array_agg(article_id order by article_id),
               'version ' || %(new)s, %(now)s
        from moved group by story_id, from_story_id
    )
    update news.decision set story_id = moved.story_id, story_similarity = null, story_terms = null
    from moved where moved.article_id = decision.article_id
    """,
)


def switch(connection: Connection, old: int, new: int, now: datetime) -> list[StoryId]:
    """Put the decisions of `new` in force; a copy goes to the story of what it copies. What `new`
    has not decided on, since it failed at it, stays as `old` decided.

    Returns the stories that are not as they were: another article is an original there, or no
    original, or came or went.
    """
    publication.lock(connection)
    parameters = {"old": old, "new": new, "now": now}
    changed = rows.values(connection, _ORIGINAL_OR_COPY, parameters)
    for statement in _SWITCH:
        connection.execute(rows.query(statement), parameters)
    changed += rows.values(connection, _ROLELESS_OR_MOVED, parameters)
    totals.count_days(connection)
    totals.count_stories(connection, changed)
    return sorted(set(changed))


def texts_of_headlines(connection: Connection) -> list[ArticleId]:
    return rows.values(connection, "select article_id from news.decision where kind = 'revision'")


def decided_by(connection: Connection, version: int) -> int:
    statement = "select count(*) from news.version_decision where algorithm_version = %s"
    return int(rows.first_value(connection, statement, [version]))


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """How many articles two versions decide on in this way; the kind of an original is None."""

    old_kind: str | None
    new_kind: str | None
    same_original: bool
    articles: int


def kinds_of_both(connection: Connection, old: int, new: int) -> list[VersionComparison]:
    """What the versions decide, the most frequent first."""
    return rows.read(
        connection,
        VersionComparison,
        f"""
        select old.kind as old_kind, new.kind as new_kind,
               (old.duplicate_of_article, old.duplicate_of_seed)
                   is not distinct from (new.duplicate_of_article, new.duplicate_of_seed)
                   as same_original,
               count(*) as articles
        {_BOTH}
        group by old_kind, new_kind, same_original
        order by articles desc, old_kind, new_kind, same_original
        """,
        {"old": old, "new": new},
    )


def changes(connection: Connection, old: int, new: int, limit: int) -> list[Change]:
    """The first articles whose kind or original is another."""
    return rows.read(
        connection,
        Change,
        f"""
        select changed.article_id, article.title, old_kind, new_kind,
               coalesce(old_article.title, old_seed.name) as old_original,
               coalesce(new_article.title, new_seed.name) as new_original,
               old_coverage, new_coverage
        from (
            select article_id, old.kind as old_kind, new.kind as new_kind,
                   old.duplicate_of_article as old_article_id,
                   new.duplicate_of_article as new_article_id,
                   old.duplicate_of_seed as old_seed_id, new.duplicate_of_seed as new_seed_id,
                   old.coverage as old_coverage, new.coverage as new_coverage
            {_BOTH}
              and (old.kind, old.duplicate_of_article, old.duplicate_of_seed)
                  is distinct from (new.kind, new.duplicate_of_article, new.duplicate_of_seed)
            order by article_id limit %(limit)s
        ) as changed
        join news.article using (article_id)
        left join news.article as old_article on old_article.article_id = old_article_id
        left join news.article as new_article on new_article.article_id = new_article_id
        left join news.seed as old_seed on old_seed.seed_id = old_seed_id
        left join news.seed as new_seed on new_seed.seed_id = new_seed_id
        order by changed.article_id
        """,
        {"old": old, "new": new, "limit": limit},
    )
