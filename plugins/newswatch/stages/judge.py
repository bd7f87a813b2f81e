"""What a person says of a decision, checked against what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from newswatch.errors import InputError
from newswatch.models import Judgement, Verdict
from newswatch.stages.flag.own import flags_of_text
from newswatch.stages.job import Work
from newswatch.store import judgements, story_changes
from newswatch.store.judgements import DecidedArticle, JudgedArticle
from newswatch.store.readers import KnownReader
from newswatch.topics.load import Topic
from newswatch.topics.match import Matcher

OF_DECIDED: tuple[Verdict, ...] = ("right", "wrong")
OF_NO_FLAG: tuple[Verdict, ...] = ("absent", "unsure")  # beside missed


def judge(work: Work, judgement: Judgement) -> None:
    """Keep the judgement. Raises `InputError` if there is nothing that it could be about."""
    on = _decided(work, judgement)
    if judgement.subject == "copy" and judgement.verdict != "missed":
        judgement = replace(judgement, original_id=on.original_id)
    with work.connection.transaction():
        judgements.save(work.connection, judgement, on, work.now)


def take_back(work: Work, judgement: Judgement) -> None:
    """Nothing is said of it any more. Raises `InputError` if nothing was."""
    if not judgements.take_back(work.connection, judgement, work.now):
        raise InputError(
            f"nobody has judged that of article {judgement.article_id}",
            mend="analyst.judgement has what was judged",
        )


def leave_to_others(work: Work, judgement: Judgement) -> None:
    """Raises `InputError` if somebody else has judged the same thing, whom who asks does not
    overrule."""
    if judgements.judged_by(work.connection, judgement) not in (None, judgement.judged_by):
        raise InputError(
            f"that of article {judgement.article_id} is judged already",
            mend="write to those who run this, if it is judged wrongly",
        )


def name_of_reader(reader: KnownReader) -> str:
    """As it stands beside what they judge: whoever may read that need not read an address."""
    return f"reader {reader.reader_id}" if "@" in reader.name else f"{reader.name} (reader)"


def _decided(work: Work, judgement: Judgement) -> DecidedArticle:
    article_id = judgement.article_id
    on = judgements.decided(work.connection, article_id, judgement.topic)
    if on is None:
        raise InputError(
            f"there is no article {article_id}", mend="give an article_id of analyst.article"
        )
    if judgement.topic is not None:
        known = judgements.topics(work.connection)
        if judgement.topic not in known:
            raise InputError(
                f"no topic {judgement.topic!r} has flagged anything",
                mend=f"known: {', '.join(known) or 'none'}",
            )
    was_decided, words = _claimed(work, judgement, on)
    if judgement.subject != "flag" and judgement.verdict in OF_NO_FLAG:
        raise InputError(
            f"{judgement.verdict} is said of flags only", mend="say missed, or nothing"
        )
    if was_decided and judgement.verdict not in OF_DECIDED:
        raise InputError(f"article {article_id} {words}", mend="say right or wrong of it")
    if not was_decided and judgement.verdict in OF_DECIDED:
        mend = "say missed, absent or unsure" if judgement.subject == "flag" else "say missed"
        raise InputError(f"it is not so that article {article_id} {words}", mend=mend)
    return on


def _claimed(work: Work, judgement: Judgement, on: DecidedArticle) -> tuple[bool, str]:
    """Whether what is judged was decided so, and in words what that is."""
    match judgement.subject:
        case "flag":
            if judgement.topic is None:
                raise InputError("it is not said of which topic", mend="name a topic")
            return on.rule is not None, f"is flagged for {judgement.topic}"
        case "story":
            if judgement.story_id is None or not story_changes.head(
                work.connection, judgement.story_id
            ):
                raise InputError(
                    f"there is no story {judgement.story_id}",
                    mend="give a story_id of analyst.story",
                )
            return on.story_id == judgement.story_id, f"is in story {judgement.story_id}"
        case "copy":
            if judgement.verdict == "missed" and judgement.original_id is None:
                raise InputError("a missed copy is one of something", mend="name its original")
            return on.is_copy, "is a copy"
        case unreachable:
            assert_never(unreachable)


@dataclass(frozen=True, slots=True)
class BrokenJudgement:
    """A judged article that the topics, as they are now, decide otherwise; `rule` flags it."""

    article: JudgedArticle
    rule: str | None


def broken(topics: Sequence[Topic], judged: Sequence[JudgedArticle]) -> Iterator[BrokenJudgement]:
    """The judged articles as tests of the topics: what is right or was missed must be flagged, what
    is wrong or rightly absent must not be."""
    by_id = {topic.topic_id: topic for topic in topics}
    matchers = {name: Matcher([topic]) for name, topic in by_id.items()}
    for article in judged:
        if article.topic not in matchers:
            continue
        found = flags_of_text(matchers[article.topic], article)
        if bool(found) != article.must_flag:
            yield BrokenJudgement(article, found[0].rule if found else None)
