"""What two headlines tell where there is little text to go by."""

from __future__ import annotations

from functools import cache

from newswatch.copies.document import Document
from newswatch.copies.rules import Rules
from newswatch.models import DuplicateKind
from newswatch.text.words import fold, words_of

# Words of which running headlines are made: of round-ups, live pages, letters, daily columns.
_RUNNING_WORDS = """
    here is are what you need to know this the a an and of for in on at from by with our your all
    its latest live update updates development developments analysis news morning evening tonight
    today yesterday week weekly weekend daily day month year briefing brief briefs digest roundup
    recap glance happened pictures photos video videos podcast newsletter top stories story
    headlines things watch read reads edition opinion
    letters letter quiz crossword puzzle horoscope forecast
    weather results lottery numbers schedule tv guide explained key takeaways points how we got so
    far blog follow monday tuesday wednesday thursday friday saturday sunday
    die der das und im in zum was sie heute wissen müssen morgen abend aktuelle aktuell
    entwicklungen überblick nachrichten liveticker ticker wichtigste wichtigsten tag tages
    woche lage
    ce qu il faut savoir l essentiel actualité actualités direct dernières infos matin soir jour la
    le les de du des semaine en et
    lo que debe saber hoy las los últimas noticias vivo minuto día mañana tarde claves resumen
    cosa sapere oggi ultime notizie diretta punto giorno le da
    o que você precisa saber hoje notícias vivo dia
    главное главные за день дня новости онлайн последние что известно к утру итоги сегодня неделю и
    хроника на утро вечер
    головне новини онлайн останні що відомо підсумки дня сьогодні за день
    اخر الاخبار ابرز اهم مباشر اليوم تطورات تغطيه نشره في من
    חדשות עדכונים היום כל מה שצריך לדעת מבזקי חיי הבוקר הערב שידור
    son dakika bugün haberler gündem canlı
"""
_SPACELESS_PHRASES = ("最新", "直播", "早报", "晚报", "要闻", "今日", "速報", "まとめ", "ニュース")


@cache
def _running_words() -> frozenset[str]:
    return frozenset(map(fold, _RUNNING_WORDS.split()))


def is_running(title: str, rules: Rules) -> bool:
    """Whether the headline may stand over another text each day: most of it says that there is
    news, not which."""
    words = words_of(title)
    if not words:
        return False
    if any(phrase in title for phrase in _SPACELESS_PHRASES):
        return True
    running = sum(word in _running_words() for word in words)
    return running > rules.running * len(words) and _names_its_kind(words)


def _names_its_kind(words: tuple[str, ...]) -> bool:
    """Small words alone make no running headline."""
    return sum(word in _running_words() and len(word) > 3 for word in words) >= 2


def length_of(title: str) -> float:
    """In words; a character of a script without spaces counts half."""
    return sum(1.0 if len(word) > 1 else 0.5 for word in words_of(title))


def same_title(a: Document, b: Document) -> bool:
    """Whether both are under one headline, at one time, that tells what they report."""
    rules = b.fingerprint.rules
    return (
        a.fingerprint.title_hash != 0
        and a.fingerprint.title_hash == b.fingerprint.title_hash
        and length_of(b.title) >= rules.title_words
        and (
            a.seen_at is None
            or b.seen_at is None
            or abs(b.seen_at - a.seen_at) <= rules.same_title_within
        )
        and not is_running(b.title, rules)
    )


def brings_text(a: Document, b: Document) -> bool:
    """Is b, of the same outlet, more than the headline or summary that is all there is of a?"""
    return a.shares_outlet(b) and a.lacks_text and a.fingerprint.words < b.fingerprint.words


def is_teaser(a: Document, b: Document) -> bool:
    """Is the earlier text the beginning of the newer, under one headline of one outlet?"""
    if a.is_seed or a.original_id is not None or a.wording is None or b.wording is None:
        return False
    if not (a.shares_outlet(b) and same_title(a, b)):
        return False
    first, following = a.wording.sentences, b.wording.sentences
    beginning = [sentence.words for sentence in first[:-1]]
    return beginning == [sentence.words for sentence in following[: len(beginning)]]


def kind_by_title(a: Document, b: Document) -> DuplicateKind | None:
    """Headline-only items: equal headlines on one day are the same report; a headline without its
    text, or with a summary, is contained in the full article. A longer text copies the headline of
    no other outlet; that of its own is the same article, which gets its text by it."""
    if not same_title(a, b) or not _may_summarise_one(a, b):
        return None
    rules = b.fingerprint.rules
    if b.fingerprint.words > a.fingerprint.words:
        is_its_own = a.original_id is None and brings_text(a, b)
        return "revision" if is_its_own else None
    if b.fingerprint.words == 0:
        return "contained" if a.fingerprint.words else "exact"
    if not a.shares_outlet(b) and length_of(b.title) < rules.long_title_words:
        return None
    return "contained" if len(a.fingerprint.grams) >= rules.short else "near"


def _may_summarise_one(a: Document, b: Document) -> bool:
    """Unless two texts of two outlets under one headline have nothing but that in common: an outlet
    replaces what it announced first."""
    if a.shares_outlet(b):
        return True
    if a.wording is None or b.wording is None or not (a.wording.text and b.wording.text):
        return True
    shorter, longer = sorted((a.wording, b.wording), key=lambda wording: len(wording.text))
    content = {unit for sentence in shorter.sentences for unit in sentence.content}
    shared = content & longer.vocabulary
    return len(shared) >= b.fingerprint.rules.same_summary * len(content)
