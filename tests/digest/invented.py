"""Days of invented news, as an edition gets them: each shows what another day does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from digest.editions import ITEM, QUIET, READER, SEEN, STORY, mention
from newswatch.digest.alerts import Marks
from newswatch.digest.edition import Material
from newswatch.digest.subscribers import Subscriber
from newswatch.models import (
    ArticleId,
    FlaggedArticle,
    PlacedMention,
    Salience,
    StoryFacts,
    StoryId,
    TopicStory,
)

OUTLETS = ("Harbour Wire", "Lagoon Times", "The Meridian Post", "Der Deichbote", "El Faro", "Kıyı")
TITLE = "title"  # a mention that stands in the headline


def _article(
    number: int,
    topic: str,
    title: str,
    sentence: str,
    name: str,
    language: str = "en",
    salience: Salience = "lead",
    outlets: int = 1,
    **columns: object,
) -> tuple[FlaggedArticle, StoryFacts]:
    places: tuple[PlacedMention, ...] = ()
    if name in title:
        places += (mention(title, name, field=TITLE),)
    if name in sentence:
        places += (mention(sentence, name),)
    seen = SEEN - timedelta(minutes=17 * number)
    own = tuple(OUTLETS[(number + at) % len(OUTLETS)] for at in range(min(outlets, len(OUTLETS))))
    own += tuple(f"Town Crier {at}" for at in range(outlets - len(own)))
    article = replace(
        ITEM,
        topic=topic,
        story_id=StoryId(number),
        article_id=ArticleId(number),
        title=title,
        url=f"https://{own[0].lower().replace(' ', '-')}.example/news/{number}",
        outlet=own[0],
        language=language,
        salience=salience,
        score=0.9 - number / 100 if number < 80 else 0.3,
        seen_at=seen,
        published_at=seen - timedelta(minutes=23 * (number % 7)),
        mentions=places,
        **columns,  # type: ignore[arg-type]
    )
    facts = replace(STORY, story_id=StoryId(number), outlets=own, last_seen_at=seen)
    return article, replace(facts, copies=outlets // 3)


def _material(*stories: tuple[FlaggedArticle, StoryFacts], **columns: object) -> Material:
    articles, facts = zip(*stories, strict=True)
    return replace(QUIET, articles=articles, stories=facts, **columns)  # type: ignore[arg-type]


def _busy() -> Material:
    lead = _article(
        1,
        "gaza-mediators",
        "Mediators leave Larnaca with a calendar for the second phase",
        'Steve Witkoff, the American envoy, called the paper "boring in the best sense".',
        "Witkoff",
        outlets=14,
        salience="headline",
    )
    tagged = replace(lead[0], topic="witkoff", salience="lead", score=0.6)
    rest = [
        ("witkoff", "Envoy Witkoff cancels a dinner with four ministers", "", 1, "headline"),
        (
            "witkoff",
            "What the envoy carries in his briefcase",
            "Aides say that Witkoff reads maps.",
            2,
            "body",
        ),
        (
            "gaza-mediators",
            "Egypt and Qatar hand over an amended paper on storage",
            "The mediators moved the depots to the far side of the border.",
            5,
            "headline",
        ),
        (
            "gaza-mediators",
            "Families ask the mediators for a list of names",
            "Outside the hotel the mediators were handed a folded sheet.",
            1,
            "lead",
        ),
        (
            "ukraine-talks",
            "First day of talks in Lucerne ends with a draft on power stations",
            "Ukraine and Russia agreed to spare substations for ninety days.",
            11,
            "headline",
        ),
        (
            "ukraine-talks",
            "Kyiv wants monitors with teeth before it signs",
            "Negotiators of Ukraine asked for inspectors who may open doors.",
            3,
            "headline",
        ),
        (
            "ukraine-talks",
            "A word in the draft keeps translators up all night",
            'Ukraine reads "shall" where the other side reads "may".',
            1,
            "body",
        ),
    ]
    names = {"witkoff": "Witkoff", "gaza-mediators": "mediators", "ukraine-talks": "Ukraine"}
    stories = [
        _article(number, topic, title, sentence, names[topic], salience=salience, outlets=outlets)  # type: ignore[arg-type]
        for number, (topic, title, sentence, outlets, salience) in enumerate(rest, start=2)
    ]
    asides = [
        _article(number, "ukraine-talks", title, "", "Ukraine", salience="passing")
        for number, title in enumerate(
            ("Budget fight reaches the embassy car pool", "Grain prices fall for a third week"), 20
        )
    ]
    both = (tagged, lead[1])
    return _material(lead, both, *stories, *asides, unchanged=4)


def _developing() -> Material:
    first = _article(
        1,
        "ukraine-talks",
        "Kyiv wants monitors with teeth before it signs",
        "Negotiators of Ukraine asked for inspectors who may open doors.",
        "Ukraine",
        outlets=9,
        new_sentence="Six states offered to send inspectors.",
        number_before="four",
    )
    abroad = replace(
        first[0],
        article_id=ArticleId(30),
        title="Київ наполягає на моніторингу",
        url="https://mayak.example/1",
        outlet="Маяк",
        language="uk",
        score=0.3,
        seen_at=SEEN + timedelta(minutes=40),
        new_sentence="Делегація просить ще один день.",
        number_before="",
    )
    return _material(
        first,
        (abroad, first[1]),
        known=frozenset({TopicStory("ukraine-talks", StoryId(1))}),
        called={StoryId(1): "First day in Lucerne ends with a draft on power stations"},
        outlets_before={StoryId(1): ("Harbour Wire", "Lagoon Times")},
        unchanged=1,
    )


def _two_hundred() -> Material:
    who = ("Envoy", "Minister", "Delegation", "Mediators", "Spokeswoman")
    what = (
        "asks for more time",
        "leaves early",
        "denies a report",
        "meets families",
        "signs a page",
    )
    where = (
        "in Doha",
        "in Cairo",
        "in Lucerne",
        "in Larnaca",
        "in Ankara",
        "at sea",
        "at night",
        "by telephone",
    )
    titles = [" ".join(parts) for parts in product(who, what, where)]
    topics = ("witkoff", "gaza-mediators", "ukraine-talks")
    return _material(
        *(
            _article(
                number,
                topics[0 if number < 150 else number % 3],
                title,
                f"Nobody but Witkoff knew of it before {number} o'clock on the quay.",
                "Witkoff",
                outlets=1 + number % 5,
            )
            for number, title in enumerate(titles, start=1)
        )
    )


def _right_to_left() -> Material:
    return _material(
        _article(
            1,
            "gaza-mediators",
            "الوسطاء يغادرون لارنكا بجدول زمني",
            "وقال الوسطاء إن الوفد التركي سيعود بعد يومين.",
            "الوسطاء",
            "ar",
            "headline",
            6,
        ),
        _article(
            2,
            "gaza-mediators",
            "המתווכים עוזבים את לרנקה עם לוח זמנים",
            "המשלחת נחתה בגשם, ואיתה המתווכים משני הצדדים.",
            "המתווכים",
            "he",
            "headline",
            3,
        ),
        _article(
            3,
            "witkoff",
            'Witkoff meets editors of المرفأ اليوم and "החוף"',
            "In the hotel Witkoff read from المرفأ اليوم, page 4.",
            "Witkoff",
            "en",
            "lead",
            2,
        ),
        _article(
            4, "ukraine-talks", "مذاکرات در لوسرن ادامه دارد", "", "مذاکرات", "fa", "headline", 1
        ),
    )


def _chinese() -> Material:
    return _material(
        _article(
            1,
            "witkoff",
            "美国特使威特科夫抵达拉纳卡会见四国部长",
            "周一，美国特使威特科夫在雨中走下飞机，随后会见了四位部长。",
            "威特科夫",
            "zh",
            "headline",
            8,
        ),
        _article(
            2,
            "ukraine-talks",
            "卢塞恩会谈首日结束，双方同意不袭击发电站",
            "两个代表团同意在九十天内不袭击乌克兰的变电站。",
            "乌克兰",
            "zh",
            "headline",
            5,
        ),
        _article(
            3,
            "gaza-mediators",
            "仲介者がラルナカを離れ、日程表を公表",
            "仲介者は二日後に戻ると述べた。",
            "仲介者",
            "ja",
            "lead",
            2,
        ),
        _article(
            4,
            "ukraine-talks",
            "Kyiv wants monitors with teeth before it signs",
            "Negotiators of Ukraine asked for inspectors.",
            "Ukraine",
            "en",
            "lead",
            2,
        ),
    )


def _headlines_only() -> Material:
    material = _busy()
    bare = [
        replace(
            article,
            has_text=False,
            summary="What its outlet says of it in a line of its own." if place % 2 else None,
            mentions=tuple(found for found in article.mentions if found.field == TITLE),
        )
        for place, article in enumerate(material.articles)
    ]
    return replace(material, articles=bare)


def _week() -> Material:
    """What the brief told on its days, a story of the last review, and what is but an aside."""
    known = frozenset({TopicStory("ukraine-talks", StoryId(6))})
    return replace(_busy(), rhythm="weekly", known=known, unchanged=0)


def _alert() -> Material:
    return replace(_busy(), rhythm="alert", unchanged=0)


DAYS: Mapping[str, Material] = {
    "busy": _busy(),
    "quiet": replace(QUIET, unchanged=3),
    "developing": _developing(),
    "two-hundred": _two_hundred(),
    "right-to-left": _right_to_left(),
    "chinese": _chinese(),
    "headlines-only": _headlines_only(),
    "week": _week(),
    "alert": _alert(),
}
READERS: Mapping[str, Subscriber] = {
    "chinese": replace(READER, languages=("zh",)),
    "alert": replace(READER, alerts=Marks(outlets=10, salience="headline")),
}


def day(name: str) -> tuple[Subscriber, Material]:
    """A day of these, and its reader."""
    return READERS.get(name, READER), DAYS[name]
