"""Stories that people merge and split; both keep what was where until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newswatch.errors import InputError
from newswatch.models import ArticleId, SeedId, StoryId
from newswatch.stages.deduplicate.role_assigner import recompute_roles
from newswatch.stages.deduplicate.story_assigner import stored_strands
from newswatch.stages.deduplicate.story_rules import story_rules_set
from newswatch.stages.job import Work
from newswatch.store import fingerprints, stories, story_changes
from newswatch.store.server.database import Connection
from newswatch.store.stories import Beginning, MemberRow, StoryMember, StoryRow, StoryUpdate
from newswatch.store.story_changes import PlacedArticle, StoryChange, StoryHead
from newswatch.stories.report import Report
from newswatch.stories.rules import StoryRules
from newswatch.stories.similarity import Story, counts_of, join, profile_of
from newswatch.stories.terms import Frequencies


def merge(work: Work, story_id: StoryId, other_id: StoryId, why: str = "") -> StoryId:
    """Put the articles of both stories into the older one, whose id is given back."""
    with work.connection.transaction():
        fingerprints.lock_decisions(work.connection)
        for wanted_id in (story_id, other_id):
            living(work.connection, wanted_id)
        if story_id == other_id:
            raise InputError(
                f"story {story_id} cannot be merged with itself", mend="name two stories"
            )
        kept, gone = min(story_id, other_id), max(story_id, other_id)
        articles = tuple(row.article_id for row in story_changes.placed(work.connection, gone))
        change = StoryChange("merge", kept, gone, articles, why, work.now)
        story_changes.move(work.connection, change)
        story_changes.merge_away(work.connection, gone, kept)
        rebuild(work.connection, [kept, gone], story_rules_set(work.settings))
    return kept


def split(
    work: Work, story_id: StoryId, article_ids: Sequence[ArticleId], why: str = ""
) -> StoryId:
    """Move these articles, and all that copies them, from the story to a new one: its id."""
    with work.connection.transaction():
        fingerprints.lock_decisions(work.connection)
        living(work.connection, story_id)
        rows = story_changes.placed(work.connection, story_id)
        moved = _with_copies(rows, story_id, article_ids)
        (new_id,) = stories.reserve_ids(work.connection, 1)
        begun = StoryUpdate(StoryRow(new_id, {}, work.now), [], 0, Beginning("", work.now))
        stories.save_stories(work.connection, [begun])
        change = StoryChange("split", new_id, story_id, moved, why, work.now)
        story_changes.move(work.connection, change)
        rebuild(work.connection, [story_id, new_id], story_rules_set(work.settings))
    return new_id


def living(connection: Connection, story_id: StoryId) -> StoryHead:
    """Raises `InputError` if there is no such story, or it was merged away."""
    found = story_changes.head(connection, story_id)
    if found is None:
        raise InputError(f"there is no story {story_id}", mend="give a story_id of analyst.story")
    if found.merged_into is not None:
        raise InputError(
            f"story {story_id} was merged away", mend=f"it is story {found.merged_into} now"
        )
    return found


def rebuild(connection: Connection, story_ids: Iterable[StoryId], rules: StoryRules) -> None:
    """Make stories anew of the articles that they have: what they are found by, their roles."""
    for story_id in story_ids:
        story = _made_of(connection, story_id, rules)
        head = story_changes.head(connection, story_id)
        if head is None:
            raise LookupError(f"story {story_id}")
        row = StoryRow(story_id, stored_strands(story.strands), head.last_seen_at)
        stories.save_stories(connection, [StoryUpdate(row, sorted(story.found_by(rules)), 0)])
        story_changes.count_again(connection, story_id)
        recompute_roles(connection, [story_id], rules)


def _made_of(connection: Connection, story_id: StoryId, rules: StoryRules) -> Story:
    story = Story(story_id, {}, None)
    rows = _telling(stories.whole(connection, story_id))
    every = [counts_of(Report(row.title, row.text, row.language), rules) for row in rows]
    keys = sorted({key for counts in every for key in counts.keys()})  # noqa: SIM118
    frequencies = Frequencies(*stories.rarities(connection, keys), rules.prior)
    for counts in every:
        join(story, counts.language or "", profile_of(counts, frequencies), None)
    return story


def _telling(rows: Iterable[StoryMember]) -> list[MemberRow]:
    """The originals with the texts of headlines, and of each seed the first reprint: what was told,
    each once."""
    seeds: set[SeedId] = set()
    telling: list[MemberRow] = []
    for row in rows:
        if row.kind in (None, "revision") or (row.seed_id is not None and row.seed_id not in seeds):
            telling.append(row)
        if row.seed_id is not None:
            seeds.add(row.seed_id)
    return telling


def _with_copies(
    rows: Sequence[PlacedArticle], story_id: StoryId, wanted: Sequence[ArticleId]
) -> tuple[ArticleId, ...]:
    """The wanted articles with their copies; with a reprint go all reprints of its seed."""
    by_id = {row.article_id: row for row in rows}
    for article_id in wanted:
        if article_id not in by_id:
            raise InputError(
                f"article {article_id} is not in story {story_id}",
                mend=f"`newswatch story show {story_id}` lists those that are",
            )
        original = by_id[article_id].duplicate_of_article
        if original is not None and original not in wanted:
            raise InputError(
                f"article {article_id} copies article {original}",
                mend=f"name {original}: its copies go with it",
            )
    moved = set(wanted)
    seeds = {by_id[article_id].duplicate_of_seed for article_id in wanted} - {None}
    moved |= {row.article_id for row in rows if row.duplicate_of_seed in seeds}
    while more := {row.article_id for row in rows if row.duplicate_of_article in moved} - moved:
        moved |= more
    if not moved:
        raise InputError("no article to split off", mend="name one or more")
    if len(moved) == len(rows):
        raise InputError(
            f"nothing would be left of story {story_id}", mend="name some of its articles, not all"
        )
    return tuple(sorted(moved))
