"""The flags of an article: an original's, or those that a copy raises by what its outlet put in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newswatch.copies.facts import without_points
from newswatch.models import ArticleId, Flag
from newswatch.store import flags
from newswatch.store.flags import FlaggableArticle
from newswatch.store.revisions import Revision
from newswatch.store.server.database import Connection
from newswatch.text.sentences import sentences_of
from newswatch.topics.facts import Facts
from newswatch.topics.match import Matcher, TopicReading

Topics = Mapping[ArticleId, Collection[str]]


@dataclass(frozen=True, slots=True)
class Matched:
    """An article with what the topics say of it, whatever they say of its original."""

    article: FlaggableArticle
    found: Sequence[Flag]

    @property
    def article_id(self) -> ArticleId:
        return self.article.article_id

    @property
    def title(self) -> str:
        return self.article.title


def matched(matcher: Matcher, article: FlaggableArticle) -> Matched:
    return Matched(article, flags_of(matcher, article))


def topics_of_originals(connection: Connection, batch: Sequence[FlaggableArticle]) -> Topics:
    """The topics in force of what the copies among these articles copy."""
    return flags.topics_in_force(connection, originals_of(batch))


def originals_of(batch: Sequence[FlaggableArticle]) -> list[ArticleId]:
    """What the copies among these articles copy."""
    return sorted({article.original_id for article in batch if article.original_id is not None})


def flags_of(matcher: Matcher, article: FlaggableArticle) -> list[Flag]:
    """What the topics say of the article. A copy has the flags of its original by being its copy;
    its own are those that the text which it repeats has not: by its headline, or by sentences that
    its outlet put in."""
    found = flags_of_text(matcher, article)
    if article.is_original or not found:
        return found
    repeated = {
        flag.topic
        for flag in matcher.match("", _repeated(article), article.language, facts=facts_of(article))
    }
    return [flag for flag in found if flag.topic not in repeated]


def flags_of_text(matcher: Matcher, article: FlaggableArticle | Revision) -> list[Flag]:
    """What the topics say of all its words, whatever it copies."""
    return matcher.match(
        article.title,
        article.text,
        article.language,
        subtitle=article.subtitle or "",
        facts=facts_of(article),
    )


def readings_of(matcher: Matcher, article: flags.FlaggableArticle) -> Iterator[TopicReading]:
    """What stands in the article of each of the topics of which something does."""
    return matcher.readings(
        article.title,
        article.text,
        article.language,
        subtitle=article.subtitle or "",
        facts=facts_of(article),
    )


def facts_of(article: FlaggableArticle | Revision) -> Facts:
    """What conditions of topics ask."""
    return Facts(
        outlet=article.outlet,
        country=article.country,
        language=article.language,
        kind=article.page_kind,
        section=article.section,
        agency=article.agency,
        words=article.word_count,
        is_original=article.is_original,
    )


def beyond_original(
    article: FlaggableArticle, found: Sequence[Flag], of_originals: Topics
) -> list[Flag]:
    """Those of its flags that its original has not."""
    known = of_originals.get(article.original_id, ()) if article.original_id else ()
    return [flag for flag in found if flag.topic not in known]


def _repeated(article: FlaggableArticle) -> str:
    added = set(article.added)
    return "\n".join(
        sentence for sentence in sentences_of(without_points(article.text)) if sentence not in added
    )
