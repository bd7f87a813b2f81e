"""The archive in memory: for lines of a file, tests and benchmarks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newswatch.copies.candidates import posted
from newswatch.copies.rules import Rules
from newswatch.copies.seeds import Seed
from newswatch.models import ArticleId, DocumentId, SeedId, StoryId
from newswatch.stages.deduplicate.archive import BatchResult
from newswatch.stages.deduplicate.batch import Prepared
from newswatch.stages.deduplicate.documents import to_store
from newswatch.store.candidates import EarlierArticle, Likeness, OwnTitle
from newswatch.store.decisions import DecisionRow, Waiting, WordingRow
from newswatch.store.fingerprints import FingerprintRow, NewFingerprint
from newswatch.store.stories import MemberRow, StoryRow

_SAME_TEXTS, _SAME_TITLES, _OWN_TITLES = 3, 5, 20  # as many as the database is asked for


class MemoryArchive:
    """Seeds and articles with their decisions. It has no later wordings of articles."""

    def __init__(self, originals: int = 0, terms: Mapping[str, int] | None = None) -> None:
        """Of how many `originals` before it the terms were counted, and in how many each stood."""
        self._fingerprints: dict[DocumentId, NewFingerprint] = {}
        self._articles: dict[ArticleId, Waiting] = {}
        self._seeds: dict[SeedId, Seed] = {}
        self._document_of: dict[tuple[ArticleId | None, SeedId | None], DocumentId] = {}
        self._decisions: dict[ArticleId, DecisionRow] = {}
        self._postings: defaultdict[int, list[DocumentId]] = defaultdict(list)
        self._by_text: defaultdict[int, list[DocumentId]] = defaultdict(list)
        self._by_title: defaultdict[int, list[DocumentId]] = defaultdict(list)
        self._by_outlet: defaultdict[str, list[DocumentId]] = defaultdict(list)
        self._stories: dict[StoryId, StoryRow] = {}
        self._found_by: dict[StoryId, Sequence[str]] = {}
        self._by_term: defaultdict[str, set[StoryId]] = defaultdict(set)
        self._members: defaultdict[StoryId, list[ArticleId]] = defaultdict(list)
        self._reprints: dict[SeedId, ArticleId] = {}  # the first copy of each seed
        self._terms: Counter[str] = Counter(terms or {})
        self._telling = originals
        self._last_story = 0

    # --- what is put in

    def add_seed(self, seed: Seed, rules: Rules) -> SeedId:
        seed_id = SeedId(len(self._seeds) + 1)
        self._seeds[seed_id] = seed
        fingerprint = seed.fingerprint.under(rules)
        document_id = self._add(to_store(fingerprint, seed.outlet or "", seed_id=seed_id))
        for hash_ in posted(fingerprint):
            self._postings[hash_].append(document_id)
        return seed_id

    def add_articles(self, batch: Iterable[Prepared]) -> dict[DocumentId, Prepared]:
        """Articles that are to be decided on next, by the document ids that they get."""
        added: dict[DocumentId, Prepared] = {}
        for prepared in batch:
            article = prepared.article
            self._articles[article.article_id] = article
            row = to_store(prepared.fingerprint, article.outlet, article_id=article.article_id)
            added[self._add(row)] = prepared
        return added

    def save(self, result: BatchResult) -> None:
        for hash_, document_id in result.postings:
            self._postings[hash_].append(document_id)
        for update in result.stories:
            story_id = update.row.story_id
            self._stories[story_id] = update.row
            for term in self._found_by.get(story_id, ()):
                self._by_term[term].discard(story_id)
            for term in update.best_terms:
                self._by_term[term].add(story_id)
            self._found_by[story_id] = update.best_terms
        self._terms.update(result.term_counts)
        self._telling += result.telling
        for row in result.decisions:
            self._decisions[row.article_id] = row
            if row.story_id is not None:
                self._members[row.story_id].append(row.article_id)
            if row.duplicate_of_seed is not None:
                self._reprints.setdefault(row.duplicate_of_seed, row.article_id)

    def _add(self, row: NewFingerprint) -> DocumentId:
        document_id = DocumentId(len(self._fingerprints) + 1)
        self._fingerprints[document_id] = row
        self._document_of[row.article_id, row.seed_id] = document_id
        self._by_text[row.text_hash].append(document_id)
        if row.title_hash:
            self._by_title[row.title_hash].append(document_id)
        if row.article_id is not None:
            self._by_outlet[row.outlet].append(document_id)
        return document_id

    # --- what is asked

    def documents(self, document_ids: Sequence[DocumentId]) -> list[FingerprintRow]:
        return [
            self._document(document_id)
            for document_id in sorted(document_ids)
            if document_id in self._fingerprints
        ]

    def _document(self, document_id: DocumentId) -> FingerprintRow:
        row = self._fingerprints[document_id]
        article = None if row.article_id is None else self._articles[row.article_id]
        decision = None if row.article_id is None else self._decisions.get(row.article_id)
        if row.seed_id is not None and row.seed_id in self._reprints:
            story_id = self._decisions[self._reprints[row.seed_id]].story_id
        else:
            story_id = decision.story_id if decision else None
        original = (
            (decision.duplicate_of_article, decision.duplicate_of_seed)
            if decision is not None
            else (None, None)
        )
        return FingerprintRow(
            document_id,
            row.article_id,
            row.seed_id,
            row.algorithm,
            row.grams,
            row.numbers,
            row.words,
            row.text_hash,
            row.title_hash,
            row.outlet,
            article.title if article else self._seeds[_known(row.seed_id)].name,
            article.first_seen_at if article else None,
            self._document_of.get(original),
            story_id,
            revised_at=None,
            first_id=None,
            later_ids=(),
        )

    def wordings(self, document_ids: Sequence[DocumentId]) -> list[WordingRow]:
        found: list[WordingRow] = []
        for document_id in document_ids:
            row = self._fingerprints.get(document_id)
            if row is not None and row.article_id is not None:
                article = self._articles[row.article_id]
                found.append(
                    WordingRow(
                        document_id, article.title, article.text, article.language, row.outlet
                    )
                )
            elif row is not None and (seed := self._seeds[_known(row.seed_id)]).text is not None:
                found.append(WordingRow(document_id, "", seed.text, seed.language, row.outlet))
        return found

    def holders(
        self, hashes: Sequence[int], most: int
    ) -> Mapping[int, Sequence[DocumentId] | None]:
        held = {hash_: self._postings[hash_] for hash_ in hashes if hash_ in self._postings}
        return {
            hash_: documents if len(documents) <= most else None
            for hash_, documents in held.items()
        }

    def like(
        self,
        texts: Mapping[DocumentId, int],
        titles: Mapping[DocumentId, int],
        own_titles: Mapping[DocumentId, OwnTitle],
    ) -> list[Likeness]:
        found: list[Likeness] = []
        for document_id, hash_ in texts.items():
            earlier = _before(self._by_text.get(hash_, []), document_id)[:_SAME_TEXTS]
            found += [Likeness(document_id, other) for other in earlier]
        for document_id, hash_ in titles.items():
            earlier = _before(self._by_title.get(hash_, []), document_id)[-_SAME_TITLES:]
            found += [Likeness(document_id, other) for other in earlier]
        for document_id, own in own_titles.items():
            earlier = _before(self._by_title.get(own.title_hash, []), document_id)[-_OWN_TITLES:]
            found += [
                Likeness(document_id, other)
                for other in earlier
                if self._fingerprints[other].outlet == own.outlet
            ]
        return found

    def recent_of_outlet(
        self, outlet: str, algorithm: int, before: DocumentId, most: int
    ) -> list[EarlierArticle]:
        recent = [
            (document_id, self._fingerprints[document_id])
            for document_id in _before(self._by_outlet.get(outlet, []), before)
        ]
        return [
            EarlierArticle(document_id, row.title_hash, row.grams)
            for document_id, row in reversed(recent)
            if row.algorithm == algorithm
        ][:most]

    def rarities(self, terms: Sequence[str]) -> tuple[int, Mapping[str, int]]:
        return self._telling, {term: self._terms[term] for term in terms if term in self._terms}

    def stories_found_by(self, terms: Iterable[str], most: int) -> Mapping[str, Sequence[StoryId]]:
        return {
            term: sorted(stories, reverse=True)[:most]
            for term in terms
            if (stories := self._by_term.get(term))
        }

    def stories(self, story_ids: Sequence[StoryId]) -> list[StoryRow]:
        return [self._stories[known] for known in sorted(story_ids) if known in self._stories]

    def members(
        self, story_ids: Sequence[StoryId], most: int
    ) -> Mapping[StoryId, Sequence[MemberRow]]:
        return {story_id: self._members_of(story_id, most) for story_id in story_ids}

    def _members_of(self, story_id: StoryId, most: int) -> list[MemberRow]:
        rows = [self._decisions[article_id] for article_id in sorted(self._members[story_id])]
        told = [row.article_id for row in rows if row.kind in (None, "revision")]
        found: dict[ArticleId, SeedId | None] = dict.fromkeys(told[-most:])
        seeds: set[SeedId] = set()
        for row in rows:
            if row.duplicate_of_seed is not None and row.duplicate_of_seed not in seeds:
                seeds.add(row.duplicate_of_seed)
                found[row.article_id] = row.duplicate_of_seed
        return [
            MemberRow(story_id, article_id, seed_id, article.title, article.text, article.language)
            for article_id, seed_id in sorted(found.items())
            for article in [self._articles[article_id]]
        ]

    def new_story_ids(self, count: int) -> Sequence[StoryId]:
        first = self._last_story + 1
        self._last_story += count
        return [StoryId(number) for number in range(first, first + count)]


def _before(document_ids: Sequence[DocumentId], end: DocumentId) -> Sequence[DocumentId]:
    return document_ids[: bisect_left(document_ids, end)]


def _known(seed_id: SeedId | None) -> SeedId:
    if seed_id is None:
        raise LookupError("a document of neither article nor seed")
    return seed_id
