"""Every room counts the words of every script by one table."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.extract.kind import Look, kind_of
from newswatch.text.marks import marks
from newswatch.text.scripts import (
    SPACELESS,
    SPACELESS_SCRIPTS,
    VOWELS,
    is_spaceless,
    script_of,
    spaceless_in,
    word_starts,
    words_in,
)
from newswatch.text.words import words_of
from newswatch.topics.document import Part

BLOCKS = {
    "thai": (0xE00, 0xE7F),
    "lao": (0xE80, 0xEFF),
    "burmese": (0x1000, 0x109F),
    "khmer": (0x1780, 0x17FF),
    "kana": (0x3041, 0x30FF),
    "bopomofo": (0x3100, 0x312F),
    "han": (0x4E00, 0x9FFF),
}
SPACED = {
    "latin": "quay",
    "cyrillic": "пристань",
    "hebrew": "רָצִיף",
    "arabic": "رَصِيف",
    "devanagari": "हिन्दी",
    "tamil": "துறைமுகம்",
    "hangul": "부두",
    "georgian": "ნავმისადგომი",
}
LETTERS = {
    script: [
        letter
        for letter in map(chr, range(low, high + 1))
        if letter.isalpha() and is_spaceless(letter)
    ]
    for script, (low, high) in BLOCKS.items()
}
SCRIPT = st.sampled_from(sorted(BLOCKS))


@st.composite
def runs(draw: st.DrawFn) -> tuple[str, int]:
    """A run of syllables of one script without spaces, and how many they are."""
    script = draw(SCRIPT)
    letters = st.sampled_from(LETTERS[script])
    signs = st.sampled_from(["", "\u0e34", "\u0eb4", "\u102d", "\u17b7", "\u3099", "\u0301"])
    count = draw(st.integers(1, 40))
    return "".join(draw(letters) + draw(signs) for _ in range(count)), count


@given(runs())
def test_a_script_without_spaces_counts_alike_in_every_room(run: tuple[str, int]) -> None:
    text, syllables = run
    words = -(-syllables // 2)
    assert words_in(text) == words  # extraction
    assert len(Part("text", text).words) == len(word_starts(text)) == words  # topics
    assert len(words_of(text)) == spaceless_in(text) == syllables  # copies


@pytest.mark.parametrize("script", sorted(SPACED))
@given(count=st.integers(1, 30))
def test_a_script_with_spaces_counts_alike_in_every_room(script: str, count: int) -> None:
    text = " ".join([SPACED[script]] * count)
    assert words_in(text) == count
    assert len(Part("text", text).words) == count
    assert len(words_of(text)) == count


@pytest.mark.parametrize("script", sorted(BLOCKS))
def test_the_table_has_every_letter_of_its_scripts(script: str) -> None:
    low, high = BLOCKS[script]
    letters = {
        letter
        for letter in map(chr, range(low, high + 1))
        if unicodedata.category(letter) in ("Lo", "Lm") and letter not in VOWELS
    }
    assert letters == {letter for letter in letters if is_spaceless(letter)}
    assert {script_of(letter) for letter in letters} == {"spaceless"}
    assert script in SPACELESS_SCRIPTS


def test_no_mark_and_no_vowel_sign_is_a_letter_of_the_table() -> None:
    assert not re.search(f"[{SPACELESS}]", VOWELS)
    assert not any(is_spaceless(mark) for mark in re.findall(f"[{marks()}]", LAO + KHMER + BURMESE))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one two  three", 3),
        ("don't stop – now", 4),  # as it is counted everywhere: by blanks
        ("東京タワー", 3),
        ("東京 tower", 2),
        ("東京。大阪、", 2),
        ("ប្រជាជន", 3),
    ],
)
def test_words(text: str, words: int) -> None:
    assert words_in(text) == words


KHMER = (
    "គណៈកម្មាធិការកំពង់ផែបានសម្រេចពង្រីកផែខាងកើតនៅថ្ងៃអង្គារ។ ការងារនេះនឹងចាប់ផ្តើមនៅរដូវប្រាំង "
    "ហើយនឹងត្រូវចំណាយពេលពីរឆ្នាំ។ អ្នកនេសាទបាននិយាយថាពួកគេត្រូវការកន្លែងចតទូកថ្មី។ "
    "អភិបាលក្រុងបានសន្យាថានឹងជួយពួកគេក្នុងអំឡុងពេលសាងសង់។"
)
LAO = (
    "ຄະນະກຳມະການທ່າເຮືອໄດ້ຕັດສິນໃຈຂະຫຍາຍທ່າທາງທິດຕາເວັນອອກໃນວັນອັງຄານ. ວຽກນີ້ຈະເລີ່ມໃນລະດູແລ້ງ "
    "ແລະຈະໃຊ້ເວລາສອງປີ. ຊາວປະມົງເວົ້າວ່າພວກເຂົາຕ້ອງການບ່ອນຈອດເຮືອໃໝ່. "
    "ເຈົ້າເມືອງສັນຍາວ່າຈະຊ່ວຍພວກເຂົາໃນໄລຍະກໍ່ສ້າງ."
)
BURMESE = (
    "ဆိပ်ကမ်းကော်မတီသည် အရှေ့ဘက်ဆိပ်ခံတံတားကို ချဲ့ထွင်ရန် အင်္ဂါနေ့တွင် ဆုံးဖြတ်ခဲ့သည်။ လုပ်ငန်းကို "
    "ခြောက်သွေ့ရာသီတွင် စတင်မည်ဖြစ်ပြီး နှစ်နှစ်ကြာမည်။ ငါးဖမ်းသမားများက လှေဆိပ်အသစ် လိုအပ်သည်ဟု ပြောသည်။ "
    "မြို့တော်ဝန်က ဆောက်လုပ်နေစဉ် ကူညီမည်ဟု ကတိပေးခဲ့သည်။"
)
THAI = (
    "คณะกรรมการท่าเรือลงมติเมื่อวันอังคารให้ขยายท่าเทียบเรือฝั่งตะวันออก งานจะเริ่มในฤดูแล้งและใช้เวลาสองปี "
    "ชาวประมงกล่าวว่าพวกเขาต้องการที่จอดเรือใหม่ นายกเทศมนตรีสัญญาว่าจะช่วยเหลือพวกเขาระหว่างการก่อสร้าง"
)
KANA = (
    "港湾委員会は火曜日、東岸壁の拡張を決めた。工事は乾季に始まり、二年かかる。漁師たちは新しい係留場所が必要だと話した。"
    "市長は工事の間、漁師たちを支援すると約束した。"
)
HAN = (
    "港口委员会星期二决定扩建东码头。工程将在旱季开始，需要两年时间。渔民们说他们需要新的停泊处。"
    "市长承诺在施工期间帮助他们。委员会还决定在明年春天之前公布全部费用，并听取沿岸居民的意见。"
)
NOTICE = "We use cookies. Accept all cookies"
ARTICLES = pytest.mark.parametrize(
    "text", [KHMER, LAO, BURMESE, THAI, KANA, HAN], ids=["km", "lo", "my", "th", "ja", "zh"]
)


@ARTICLES
@pytest.mark.parametrize("paragraphs", [3, 8])
def test_an_article_with_a_cookie_notice_is_an_article(text: str, paragraphs: int) -> None:
    body = "\n".join([text] * paragraphs)
    look = Look(title="", text=body, visible=f"{NOTICE}\n{body}", path="/news/quay")
    assert words_in(body) > 80
    assert kind_of(look)[0] == "article"
