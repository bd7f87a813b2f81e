"""Headlines in languages that a reader does not read, given to the translator that is set."""

from __future__ import annotations

import logging

from newswatch.digest.edition import Edition
from newswatch.digest.subscribers import Subscriber
from newswatch.settings import Settings
from newswatch.text.invisible import shown
from newswatch.translators.translate import NoTranslation, translate

log = logging.getLogger(__name__)


def translations(settings: Settings, reader: Subscriber, edition: Edition) -> dict[str, str]:
    """Headlines that the edition tells to what they say in the reader's first language.

    Empty without a translator. One that fails is told of in the log and costs its language only.
    """
    found: dict[str, str] = {}
    if not settings.translator:
        return found
    by_language: dict[str, list[str]] = {}
    for story in edition.shown:
        if story.foreign and story.language:
            by_language.setdefault(story.language, []).append(story.title)
    for language, titles in by_language.items():
        try:
            told = translate(settings.translator, titles, language, reader.languages[0])
        except NoTranslation as error:
            log.warning("newswatch: no translation from %s: %s", language, shown(str(error)))
            continue
        found |= {title: text for title, text in zip(titles, told, strict=True) if text}
    return found
