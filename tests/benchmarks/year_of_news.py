"""A made year of news, the same at each run: who published what when, copied from whom, in which
story, flagged for which topic, and the texts.

Texts are sentences of a bank in their language, whose words are as frequent as words are (Zipf). An
article depends on its number alone: a copy says what its original said, but for the last sentence.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

END = datetime(2026, 3, 1, tzinfo=UTC)  # of the year
YEAR = timedelta(days=365)
CYCLE = timedelta(minutes=15)  # what a cycle brings has one time
OUTLETS = 500
LANGUAGES = {"en": 50, "es": 10, "fr": 8, "de": 8, "ru": 8, "ar": 8, "zh": 8}  # percent of outlets
COUNTRIES = {
    "en": ("US", "GB", "IN", "AU", "NG", "ZA", "IE", "KE"),
    "es": ("ES", "MX", "AR"),
    "fr": ("FR", "BE", "SN"),
    "de": ("DE", "AT", "CH"),
    "ru": ("RU", "KZ"),
    "ar": ("EG", "QA", "SA", "LB"),
    "zh": ("CN", "TW", "SG"),
}
SYLLABLES = {
    "en": "ba cor del fin gar hal lim mon nor pel qua wick",
    "es": "ción do ra men to pla ces var gue llo",
    "fr": "eau ment tion ville clair bois mer jour",
    "de": "sch ung ber gen stein wald hof tor nacht feld",
    "ru": "ба вер гор дон зел кра лис мор нов пар",
    "ar": "با تر جن دل سم شر عل فا",
}
FUNCTION = {
    "en": "the of and to in a is that for it as was with be by on not",
    "es": "el la de que y en los se del las por con no una para",
    "fr": "le la les de et en un une que qui dans pour",
    "de": "der die das und ist von mit den ein für im auf",
    "ru": "и в на не что с по как из за от к",
    "ar": "في من على إلى أن عن مع هذا",
}
COMMON = (  # the most frequent of the English words that are no function words
    "said government president minister people year police country election court war budget"
    " health market trade ceasefire parliament city school company officials report attack energy"
    " climate border oil army sanctions hospital flood union strike treaty harbour bridge vaccine"
)
VOCABULARY = 40_000  # words of a language
CHARACTERS = 3_000  # of Chinese
BANK = 30_000  # sentences of a language
SENTENCES = (12, 40)  # of an article: 3,000 characters on average
NEW_STORY = 0.35  # the share of originals that begins a story
COPIES = 0.3  # the share of articles
NEAR = 900  # how many articles back the one lies, on average, whose story an article joins
ON_TOPIC = 0.05  # the share of stories
FLAGGED = 0.55  # the share of a topic's originals
TOPICS = {
    "witkoff": ("Steve Witkoff", "Steve Witkoff met them again on {day}, officials said."),
    "gaza-mediators": ("mediators", "The mediators in Doha spoke of a second phase on {day}."),
    "ukraine-talks": ("peace talks", "New peace talks on Ukraine were announced for {day}."),
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Outlet:
    name: str
    host: str
    country: str
    language: str


@dataclass(frozen=True, slots=True)
class Made:
    """An article, from 1 on in the order of time."""

    number: int
    outlet: int
    seen_at: datetime
    story: int  # the number of its first article
    original: int | None  # of a copy
    topic: str | None  # that it is flagged for

    def said(self) -> list[int]:
        """Its sentences, by their places in `bank()`; the first one makes the headline."""
        language = list(LANGUAGES).index(outlets()[self.outlet].language)
        dice = random.Random(self.original or self.number)
        length = dice.randint(*SENTENCES)
        said = [BANK * language + int(dice.random() * BANK) for _ in range(length)]
        if self.topic is not None:
            place = len(DAYS) * list(TOPICS).index(self.topic) + dice.randrange(len(DAYS))
            said.insert(1 + dice.randrange(2), BANK * len(LANGUAGES) + place)
        return said if self.original is None else said[:-1]


@cache
def outlets() -> tuple[Outlet, ...]:
    dice = random.Random("outlets")
    languages = dice.choices(tuple(LANGUAGES), tuple(LANGUAGES.values()), k=OUTLETS)
    return tuple(
        Outlet(f"Outlet {n}", f"outlet-{n}.example", dice.choice(COUNTRIES[language]), language)
        for n, language in enumerate(languages)
    )


def articles(count: int) -> Iterator[Made]:
    """All of them, the earliest first. An article joins the story of one shortly before it, so that
    a few stories are told by many and most by one."""
    dice = random.Random("articles")
    weights = tuple(accumulate(1 / (n + 5) for n in range(OUTLETS)))  # few publish most
    by_language: dict[str, list[int]] = {language: [] for language in LANGUAGES}
    for n, outlet in enumerate(outlets()):
        by_language[outlet.language].append(n)
    recent: list[tuple[Made, str | None]] = []  # each with the topic of its story
    for number in range(1, count + 1):
        outlet = dice.choices(range(OUTLETS), cum_weights=weights)[0]
        back = min(int(dice.expovariate(1 / NEAR)), len(recent) - 1)
        earlier, topic = recent[-1 - back] if recent else (None, None)
        original = None
        if earlier is None or dice.random() < NEW_STORY * (1 - COPIES):
            story, topic = number, None
            if dice.random() < ON_TOPIC:
                topic = dice.choice(tuple(TOPICS))
        else:
            story = earlier.story
            if dice.random() < COPIES / (1 - NEW_STORY * (1 - COPIES)):
                original = earlier.original or earlier.number
                outlet = dice.choice(by_language[outlets()[earlier.outlet].language])
        of_it = topic if original is None and dice.random() < FLAGGED else None
        made = Made(number, outlet, _seen_at(number, count), story, original, of_it)
        recent.append((made, topic))
        if len(recent) > 20 * NEAR:
            del recent[: 10 * NEAR]
        yield made


def _seen_at(number: int, count: int) -> datetime:
    cycles = YEAR // CYCLE
    return END - CYCLE * (cycles - number * cycles // (count + 1))


@cache
def bank() -> tuple[str, ...]:
    """All sentences: those of each language, and those that name topics."""
    found = [sentence for language in LANGUAGES for sentence in sentences(language)]
    found += [said.format(day=day) for _, said in TOPICS.values() for day in DAYS]
    return tuple(found)


@cache
def sentences(language: str) -> tuple[str, ...]:
    dice = random.Random(f"sentences {language}")
    if language == "zh":
        return tuple(_chinese(dice) for _ in range(BANK))
    function = FUNCTION[language].split()
    words = COMMON.split() if language == "en" else []
    syllables = SYLLABLES[language].split()
    while len(words) < VOCABULARY:
        words.append("".join(dice.choices(syllables, k=dice.randint(2, 5))))
    weights = tuple(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
    found = []
    for _ in range(BANK):
        length = dice.randint(9, 26)
        said = dice.choices(words, cum_weights=weights, k=length)
        for place in range(length):
            if dice.random() < 0.45:
                said[place] = dice.choice(function)
        sentence = " ".join(said)
        found.append(f"{sentence[0].upper()}{sentence[1:]}.")
    return tuple(found)


def _chinese(dice: random.Random) -> str:
    weights = _weights_of_characters()
    drawn = dice.choices(range(CHARACTERS), cum_weights=weights, k=dice.randint(14, 40))
    return "".join(chr(0x4E00 + 3 * place) for place in drawn) + "。"


@cache
def _weights_of_characters() -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 20) for rank in range(CHARACTERS)))
