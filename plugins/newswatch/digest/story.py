"""One event as a reader is shown it: which headline, which sentence, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import chain

from newswatch.digest.edition import Carried, Development, EventReports, Material, Quote, ShownStory
from newswatch.digest.quoting import evidence_of, named_in_title, repeats
from newswatch.digest.ranking import SALIENCE, salience_in_brief
from newswatch.digest.subscribers import Subscriber
from newswatch.models import FlaggedArticle, Salience, StoryFacts, StoryId
from newswatch.text.excerpt import beginning
from newswatch.text.language import name_of

DEVELOPMENT_LENGTH = 160  # characters of its sentence
TITLE_LENGTH = 180


def story_of(
    reader: Subscriber,
    event: EventReports,
    articles: Sequence[FlaggedArticle],
    stories: Sequence[StoryFacts],
    material: Material,
) -> ShownStory:
    """`articles` stand once for each of their topics; `stories` are those that the event has most
    reports of."""
    by_strength = sorted(articles, key=_strength)
    face = min(by_strength, key=lambda article: _as_face(article, reader))
    story_ids = event.story_ids | {article.story_id for article in articles}
    told = event.is_told
    if told is None:
        told = not story_ids.isdisjoint({known.story_id for known in material.known})
    headline = headline_of(face)
    title = beginning(headline, TITLE_LENGTH)
    quote = _quote(face, headline, by_strength, reader)
    developments = _developments(articles, face, headline, quote, reader) if told else []
    outlets = {article.outlet for article in articles}.union(*(own.outlets for own in stories))
    before = set(chain.from_iterable(material.outlets_before.get(own, ()) for own in story_ids))
    seen = [article.seen_at for article in articles]
    called = beginning(_called(event, face, story_ids, material), TITLE_LENGTH)
    return ShownStory(
        state="developing" if told else "new",
        story_id=face.story_id,
        article_id=face.article_id,
        title=title,
        name=named_in_title(face, title) if quote is None else None,
        url=face.url,
        language=face.language,
        foreign=_foreign(face.language, reader),
        translation=_translation(title, face.language, reader, material),
        called="" if repeats(called, title) else called,
        outlets=(face.outlet, *sorted(outlets - {face.outlet})),
        new_outlets=len(outlets - before) if told else 0,
        copies=sum(own.copies for own in stories),
        published_at=face.published_at,
        seen_at=face.seen_at,
        last_seen_at=max([*seen, *(own.last_seen_at for own in stories)]),
        score=by_strength[0].score,
        salience=_salience(by_strength[0]),
        topics=_topics(by_strength, reader),
        quote=quote,
        also_in=_languages(articles, face),
        developments=tuple(developments),
        carried=_carried(by_strength),
        alerted_at=min(
            (material.alerted[own] for own in story_ids if own in material.alerted), default=None
        ),
    )


def _called(
    event: EventReports, face: FlaggedArticle, story_ids: AbstractSet[StoryId], material: Material
) -> str:
    """What the last edition that told it called it."""
    if event.is_told is not None:
        return event.called
    names = [material.called[face.story_id]] if face.story_id in material.called else []
    names += [name for own, name in material.called.items() if own in story_ids]
    return names[0] if names else ""


def headline_of(article: FlaggedArticle) -> str:
    """Its title; an item without one, as a short note, begins with its own words."""
    sentences = (mention.sentence for mention in article.mentions)
    words = (article.title, article.summary or "", *sentences, article.url)
    return next(said for said in words if said.strip())


def _salience(article: FlaggedArticle) -> Salience:
    return salience_in_brief(article.salience, has_text=article.has_text)


def _strength(article: FlaggedArticle) -> tuple[float, float, datetime, str]:
    """A key by which what tells most of a topic is first, of equals the earliest."""
    return -SALIENCE[_salience(article)], -article.score, article.seen_at, article.url


def _as_face(article: FlaggedArticle, reader: Subscriber) -> tuple[object, ...]:
    return (
        not reader.reads(article.language),
        not article.title.strip(),
        _salience(article) == "passing",
        not article.has_text,
        article.is_live,
        *_strength(article),
    )


def _topics(by_strength: Sequence[FlaggedArticle], reader: Subscriber) -> tuple[str, ...]:
    """The one that it tells most of first; of equals the one that the reader asked for first."""
    best: dict[str, tuple[float, float, int]] = {}
    for article in by_strength:
        place = reader.topics.index(article.topic)
        best.setdefault(
            article.topic, (-SALIENCE[_salience(article)], -round(article.score, 2), place)
        )
    return tuple(sorted(best, key=lambda topic: best[topic]))


def _quote(
    face: FlaggedArticle, headline: str, by_strength: Sequence[FlaggedArticle], reader: Subscriber
) -> Quote | None:
    """From the headline's article under its strongest topic; else from another that the reader can
    read, which is then named."""
    own = [article for article in by_strength if article.article_id == face.article_id]
    others = [
        article
        for article in by_strength
        if article.article_id != face.article_id and reader.reads(article.language)
    ]
    for article in (*own, *others):
        if evidence := evidence_of(article, headline):
            if article.article_id == face.article_id:
                return Quote(evidence, article.language)
            return Quote(evidence, article.language, article.outlet, article.url)
    return None


def _languages(articles: Sequence[FlaggedArticle], face: FlaggedArticle) -> tuple[str, ...]:
    """Those that are not the headline's."""
    others = {article.language for article in articles} - {face.language, None}
    return tuple(sorted(name_of(language) for language in others if language))


def _foreign(language: str | None, reader: Subscriber) -> str:
    return "" if language is None or reader.reads(language) else name_of(language)


def _translation(title: str, language: str | None, reader: Subscriber, material: Material) -> str:
    told = material.translations.get(title, "") if _foreign(language, reader) else ""
    return beginning(told, TITLE_LENGTH)


def _developments(
    articles: Sequence[FlaggedArticle],
    face: FlaggedArticle,
    headline: str,
    quote: Quote | None,
    reader: Subscriber,
) -> list[Development]:
    """What the reader can read, the newest first; not what the headline or the quote says, unless
    it changes a number."""
    shown = [headline]
    if quote is not None:
        shown.append(quote.evidence.before + quote.evidence.match + quote.evidence.after)
    newest = sorted(articles, key=lambda article: article.url)
    newest.sort(key=lambda article: article.seen_at, reverse=True)
    newest.sort(key=lambda article: not reader.reads(article.language))
    found = []
    for article in newest:
        sentence = article.new_sentence
        is_shown = sentence is not None and any(repeats(sentence, told) for told in shown)
        if sentence is not None and (article.number_before or not is_shown):
            shown.append(sentence)
            told = beginning(sentence, DEVELOPMENT_LENGTH)
            url = "" if article.url == face.url else article.url
            foreign = _foreign(article.language, reader)
            found.append(
                Development(
                    article.outlet,
                    url,
                    article.language,
                    foreign,
                    article.seen_at,
                    told,
                    article.number_before,
                )
            )
    return found


def _carried(articles: Sequence[FlaggedArticle]) -> tuple[Carried, ...]:
    return tuple(
        Carried(article.topic, article.story_id, article.article_id) for article in articles
    )
