"""Deciding on the documents of one batch, each seeing those before it, by one algorithm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newswatch.copies.candidates import COMMON, Postings, posted, signed, standing_text
from newswatch.copies.compare import SHORT, passages
from newswatch.copies.decide import Contained, Decision, Document, decide
from newswatch.copies.fingerprint import Fingerprint
from newswatch.models import ArticleId
from newswatch.stages.deduplicate.documents import Library, hashes_of
from newswatch.stages.deduplicate.role_assigner import RoleBook
from newswatch.stages.deduplicate.story_assigner import Membership, StoryBook
from newswatch.store import decisions, fingerprints
from newswatch.store.decisions import ContainmentRow, DecisionRow, Spans, Waiting
from newswatch.store.server.database import Connection
from newswatch.store.stories import MemberRow
from newswatch.stories.roles import Part
from newswatch.stories.similarity import Counts


@dataclass(frozen=True, slots=True, eq=False)
class Signed:
    """An article with what its decision needs, made outside the lock."""

    article: Waiting
    fingerprint: Fingerprint
    counts: Counts


class Desk:
    """The documents of a batch, and those they are compared with; what it adds is for `save`."""

    def __init__(
        self, connection: Connection, news: Mapping[int, Signed], book: StoryBook | None
    ) -> None:
        """`news` are the batch's articles by document id; without a `book` none joins a story."""
        self._connection = connection
        self._news = news
        self._book = book
        self._roles = RoleBook(connection, book.frequencies) if book else None
        self._library = Library(connection)
        self._postings = Postings(_stored_postings(connection, news))
        self._same = _same_text_or_title(connection, news)
        self._library.read(
            other
            for document_id in news
            for other in self._candidates(document_id)
            if other not in news
        )
        self._new_postings: list[tuple[int, int]] = []

    def row(self, document_id: int) -> DecisionRow:
        """Decide, and let the decision count for the documents after this one."""
        one = self._news[document_id]
        article = one.article
        new = Document(
            document_id, one.fingerprint, article.outlet, article.title, article.first_seen_at
        )
        decision = self._decide(new)
        story = self._story(article, decision)
        self._library.decided(new, article.article_id, decision.of, story.story_id)
        self._post(new, decision)
        part = self._part(article, decision, story)
        return self._row(new, article, decision, story, part)

    def post_wording(self, document_id: int) -> None:
        """Let a later wording of an article be found, less what the documents that it copies hold:
        a text that many outlets put in place of their own is posted once."""
        one = self._news[document_id]
        article = one.article
        new = Document(
            document_id, one.fingerprint, article.outlet, article.title, article.first_seen_at
        )
        self._post(new, self._decide(new))

    def save(self) -> None:
        """Write what the decisions add beside themselves."""
        fingerprints.insert_postings(self._connection, self._new_postings)
        if self._book is not None:
            self._book.save()

    def _candidates(self, document_id: int) -> list[int]:
        sketch = signed(self._news[document_id].fingerprint.sketch)
        return sorted({*self._postings.find(sketch), *self._same.get(document_id, ())})

    def _decide(self, new: Document) -> Decision:
        candidates = self._library.with_kin(self._candidates(new.document_id))
        decision = decide(new, candidates)
        if decision.kind in ("exact", "revision") or decision.via is None or not new.outlet:
            return decision
        found = [decision.via, *(held.document_id for held in decision.contains)]
        if all(self._library.get(one).document.outlet != new.outlet for one in found):
            return decision
        standing = standing_text(self._library.recent_grams(new))
        return decide(new, candidates, standing) if standing.size else decision

    def _story(self, article: Waiting, decision: Decision) -> Membership:
        """A copy's story is that of what it copies."""
        if self._book is None:
            return Membership(None)
        for document_id in (decision.of, decision.via):
            if document_id is not None and decision.kind is not None:
                story_id = self._library.get(document_id).story_id
                if story_id is not None and decision.kind == "revision":
                    return self._book.join_revision(story_id, article)
                if story_id is not None:
                    return self._book.join_copy(story_id, article.first_seen_at)
        return self._book.assign(article)

    def _part(self, article: Waiting, decision: Decision, story: Membership) -> Part | None:
        if self._roles is None or story.story_id is None:
            return None
        if story.begun:
            self._roles.begin(story.story_id)
        seed_id = None if decision.of is None else self._library.get(decision.of).seed_id
        member = MemberRow(
            article.article_id, seed_id, article.title, article.text, article.language
        )
        return self._roles.add(story.story_id, member, decision.kind)

    def _post(self, new: Document, decision: Decision) -> None:
        copied = {decision.of, decision.via} if decision.kind is not None else set()
        documents = self._library.documents(sorted(one for one in copied if one is not None))
        hashes = posted(new.fingerprint, [document.fingerprint for document in documents])
        self._postings.add(new.document_id, hashes)
        self._new_postings += [(hash_, new.document_id) for hash_ in hashes]

    def _row(
        self,
        new: Document,
        article: Waiting,
        decision: Decision,
        story: Membership,
        part: Part | None,
    ) -> DecisionRow:
        original = None if decision.of is None else self._library.get(decision.of)
        compared = None if decision.via is None else self._library.get(decision.via)
        return DecisionRow(
            article_id=ArticleId(article.article_id),
            kind=decision.kind,
            duplicate_of_article=original.article_id if original else None,
            duplicate_of_seed=original.seed_id if original else None,
            compared_with_article=compared.article_id if compared else None,
            compared_with_seed=compared.seed_id if compared else None,
            coverage=decision.coverage,
            coverage_of_original=decision.coverage_of_original,
            jaccard=decision.jaccard,
            passages=[] if decision.via is None else self._passages(decision.via, article),
            reason=decision.reason,
            contains=self._edges(decision, article),
            algorithm_version=new.fingerprint.algorithm.version,
            story_id=story.story_id,
            story_similarity=story.similarity,
            story_terms=dict(story.terms) if story.terms else None,
            role=part.role if part else None,
            new_sentences=part.new_sentences if part else (),
        )

    def _passages(self, document_id: int, article: Waiting) -> list[Spans]:
        """The longest that the article shares with an earlier document."""
        earlier = decisions.text_of(self._connection, document_id)
        return [
            (span.start_a, span.end_a, span.start_b, span.end_b)
            for span in passages(earlier, article.text)
        ]

    def _edges(self, decision: Decision, article: Waiting) -> list[ContainmentRow]:
        """What it contains, by the first document of each article: later ones are replaced."""
        most: dict[int, Contained] = {}
        for held in decision.contains:
            document_id = self._library.get(held.document_id).document.first_id or held.document_id
            if document_id not in most or held.coverage > most[document_id].coverage:
                most[document_id] = held
        return [
            ContainmentRow(
                document_id,
                held.coverage,
                held.coverage_of_longer,
                held.jaccard,
                self._passages(held.document_id, article),
                held.reason,
            )
            for document_id, held in sorted(most.items())
        ]


def _stored_postings(
    connection: Connection, news: Mapping[int, Signed]
) -> dict[int, list[int] | None]:
    hashes = [hash_ for one in news.values() for hash_ in signed(one.fingerprint.sketch)]
    return fingerprints.holders(connection, hashes, COMMON)


def _same_text_or_title(connection: Connection, news: Mapping[int, Signed]) -> dict[int, list[int]]:
    """The earlier documents with equal words, or with an equal headline: for a short one those of
    any outlet, for a longer one those of its own."""
    texts: dict[int, int] = {}
    titles: dict[int, int] = {}
    own_titles: dict[int, int] = {}
    for document_id, one in news.items():
        text_hash, title_hash = hashes_of(one.fingerprint)
        if one.fingerprint.words:
            texts[document_id] = text_hash
        if title_hash:
            by_title = titles if len(one.fingerprint.grams) < SHORT else own_titles
            by_title[document_id] = title_hash
    found: dict[int, list[int]] = {}
    for document_id, other in fingerprints.same_text_or_title(
        connection, texts, titles, own_titles
    ):
        found.setdefault(document_id, []).append(other)
    return found
