"""Single cases of what outlets do to a text, each with what is right."""

from __future__ import annotations

from time import process_time

import pytest

from copies.said import Said, decisions
from copies.texts import HARBOUR, TUNNEL

BUDGET = (
    "The lower house of Vesmark passed the budget for next year on Tuesday by 84 votes to 61."
    " Finance minister Paula Renning called it the hardest budget of her career."
    " It raises the tax on fuel by four per cent and freezes the pay of civil servants."
    " Teachers' unions announced a strike for the first week of March."
    " The upper house will debate the bill next month, and is expected to ask for changes."
    " Economists at the university of Vesmark doubt that the deficit will fall as planned."
    " The government has promised to publish its own figures before the debate begins."
)
SENTENCES = [part + "." for part in BUDGET.rstrip(".").split(". ")]
TALKS = (
    "Negotiators from both sides met for nine hours in a hotel above the lake of Orvane."
    " They left without a word to the press, and their cars drove to the airport at once."
    " Mediators said that the meeting had been useful, but named no date for another."
    " On the table lie the exchange of prisoners and the withdrawal from two border villages."
    " Aid agencies asked for a pause in the fighting so that they can reach the valley."
)


def budget(*, without: tuple[int, ...] = (), **replaced: str) -> str:
    text = " ".join(part for place, part in enumerate(SENTENCES) if place not in without)
    for before, after in replaced.items():
        text = text.replace(before.replace("_", " "), after)
    return text


COPIES = {
    "cut from the end": budget(without=(5, 6)),
    "cut from the top": budget(without=(0,)),
    "cut in the middle": budget(without=(2, 3)),
    "house style of numbers": budget(four="4", per_cent="percent"),
    "numbers in words": budget(**{"84": "eighty-four", "61": "sixty-one"}),
    "house style of titles": budget(Finance_minister="Finance Minister"),
    "a name with its initial": budget(Paula_Renning="Paula R. Renning"),
    "a surname alone": budget(Paula_Renning="Renning"),
    "one word for another": budget(called="named", announced="declared"),
    "a credit at its end": BUDGET + " Reporting by Tom Ashby; editing by Lena Roth.",
    "a notice at its end": BUDGET + " © 2026 The Associated Press. All rights reserved.",
    "an agency in front": "VESMARK (Reuters) - " + BUDGET,
    "a pointer inside": BUDGET.replace(" Teachers'", " Read more: How we got here. Teachers'"),
    "typographic quotes": BUDGET.replace("'", "’"),
    "a day with its date": budget(on_Tuesday="on Tuesday, March 3,"),
    "its own headline in the text": "House passes budget after long debate\n\n" + BUDGET,
    "an age added": budget(Finance_minister_Paula_Renning="Paula Renning, the finance minister,"),
    "two sentences joined": budget(**{"career. It": "career, and it"}),
    "a line with the time": "Updated: 3 March 2026, 10:45 GMT\n" + BUDGET,
    "another agency": budget(Finance_minister="On Monday, Reuters reported, finance minister"),
    "paragraphs": BUDGET.replace(". ", ".\n\n"),
}
NEWS = {
    "nobody knows how many": budget(**{"84 votes to 61": "dozens of votes"}),
    "another number of votes": budget(**{"84": "74", "61": "71"}),
    "a number in words": budget(four="seven"),
    "turned round": budget(passed="rejected"),
    "denied": budget(will_debate="will not debate"),
    "another minister": budget(Paula_Renning="Jonas Veltin"),
    "another day": budget(Tuesday="Wednesday"),
    "another month": budget(March="May"),
    "another country": budget(Vesmark="Oravia"),
    "a new lead": "The finance minister of Vesmark resigned hours after the vote, citing a rift"
    " with the prime minister over the tax on fuel. " + BUDGET,
    "half as much": budget(**{"four per cent": "a third"}, freezes="halves"),
    "another part of a whole": "A quarter of the deputies were absent. "
    + BUDGET.replace("Economists", "A fifth of the economists"),
    "an amended article": BUDGET
    + " This article was amended on 4 March. An earlier version said that 51 had voted against.",
    "a correction": BUDGET + " Correction: an earlier version gave the votes against as 51.",
    "much added below": BUDGET
    + " Late in the evening opposition leaders met at the palace and demanded new elections."
    " Thousands of people gathered in front of parliament with candles and drums."
    " Police closed two bridges and put up barriers around the ministry of the interior.",
}


@pytest.mark.parametrize("kind", COPIES)
def test_copies(kind: str) -> None:
    first = Said("Vesmark's lower house passes budget", BUDGET)
    again = Said("Lower house of Vesmark passes budget", COPIES[kind], "Gazette", 2)
    found = decisions(first, again)[1]
    assert found.original_id == 1, found.reason


@pytest.mark.parametrize("kind", NEWS)
def test_news(kind: str) -> None:
    first = Said("Vesmark's lower house votes on budget", BUDGET)
    again = Said("Lower house of Vesmark votes on budget", NEWS[kind], "Gazette", 2)
    found = decisions(first, again)[1]
    assert found.kind is None, found.reason
    assert found.relation in ("update", "template"), found.reason


GENERATORS = (
    "President Volodymyr Zelenskyy said on Thursday that Ukraine had received 1,200 generators from"
    " the United States and the United Kingdom after a strike on Odesa at 3 p.m. on December 18"
    " left 45 per cent of the city without power."
    " He thanked the crews who had worked through the night in Kyiv and along 100 kilometres of"
    " lines."
    " The energy minister said that repairs would cost $12.5 million."
    " Schools in the city will stay closed until Monday."
    " Engineers warned that another wave of cold was expected by the end of the week."
)
SPELLINGS = [
    (("Zelenskyy", "Zelensky"),),
    (("Odesa", "Odessa"), ("Kyiv", "Kiev")),
    (("the United States", "the US"), ("the United Kingdom", "Britain")),
    (("45 per cent", "45%"), ("1,200", "1200")),
    (("45 per cent", "45 percent"), ("$12.5 million", "$12,500,000")),
    (("3 p.m.", "15:00"),),
    (("3 p.m.", "3pm local time (1300 GMT)"),),
    (("on December 18", "on Dec. 18"),),
    (("on December 18", "on 18 December"),),
    (("100 kilometres", "100 km (62 miles)"),),
    (("$12.5 million", "12.5 million dollars"),),
    (("$12.5 million", "$12.5m"),),
]
OTHER_FACTS = [
    ("1,200", "2,100"),
    ("12.5 million", "12.5 billion"),
    ("the United States", "Germany"),
    ("December 18", "December 19"),
    ("3 p.m.", "5 p.m."),
    ("3 p.m.", "3 a.m."),
    ("had received", "had lost"),
    ("until Monday", "until Wednesday"),
    ("stay closed", "stay open"),
    ("without power", "with power"),
    ("was expected", "was no longer expected"),
    ("President Volodymyr Zelenskyy", "Prime Minister Yulia Svyrydenko"),
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_fact_in_another_spelling(spelling: tuple[tuple[str, str], ...]) -> None:
    text = GENERATORS
    for before, after in spelling:
        assert before in text
        text = text.replace(before, after)
    first = Said("Ukraine receives generators after strike on Odesa", GENERATORS)
    again = Said("Generators for Ukraine after strike", text, "Gazette", 3)
    found = decisions(first, again)[1]
    assert found.original_id == 1, found.reason


@pytest.mark.parametrize(("before", "after"), OTHER_FACTS)
def test_another_fact(before: str, after: str) -> None:
    first = Said("Ukraine receives generators after strike on Odesa", GENERATORS)
    text = GENERATORS.replace(before, after)
    again = Said("Generators for Ukraine after strike", text, "Gazette", 3)
    found = decisions(first, again)[1]
    assert found.kind is None, found.reason


def test_what_agency_said_so_is_no_fact() -> None:
    told = "The fire spread to a second deck, the coast guard told {0} in {1}. "
    texts = [told.format(*words) + BUDGET for words in (("Reuters", "Orvane"), ("AFP", "Orvane"))]
    first, again = (
        Said("Fire on ferry", text, outlet) for text, outlet in zip(texts, "AB", strict=True)
    )
    assert decisions(first, again)[1].original_id == 1


def test_the_time_of_a_text_is_no_fact() -> None:
    texts = [f"Last updated at {hour}:15 GMT.\n{BUDGET}" for hour in (9, 17)]
    first, again = (
        Said("House votes", text, outlet) for text, outlet in zip(texts, "AB", strict=True)
    )
    assert decisions(first, again)[1].original_id == 1


def test_a_headline_may_be_the_news() -> None:
    first = Said("Vesmark's lower house votes on budget", BUDGET)
    for title in (
        "Renning resigns after budget vote of Vesmark's lower house, Veltin named successor",
        "Vesmark's lower house votes on budget: 12 lawmakers arrested",
        "Vesmark's upper house votes on budget in Orvane",
    ):
        assert decisions(first, Said(title, BUDGET, "Gazette", 2))[1].kind is None, title


def test_a_teaser_and_its_text_are_one_article() -> None:
    title = "Vesmark's lower house passes a hard budget"
    teaser = Said(title, " ".join(SENTENCES[:2]))
    found = decisions(teaser, Said(title, BUDGET, hours=1))
    assert (found[1].kind, found[1].original_id) == ("revision", 1)
    found = decisions(Said(title, BUDGET), Said(title, " ".join(SENTENCES[:2]), hours=1))
    assert found[1].original_id == 1


def test_a_cut_teaser_and_its_text_are_one_article() -> None:
    title = "Vesmark's lower house passes a hard budget"
    found = decisions(Said(title, BUDGET[:150] + "…"), Said(title, BUDGET, hours=1))
    assert found[1].original_id == 1, found[1].reason


def test_what_an_outlet_announced_first_is_replaced_by_its_text() -> None:
    title = "Vesmark's lower house passes a hard budget"
    found = decisions(Said(title, "No description available"), Said(title, BUDGET, hours=1))
    assert (found[1].kind, found[1].original_id) == ("revision", 1)


def test_a_digest_that_comes_first_swallows_nobody() -> None:
    digest = Said("The day in Vesmark", f"{BUDGET}\n{TALKS}")
    single = Said("Vesmark's lower house passes budget", BUDGET, "Gazette", 1)
    talks = Said("Talks at lake Orvane end without a date", TALKS, "Gazette", 2)
    again = Said("House of Vesmark passes budget", BUDGET, "Herald", 3)
    found = decisions(digest, single, talks, again)
    assert [decision.original_id for decision in found] == [None, None, None, 2]


@pytest.mark.parametrize("text", [HARBOUR, TUNNEL, BUDGET], ids=["harbour", "tunnel", "budget"])
def test_a_report_that_lost_its_end_is_no_part_of_a_digest(text: str) -> None:
    whole = Said("An evening in the town", text)
    cut = Said("What the council heard", ". ".join(text.split(". ")[:-2]), "Gazette", 1)
    again = Said("What they were told", cut.text, "Herald", 2)
    assert [decision.original_id for decision in decisions(whole, cut, again)] == [None, 1, 1]


def test_a_digest_of_known_reports_is_an_original() -> None:
    found = decisions(
        Said("Vesmark's lower house passes budget", BUDGET),
        Said("Talks at lake Orvane end without a date", TALKS),
        Said("The day in Vesmark", f"{TALKS}\n{BUDGET}", hours=3),
    )
    assert found[2].kind is None
    assert {held.document_id for held in found[2].contains} == {1, 2}


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("What you need to know this morning", "en"),
        ("Here are the top stories of the day", "en"),
        ("Was Sie heute Morgen wissen müssen: die wichtigsten Nachrichten", "de"),
        ("L'essentiel de l'actualité de ce mardi matin en direct", "fr"),
        ("Lo que debe saber hoy: las noticias de la mañana", "es"),
        ("Главные новости дня к этому часу: что известно", "ru"),
        ("Головні новини дня: що відомо на ранок", "uk"),
        ("أبرز الأخبار في نشرة اليوم", "ar"),
        ("כל מה שצריך לדעת הבוקר: חדשות היום", "he"),
        ("今日要闻", "zh"),
    ],
)
def test_a_headline_that_stands_over_anything_makes_no_copy(title: str, language: str) -> None:
    found = decisions(
        Said(title, "A storm closed the port.", "Courier", 0, language),
        Said(title, "The minister has resigned.", "Gazette", 2, language),
        Said(title, "", "Herald", 3, language),
        Said(title, "", "Herald", 27, language),
    )
    assert [decision.kind for decision in found] == [None] * 4


FOOTER = (
    " The Vesmark Courier is an independent newspaper that lives on the support of its readers."
    " If you value our reporting, please consider a subscription or a donation. You can reach the"
    " newsroom by telephone, by letter or through our secure drop box. Letters to the editor are"
    " printed on Saturdays; we reserve the right to shorten them. Corrections appear on page two."
)


def test_a_footer_makes_no_copy_from_the_second_article_on() -> None:
    found = decisions(
        Said("Bridge opens to lorries again", "The bridge opened to lorries on Monday." + FOOTER),
        Said("Baker wins a prize for bread", "A baker of the old town won a prize." + FOOTER),
        Said("Rain delays the cup final", "Rain has delayed the final by a day." + FOOTER),
    )
    assert [decision.kind for decision in found] == [None] * 3
    assert [decision.relation for decision in found[1:]] == ["related"] * 2


def test_alerts_of_one_wording_about_other_places_are_no_copies() -> None:
    alert = (
        "An air raid alert was declared in the {0} region at {1}. Residents of {0} are asked to"
        " stay in shelters until further notice. The air force reports a launch of cruise missiles"
        " from the east. Public transport in {0} has been stopped, and shops are to close. Follow"
        " the instructions of the civil defence and do not ignore the sirens."
    )
    found = decisions(
        *(
            Said(f"Air raid alert in {place}", alert.format(place, "noon"), "Alerts", hour)
            for hour, place in enumerate(("Kharkiv", "Odesa", "Sumy"))
        )
    )
    assert [decision.relation for decision in found[1:]] == ["template", "template"]
    assert "Odesa" in found[1].reason
    assert "Sumy" in found[2].reason


@pytest.mark.parametrize(
    ("language", "headline", "text", "places"),
    [
        (
            "tr",
            "{0}'da okullara kar tatili",
            "{0} Valiliği kar nedeniyle ilde eğitime bir gün ara verildiğini açıkladı. Hamile kamu"
            " çalışanları da izinli sayılacak. Ekipler gece boyunca yolları açık tutmaya çalıştı."
            " Sürücülerin zincirsiz yola çıkmamaları istendi. Yağış yarın akşama kadar sürecek.",
            ("Erzurum", "Adana"),
        ),
        (
            "he",
            "אזעקות ב{0}",
            "אזעקות נשמעו ב{0} בצהריים לאחר שזוהה שיגור טילים. פיקוד העורף קרא לתושבי {0} להישאר"
            " במרחבים המוגנים עד הודעה חדשה. אין דיווח על נפגעים. תנועת הרכבות הופסקה ובעלי חנויות"
            " התבקשו לסגור.",
            ("חיפה", "אשקלון"),
        ),
        (
            "ja",
            "{0}で震度5弱",
            "気象庁によると、今朝{0}で震度5弱の揺れを観測した。津波の心配はない。けが人の情報は入っていない。"
            "鉄道各社は一部の区間で運転を見合わせている。原子力施設に異常は確認されていない。",
            ("青森県", "熊本県"),
        ),
        (
            "zh",
            "一名官员因受贿获刑",
            "中级法院星期二以受贿罪判处原副局长{0}有期徒刑十年。公诉机关说，被告在发放建筑许可证时收受现金，"
            "并当庭认罪。被告可以在十日内上诉。法院还下令没收其财产。多名记者旁听了审判。",
            ("王建国", "李志强"),
        ),
    ],
)
def test_templates_of_other_languages(
    language: str, headline: str, text: str, places: tuple[str, str]
) -> None:
    stream = [
        Said(headline.format(place), text.format(place), "Alerts", hour, language)
        for hour, place in enumerate(places)
    ]
    assert [decision.original_id for decision in decisions(*stream)] == [None, None]


@pytest.mark.parametrize(
    "title",
    [
        "Will the budget of Vesmark pass? What we know",
        "Vesmark's lower house passes budget | World | The Daily Lantern",
        "VESMARK'S LOWER HOUSE PASSES BUDGET",
        "'The hardest budget of my career'",
    ],
)
def test_a_headline_may_be_put_otherwise(title: str) -> None:
    first = Said("Vesmark's lower house passes budget", BUDGET)
    assert decisions(first, Said(title, BUDGET, "Gazette", 2))[1].original_id == 1


def test_the_reason_names_what_was_added() -> None:
    found = decisions(
        Said("Vesmark's lower house votes on budget", BUDGET),
        Said("Minister of Vesmark resigns", NEWS["a new lead"], "Gazette", 2),
    )[1]
    assert found.relation == "update"
    assert "resigned" in found.reason or "resigns" in found.reason
    assert found.added[0].startswith("The finance minister of Vesmark resigned")


@pytest.mark.parametrize(
    ("language", "plain", "written"),
    [
        (
            "ar",
            "أكد مسؤول في إدارة المرفأ أن إعادة الإعمار ستبدأ قريبا",
            "اكد مسؤول فى ادارة المرفأ ان اعادة الاعمار ستبدأ قريبا",
        ),
        (
            "ar",
            "أعلنت الشرطة اليوم إغلاق الجسر القديم في المدينة",
            "أَعْلَنَتِ الشُّرْطَةُ اليَوْمَ إِغْلاقَ الجِسْرِ القَدِيمِ فِي المَدِينَةِ",
        ),
        (
            "he",
            "המשטרה הודיעה היום על סגירת הגשר הישן בעיר",
            "הַמִּשְׁטָרָה הוֹדִיעָה הַיּוֹם עַל סְגִירַת הַגֶּשֶׁר הַיָּשָׁן בָּעִיר",
        ),
        (
            "ru",
            "Полиция сообщила, что её сотрудники закрыли старый мост и всё спокойно",
            "Полиция сообщила, что ее сотрудники закрыли старый мост и все спокойно",
        ),
    ],
)
def test_marks_and_letters_that_readers_leave_out(language: str, plain: str, written: str) -> None:
    rest = {
        "ar": " وقال المهندس إن العمل سيستغرق سنة كاملة. ورحب السكان بالقرار.",
        "he": " המהנדס אמר שהעבודות יימשכו שנה שלמה. התושבים בירכו על ההחלטה.",
        "ru": " Инженер сказал, что работы продлятся целый год. Жители приветствовали решение.",
    }[language]
    found = decisions(
        Said(plain, f"{plain}.{rest} {plain}.", language=language),
        Said(written, f"{written}.{rest} {written}.", "Gazette", 1, language),
    )
    assert found[1].original_id == 1, found[1].reason


def test_a_headline_of_marks_costs_no_time() -> None:
    marks = "?" * 3000 + "a" + " Abc def" * 100
    started = process_time()
    decisions(Said("House votes", BUDGET), Said(marks, BUDGET, "Gazette", 2))
    assert process_time() - started < 3


LEVY = {
    "en": (
        "The levy will be paid by {} homes on the coast, the water board of Orvane said on Monday."
        " It pays for a wall of stone along the old harbour, which floods each winter."
        " Owners may ask for relief until the end of the month if their cellars are empty."
        " A vote in the town hall is planned, and fishermen have announced that they will object."
    ),
    "fr": (
        "La taxe sera payée par {} de foyers sur la côte, a annoncé lundi la régie des eaux."
        " Elle finance un mur de pierre le long du vieux port, inondé chaque hiver."
        " Les propriétaires peuvent demander une remise si leurs caves restent vides."
        " Un vote est prévu à la mairie, et les pêcheurs ont déjà annoncé leur opposition."
    ),
    "de": (
        "Die Abgabe zahlen {} Haushalte an der Küste, teilte das Wasserwerk am Montag mit."
        " Sie bezahlt eine Mauer aus Stein am alten Hafen, der jeden Winter überflutet wird."
        " Eigentümer können einen Nachlass beantragen, wenn ihre Keller leer bleiben."
        " Im Rathaus ist eine Abstimmung geplant, und die Fischer haben Widerspruch angekündigt."
    ),
    "ru": (
        "Сбор заплатят {} домов на побережье, сообщила в понедельник водная служба города."
        " Он пойдёт на каменную стену у старой гавани, которую затапливает каждую зиму."
        " Владельцы могут просить о скидке, если их подвалы стоят пустыми."
        " В ратуше готовят голосование, и рыбаки уже объявили, что будут против."
    ),
}
PARTS_OF_NUMBERS = [
    ("en", "1.5 million", "one and a half million", True),
    ("en", "2.5 million", "two and a half million", True),
    ("en", "a quarter of all", "one in four", True),
    ("en", "25% of all", "one in four", True),
    ("en", "1.1 million", "million", True),
    ("en", "one million", "one and a half million", False),
    ("en", "one in five", "one in four", False),
    ("en", "three in four", "one in four", False),
    ("en", "three in ten", "30% of all", True),
    ("en", "one in four and one in five", "one in four and one in six", False),
    ("en", "after two and a half years all", "after two years all", False),
    ("en", "after two years all", "after two and a half years all", False),
    ("en", "a quarter of a million", "250,000", True),
    ("fr", "1,5 million", "un million et demi", True),
    ("fr", "25 % du million", "25 pour cent du million", True),
    ("fr", "un million", "un million et demi", False),
    ("fr", "un foyer sur quatre", "un quart", True),
    ("fr", "après deux ans et demi une foule", "après deux ans une foule", False),
    ("de", "1,5 Millionen", "anderthalb Millionen", True),
    ("de", "2,5 Millionen", "zweieinhalb Millionen", True),
    ("de", "zwei Millionen", "zweieinhalb Millionen", False),
    ("ru", "полтора миллиона", "полмиллиона", False),
    ("ru", "500 тысяч", "полмиллиона", True),
    ("ru", "1,5 миллиона", "полтора миллиона", True),
    ("ru", "2 миллиона", "два с половиной миллиона", False),
]


@pytest.mark.parametrize(("language", "before", "after", "is_same"), PARTS_OF_NUMBERS)
def test_a_number_with_a_half(language: str, before: str, after: str, is_same: bool) -> None:
    headline = LEVY[language].partition(".")[0].format("").replace("  ", " ")
    first, again = (
        Said(headline, LEVY[language].format(number), outlet, language=language)
        for number, outlet in ((before, "Herald"), (after, "Gazette"))
    )
    found = decisions(first, again)[1]
    assert (found.original_id == 1) == is_same, found.reason


LONGER_NAMES = [
    ("Anna Berg", "Anna Berg Olsen"),
    ("Radio Free Europe", "Radio Free Europe Liberty"),
]


@pytest.mark.parametrize("names", [*LONGER_NAMES, *(names[::-1] for names in LONGER_NAMES)])
def test_a_name_that_is_longer_or_shorter_is_no_change(names: tuple[str, str]) -> None:
    first, again = (
        Said(
            "Levy", f"It was drawn up by {name} over the summer. {LEVY['en']}".format("all"), outlet
        )
        for name, outlet in zip(names, ("Herald", "Gazette"), strict=True)
    )
    assert decisions(first, again)[1].original_id == 1
