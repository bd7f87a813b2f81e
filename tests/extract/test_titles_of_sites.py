"""A headline beside the site's name, a section, a date or a trail, whatever sign parts them."""

from __future__ import annotations

import pytest

from extract.heads import claims, meta
from extract.herald import SITE, TITLE
from newswatch.extract.title import title_of

TITLES = (
    f"{TITLE} - {SITE}",
    f"{TITLE} – {SITE}",
    f"{TITLE} — {SITE}",
    f"{TITLE} | {SITE}",
    f"{TITLE} · {SITE}",
    f"{TITLE} • {SITE}",
    f"{TITLE} « {SITE}",
    f"{SITE} » {TITLE}",
    f"{TITLE} / {SITE}",
    f"{TITLE} // {SITE}",
    f"{TITLE} :: {SITE}",
    f"{SITE} - {TITLE}",
    f"{SITE} — {TITLE}",
    f"{SITE}: {TITLE}",
    f"{SITE} | {TITLE}",
    f"{TITLE} ‹ {SITE}",
    f"{TITLE} | News | {SITE}",
    f"{TITLE} - 17 December 2025 - {SITE}",
    f"{TITLE} | {SITE} | Dec 17, 2025",
    f"{TITLE} (17.12.2025) - {SITE}",
    f"Home > News > Courts > {TITLE}",
    f"{TITLE} » Courts » News » {SITE}",
    f"Opinion | {TITLE}",
    f"Opinion | {TITLE} - {SITE}",
    f"Analysis | {TITLE} | {SITE}",
    f"{TITLE} ~ {SITE}",
    f"{SITE} ∙ {TITLE}",
    f"{TITLE} - herald.example",
    f"{TITLE} | Herald.example",
    f"{TITLE} @ {SITE}",
    f"17.12.2025 - {TITLE} - {SITE}",
)
OTHER_SCRIPTS = (
    (
        "בית המשפט פסק פיצויים למשפחות הספנים | העיתון",
        "העיתון",
        "בית המשפט פסק פיצויים למשפחות הספנים",
    ),
    (
        "المحكمة تأمر بتعويض عائلات البحارة - الجريدة",
        "الجريدة",
        "المحكمة تأمر بتعويض عائلات البحارة",
    ),
    (
        "الجريدة | المحكمة تأمر بتعويض عائلات البحارة",
        "الجريدة",
        "المحكمة تأمر بتعويض عائلات البحارة",
    ),
    ("دادگاه به پرداخت غرامت رای داد « روزنامه", "روزنامه", "دادگاه به پرداخت غرامت رای داد"),
    ("法院判渡轮公司赔偿遇难船员家属_新闻网", "新闻网", "法院判渡轮公司赔偿遇难船员家属"),
    ("法院判渡轮公司赔偿遇难船员家属-新闻网", "新闻网", "法院判渡轮公司赔偿遇难船员家属"),
    ("フェリー会社に賠償命令\u3000地裁｜港新聞", "港新聞", "フェリー会社に賠償命令 地裁"),
    ("フェリー会社に賠償命令 地裁：港新聞", "港新聞", "フェリー会社に賠償命令 地裁"),
    (
        "Суд обязал паромную компанию выплатить компенсации :: Общество :: Газета",
        "Газета",
        "Суд обязал паромную компанию выплатить компенсации",
    ),
    (
        "Суд обязал паромную компанию выплатить компенсации — Газета",
        "Газета",
        "Суд обязал паромную компанию выплатить компенсации",
    ),
    (
        "법원, 유가족에 배상 명령 < 사회 < 기사본문 - 항구신문",
        "항구신문",
        "법원, 유가족에 배상 명령",
    ),
)
WHOLE = (
    "Ferry ruling: what we know so far",
    "A year on - the ferry case in numbers",
    "“We waited six years” – families on the ruling",
    "Brevik 2 - 1 Skien",
    "Who pays? The ferry case, explained",
    "Herald of spring: the first ferries sail again",
    "Ferries in the fjord – 2025",
)


def title_in_tag(tag: str, site: str = SITE) -> str:
    head = meta("og:site_name", site) + f"<title>{tag.replace('<', '&lt;')}</title>"
    return title_of(claims(head), host="herald.example").value


@pytest.mark.parametrize("tag", TITLES)
def test_the_headline_alone(tag: str) -> None:
    assert title_in_tag(tag) == TITLE
    named = meta("og:site_name", SITE) + meta("og:title", tag)
    assert title_of(claims(named), host="herald.example").value == TITLE


@pytest.mark.parametrize(("tag", "site", "title"), OTHER_SCRIPTS)
def test_the_headline_alone_in_other_scripts(tag: str, site: str, title: str) -> None:
    assert title_in_tag(tag, site) == title


@pytest.mark.parametrize("title", WHOLE)
def test_signs_within_a_headline_stay(title: str) -> None:
    assert title_in_tag(title) == title
    assert title_in_tag(f"{title} | {SITE}") == title


def test_letters_of_a_headline_are_as_they_are_typed() -> None:
    assert title_in_tag("First oﬃcer ﬂed the de\u0301cks") == "First officer fled the décks"


@pytest.mark.parametrize(
    ("claimed", "title"),
    [
        (f"Opinion: {TITLE}", TITLE),
        (f"Kommentar: {TITLE}", TITLE),
        (f"After the storm: {TITLE}", f"After the storm: {TITLE}"),
    ],
)
def test_a_genre_that_the_heading_lacks_is_no_part_of_the_headline(
    claimed: str, title: str
) -> None:
    head = meta("og:title", claimed) + meta("og:site_name", SITE)
    assert title_of(claims(head, f"<h1>{TITLE}</h1><p>x</p>")).value == title


def test_a_headline_is_without_markup() -> None:
    head = meta("og:title", "Board &lt;em&gt;widens&lt;/em&gt; quay")
    assert title_of(claims(head)).value == "Board widens quay"
