"""What the stories of a batch have told already, and so the part of each article in its story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newswatch.models import ArticleId, DuplicateKind, SeedId, StoryId
from newswatch.store import stories
from newswatch.store.server.database import Connection
from newswatch.store.stories import MemberRow, RoleUpdate
from newswatch.stories.report import Report
from newswatch.stories.roles import KnownTerms, RoleInStory, known_terms, role_in_story
from newswatch.stories.rules import StoryRules
from newswatch.stories.terms import Frequencies


@dataclass(slots=True)
class _Earlier:
    """The latest originals of a story, the texts of headlines among them, and the first reprint of
    each seed.

    First and latest by id, not by order of decision: so they are those that the database gives the
    next batch.
    """

    originals: dict[ArticleId, Report] = field(default_factory=dict)
    reprints: dict[SeedId, tuple[ArticleId, Report]] = field(default_factory=dict)

    def add(self, article_id: ArticleId, seed_id: SeedId | None, report: Report, most: int) -> None:
        if seed_id is None:
            self.originals[article_id] = report
            if len(self.originals) > most:
                del self.originals[min(self.originals)]
        elif seed_id not in self.reprints or article_id < self.reprints[seed_id][0]:
            self.reprints[seed_id] = (article_id, report)

    def reports(self) -> list[tuple[ArticleId, Report]]:
        return [*self.originals.items(), *self.reprints.values()]


class RoleAssigner:
    """The stories that a batch touches, kept in step.

    A copy of an article tells what its original told. What its outlet put in beside that was shown
    to no reader, and stays new. Of a story's originals the `rules.latest` last
    ones are asked, so that the time for an article does not grow with its story.
    """

    def __init__(self, stored: Mapping[StoryId, Sequence[MemberRow]], rules: StoryRules) -> None:
        """`stored` are the members of the stories that were there before."""
        self._rules = rules
        self._earlier: dict[StoryId, _Earlier] = {}
        self._known_terms: dict[
            ArticleId, KnownTerms
        ] = {}  # of those that another was compared with
        for story_id, members in stored.items():
            earlier = self._earlier[story_id] = _Earlier()
            for row in members:
                report = Report(row.title, row.text, row.language)
                earlier.add(row.article_id, row.seed_id, report, rules.latest)

    def add(
        self, member: MemberRow, kind: DuplicateKind | None, frequencies: Frequencies
    ) -> RoleInStory:
        """The part of a story's next article, which then counts as an earlier one."""
        report = Report(member.title, member.text, member.language)
        if kind not in (None, "revision") and member.seed_id is None:
            return role_in_story(report, kind, (), frequencies, self._rules)
        earlier = self._earlier.setdefault(member.story_id, _Earlier())
        told = (
            []
            if kind is not None
            else [self._known_terms_of(*report_before) for report_before in earlier.reports()]
        )
        earlier.add(member.article_id, member.seed_id, report, self._rules.latest)
        return role_in_story(report, kind, told, frequencies, self._rules)

    def _known_terms_of(self, article_id: ArticleId, report: Report) -> KnownTerms:
        if article_id not in self._known_terms:
            self._known_terms[article_id] = known_terms(report, self._rules)
        return self._known_terms[article_id]


def recompute_roles(
    connection: Connection, story_ids: Iterable[StoryId], rules: StoryRules
) -> None:
    """Give all articles of these stories their parts anew, in the order they were decided on."""
    for story_id in story_ids:
        rows = stories.whole(connection, story_id)
        every = {
            term for row in rows for term in known_terms(Report(row.title, row.text), rules).terms
        }
        frequencies = Frequencies(*stories.rarities(connection, sorted(every)), rules.prior)
        role_assigner = RoleAssigner({}, rules)
        parts = [(row.article_id, role_assigner.add(row, row.kind, frequencies)) for row in rows]
        stories.set_roles(
            connection,
            [RoleUpdate(article, part.role, part.new_sentences) for article, part in parts],
        )
