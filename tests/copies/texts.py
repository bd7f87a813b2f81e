"""Invented news for the tests of deduplication, and the ways in which outlets rework a text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice

HARBOUR = """\
PORT ELLERY — The harbour authority will close the eastern ferry terminal for eleven weeks from
Monday so that divers can replace the timber piles that have carried its main pier since 1934.
Engineers found in March that shipworm had hollowed out almost a third of the supports, the
authority said in a report to the city council. Two ferries were already moved to the fish dock
after a section of decking sagged under a delivery van.
“We looked at patching it once more, and it would have cost us more than doing it properly,” said
Ines Vardalou, the authority's chief engineer. “Nobody will thank us for a summer of detours, but
the pier will stand for another eighty years.”
Shopkeepers along Quay Street fear for their season. Tomas Brandl, who sells smoked eel from a
kiosk beside the ticket office, said that nine of ten customers walk past on their way to a boat.
The council promised a free shuttle from the railway station every twelve minutes, and will waive
rents for the kiosks until the terminal opens again. Opposition members called the plan late and
asked why the yearly inspections had noticed nothing before.
The work is expected to cost 14 million crowns. A regional fund for coastal towns pays about half
of it; the rest comes from landing fees, which will rise by four per cent in January.
"""

TUNNEL = """\
KARSBERG — Voters in the three mountain cantons rejected a second road tunnel below the Hohe Warte
on Sunday, ending a dispute that divided the valley for most of a generation.
With all districts counted, 57.3 per cent had said no. Turnout reached 64 per cent, the highest
for a regional ballot since 1992, and long queues kept several polling stations open past nine.
The government had argued that the old tube, opened in 1971, could be repaired only if traffic had
another way through. Opponents answered that the railway already carries two lorries of three and
that a second tube would fill up as quickly as the first.
“The valley has chosen quiet,” said Margit Oelrich, who led the campaign against the project from
her farm above the northern portal. Hauliers spoke of a black day for trade and announced that they
would ask for a toll discount while the repairs last.
Transport minister Rolf Achterberg said that he respected the result. The old tunnel is to be
closed at night from next autumn; a timetable for car trains is promised before the winter.
"""

RUSSIAN = """\
Городской совет Верхнеозёрска утвердил план восстановления старого вокзала, который пустует уже
девятнадцать лет. Работы начнутся в апреле и продлятся до конца следующего года, сообщил
заместитель мэра Аркадий Лунёв. По его словам, под крышей вокзала разместятся библиотека, рынок
местных фермеров и небольшой музей узкоколейной дороги. Жители соседних домов просили оставить
липовую аллею нетронутой, и архитекторы перенесли стоянку к складам. Смету оценивают в триста
сорок миллионов рублей, половину выделит область.
"""

ARABIC = """\
أعلنت بلدية مدينة السدر الساحلية أمس افتتاح أول محطة لتحلية المياه تعمل بالطاقة الشمسية بعد ثلاث
سنوات من العمل. وقال المهندس رامي الحداد إن المحطة ستوفر مياه الشرب لنحو أربعين ألف نسمة في القرى
المجاورة، وإن الفائض سيذهب إلى المزارع. وأضاف أن المشروع واجه صعوبات كثيرة بسبب العواصف الرملية
التي أتلفت الألواح مرتين، قبل أن يبتكر طلاب المعهد التقني غطاء متحركا يحميها. ويأمل السكان أن
تنخفض فاتورة المياه إلى النصف مع حلول الصيف.
"""

JAPANESE = """\
青浜町は十二日、老朽化した灯台を観光施設として再生する計画を発表した。灯台は昭和初期に建てられ、十年前から
使われていない。町は一階に喫茶店、最上階に展望室を設け、来年の春に開く予定だ。改修費は約二億円で、半分は県の
補助金で賄う。町長の沢渡和江氏は記者会見で「若い人が戻ってくる場所にしたい」と述べた。漁協は夜間の照明が漁に
影響しないよう求めている。地元の高校生は灯台の歴史を調べ、案内板の文章を書くという。
"""

THAI = """\
น้ำท่วมเมืองท่าเรือทรายขาวเมื่อคืนวันพุธ ทำให้ชาวบ้านกว่าสี่ร้อยคนต้องย้ายไปนอนที่โรงเรียนบนเนินเขา
นายกเทศมนตรีกล่าวว่าจะสร้างกำแพงกันน้ำใหม่ภายในปีหน้า และขอให้ทุกคนช่วยกันทำความสะอาดตลาดปลา
ร้านค้าริมแม่น้ำปิดทำการสามวัน ส่วนเรือข้ามฟากจะกลับมาเดินอีกครั้งหลังช่างตรวจเสาไม้ใต้ท่าเสร็จ
"""

STANDING = (
    "Sign up to the evening letter of the Ellery Courier and get our best stories before dinner. "
    "The Courier is owned by its readers, and it answers to nobody else. Share this article with a "
    "friend, write to the editors, or send us a tip through our secure letter box at the old mint. "
    "Reporting like this depends on the members who support the newsroom every single month."
)

_VOWELS, _CONSONANTS = "aeiou", "bdfgklmnprstvz"


def prose(seed: int, words: int = 240, vocabulary: int = 3_000) -> str:
    """Text of invented words in sentences: two seeds share hardly a run of four words."""
    chance = random.Random(seed)
    written: list[str] = []
    for number in range(words):
        word = _word(chance.randrange(vocabulary))
        written.append(word.capitalize() if number % 12 == 0 else word)
        if number % 12 == 11 or number == words - 1:
            written[-1] += "."
    return " ".join(written)


def _word(number: int) -> str:
    letters = []
    for place in range(3):
        number, consonant = divmod(number * 31 + place, len(_CONSONANTS))
        letters += [_CONSONANTS[consonant], _VOWELS[number % len(_VOWELS)]]
    return "".join(letters) + str(_VOWELS[number % 5]) + "nt"[number % 2]


def sentences(text: str) -> list[str]:
    flat = " ".join(text.split())
    return [part.strip() + "." for part in flat.split(". ") if part.strip(" .")]


def keep(text: str, share: float) -> str:
    """The first part of a text, as an outlet that cuts from the end leaves it."""
    words = text.split()
    return " ".join(words[: round(len(words) * share)])


def keep_pieces(text: str, share: float, words: int) -> str:
    """As `keep`, but pieces of so many words from all over a text."""
    every = text.split()
    pieces = [every[start : start + words] for start in range(0, len(every), words)]
    chosen = random.Random(len(pieces)).sample(range(len(pieces)), round(len(pieces) * share))
    return " ".join(word for place in sorted(chosen) for word in pieces[place])


def every_nth_word_changed(text: str, nth: int) -> str:
    words = text.split()
    return " ".join("otherwise" if place % nth == nth - 1 else w for place, w in enumerate(words))


def alternating(first: str, of_first: int, second: str, of_second: int) -> str:
    """So many words of the one text, so many of the other, until one of them ends."""
    ours, theirs = iter(first.split()), iter(second.split())
    written: list[str] = []
    while (more := list(islice(ours, of_first))) and (other := list(islice(theirs, of_second))):
        written += more + other
    return " ".join(written)


def joined(parts: Sequence[str]) -> str:
    return "\n".join(parts)
