"""What a developing entry tells that its reader was not told yet, in whatever stored story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newswatch.copies.renumbered import renumbered
from newswatch.copies.wording import Wording
from newswatch.digest.edition import EventReports
from newswatch.models import ArticleId, FlaggedArticle
from newswatch.store import stories
from newswatch.store.edition_entries import WindowReport
from newswatch.store.edition_material import ToldReport
from newswatch.store.server.database import Connection
from newswatch.stories.report import Report
from newswatch.stories.roles import known_terms, role_in_story
from newswatch.stories.rules import StoryRules
from newswatch.stories.terms import Frequencies


@dataclass(frozen=True, slots=True)
class New:
    """The first sentence that tells what was not told, and what was told in place of its number."""

    sentence: str
    number_before: str = ""


@dataclass(frozen=True, slots=True)
class Untold:
    """A report, the sentences of it that name a topic, and whether its headline or lead does."""

    report: Report
    named: frozenset[str] = frozenset()
    is_about_topic: bool = True


def with_news(
    connection: Connection,
    articles: Sequence[FlaggedArticle],
    reports: Mapping[ArticleId, WindowReport],
    events: Sequence[EventReports],
    told: Sequence[ToldReport],
    rules: StoryRules,
) -> list[FlaggedArticle]:
    """The articles with what is new in them; `told` are the reports that their reader was told of,
    of the stories of the events."""
    found: dict[ArticleId, New | None] = {}
    to_tell = _to_tell(articles)
    for event in events:
        before = [_report(each) for each in told if each.story_id in event.story_ids]
        if not before:
            continue
        own = [reports[number] for number in event.article_ids & to_tell.keys()]
        own.sort(key=lambda report: (report.seen_at, report.article_id))
        after = [Untold(_report(each), *to_tell[each.article_id]) for each in own]
        frequencies = _frequencies(connection, [each.report for each in after], rules)
        news = news_of(before, after, frequencies, rules)
        found |= zip((report.article_id for report in own), news, strict=True)
    return [
        replace(article, new_sentence=new.sentence, number_before=new.number_before)
        if (new := found.get(article.article_id))
        else article
        for article in articles
    ]


def news_of(
    told: Sequence[Report], reports: Sequence[Untold], frequencies: Frequencies, rules: StoryRules
) -> list[New | None]:
    """What each of the reports, in their order, tells beyond what was told and the reports before
    it. A changed number goes before a new sentence, one that names the topic before another: of
    what is mostly about something else that alone is new of the topic."""
    before = [*told]
    known = [known_terms(report, rules) for report in told]
    found: list[New | None] = []
    for each in reports:
        new = _changed(before, each.report)
        if new is None:
            part = role_in_story(each.report, None, known, frequencies, rules)
            new = _chosen(part.new_sentences, each)
        found.append(new)
        before.append(each.report)
        known.append(known_terms(each.report, rules))
    return found


def _chosen(new_sentences: Sequence[str], each: Untold) -> New | None:
    naming = [
        sentence
        for sentence in new_sentences
        if any(named in sentence or sentence in named for named in each.named)
    ]
    sentences = naming or (new_sentences if each.is_about_topic else ())
    return New(sentences[0]) if sentences else None


def _to_tell(articles: Sequence[FlaggedArticle]) -> dict[ArticleId, tuple[frozenset[str], bool]]:
    """Of each the sentences that name a topic, and whether one stands in its headline or lead."""
    found: dict[ArticleId, tuple[frozenset[str], bool]] = {}
    for article in articles:
        named, is_about = found.get(article.article_id, (frozenset[str](), False))
        found[article.article_id] = (
            named.union(mention.sentence for mention in article.mentions),
            is_about or article.salience in ("headline", "lead"),
        )
    return found


def _frequencies(
    connection: Connection, reports: Sequence[Report], rules: StoryRules
) -> Frequencies:
    terms = frozenset[str]().union(*(known_terms(report, rules).terms for report in reports))
    return Frequencies(*stories.rarities(connection, sorted(terms)), rules.prior)


def _report(row: ToldReport | WindowReport) -> Report:
    return Report(row.title, row.text, row.language)


def _changed(before: Sequence[Report], report: Report) -> New | None:
    same = [earlier for earlier in before if earlier.language == report.language]
    changed = renumbered([_wording(earlier) for earlier in same], _wording(report))
    return New(changed.sentence, changed.before) if changed else None


def _wording(report: Report) -> Wording:
    return Wording(report.title, report.text, report.language)
