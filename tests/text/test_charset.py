"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.text.charset import decode

CYRILLIC = "Порт открыт после шторма, сообщили власти города"
HEBREW = "שיחות על עזה נמשכות"
CHINESE = "俄烏談判鎔基，停火協議"
JAPANESE = "停戦交渉①が再開 ～ 東京"
THAI = "ท่าเรือเปิดแล้วหลังพายุ"
KOREAN = "항구가 폭풍 뒤에 다시 열렸다 똠"


def xml(label: str | None, text: str) -> str:
    declared = f' encoding="{label}"' if label else ""
    return f'<?xml version="1.0"{declared}?><rss><channel><title>{text}</title></channel></rss>'


def page(label: str, text: str) -> str:
    return f'<html><head><meta charset="{label}"><title>{text}</title></head></html>'


LABELS = [
    *((label, "gb18030", CHINESE) for label in ("gb2312", "GBK", "gb18030", "csGB2312")),
    *((label, "iso8859-8", HEBREW) for label in ("ISO-8859-8-I", "iso-8859-8-e", "logical")),
    *((label, "iso8859-8", HEBREW) for label in ("visual", "ISO-8859-8", "csISO88598I")),
    *((label, "cp1255", HEBREW) for label in ("windows-1255", "x-cp1255")),
    *((label, "cp874", THAI) for label in ("windows-874", "TIS-620", "dos-874", "ISO-8859-11")),
    *((label, "mac-cyrillic", CYRILLIC) for label in ("x-mac-cyrillic", "x-mac-ukrainian")),
    *((label, "cp932", JAPANESE) for label in ("Shift_JIS", "x-sjis", "windows-31j", "cp932")),
    *((label, "cp949", KOREAN) for label in ("euc-kr", "ks_c_5601-1987", "windows-949")),
    *((label, "cp1251", CYRILLIC) for label in ("windows-1251", "cp1251", "x-cp1251")),
    ("koi8-r", "koi8-r", CYRILLIC),
    ("iso-8859-5", "iso8859-5", CYRILLIC),
    ("latin1", "cp1252", "“Café” – 5 €"),
    ("iso-8859-9", "cp1254", "İstanbul’da görüşme"),
    ("iso-2022-jp", "iso2022_jp", "停戦交渉が再開"),
    ("iso-2022-kr", "iso2022_kr", "항구가 다시 열렸다"),
    ("utf-7", "utf-7", CYRILLIC),
    ("cp437", "cp437", "Café ñ"),
]


@pytest.mark.parametrize(("label", "codec", "text"), LABELS)
def test_a_label_means_what_browsers_read(label: str, codec: str, text: str) -> None:
    for written in (xml(label, text), page(label, text)):
        found = decode(written.encode(codec))
        assert (found.text, found.problem) == (written, None)
    said = decode(f"<rss>{text}</rss>".encode(codec), f"text/xml; charset={label}")
    assert (said.text, said.problem) == (f"<rss>{text}</rss>", None)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("label", [None, "utf-16", "utf-8"])
@pytest.mark.parametrize("content_type", [None, "text/xml; charset=utf-8"])
def test_wide_charsets(codec: str, mark: str, label: str | None, content_type: str | None) -> None:
    written = xml(label, CYRILLIC)
    found = decode((mark + written).encode(codec), content_type)
    assert (found.text, found.problem) == (written, None)


def test_wide_labels_on_narrow_bytes_are_passed_over() -> None:
    assert decode(xml("utf-16", CYRILLIC).encode()).text == xml("utf-16", CYRILLIC)
    assert decode(xml("utf-16", CYRILLIC * 3).encode("cp1251")).text == xml("utf-16", CYRILLIC * 3)


@pytest.mark.parametrize(
    ("label", "codec", "content_type"),
    [
        ("windows-1251", "utf-8", None),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "windows-1251", None),
        ("utf-8", "windows-1251", "text/xml; charset=windows-1251"),
        ("windows-1251", "windows-1251", "text/html; charset=ISO-8859-1"),
        ("x-unheard-of", "utf-8", None),
        ("hex", "utf-8", None),
        (None, "windows-1251", None),
        (None, "koi8-r", None),
    ],
)
def test_wrong_labels(label: str | None, codec: str, content_type: str | None) -> None:
    written = xml(label, CYRILLIC * 4)
    assert decode(written.encode(codec), content_type).text == written


def test_a_wrong_label_is_told_of() -> None:
    assert decode(xml("utf-8", CYRILLIC * 4).encode("cp1251")).problem is not None
    assert decode(xml("windows-1251", CYRILLIC).encode()).problem == (
        "declared windows-1251, is utf-8"
    )
    assert decode(xml("windows-1251", "in plain letters").encode()).problem is None


@pytest.mark.parametrize("label", [None, "utf-8", "iso-8859-1", "windows-1251"])
def test_a_broken_byte_does_not_change_the_charset(label: str | None) -> None:
    written = xml(label, CYRILLIC)
    found = decode(written.encode().replace("П".encode(), b"\xff", 1))
    assert found.text == written.replace("П", "\ufffd")
    assert (found.charset, found.problem) == ("utf-8", "1 bytes are no utf-8")


@pytest.mark.parametrize("label", [None, "utf-8"])
def test_few_letters_are_enough_where_utf8_is_claimed(label: str | None) -> None:
    found = decode(xml(label, "Київ, café").encode().replace("é".encode(), b"\xe9"))
    assert (found.text, found.charset) == (xml(label, "Київ, caf\ufffd"), "utf-8")


@pytest.mark.parametrize("label", ["us-ascii", "iso-8859-1", "windows-1252"])
def test_short_texts_are_what_they_are_declared_to_be(label: str) -> None:
    written = xml(label, "it’s a “café”")
    assert decode(written.encode("cp1252")).text == written


def test_a_cut_off_letter_among_plain_ones_is_utf8() -> None:
    assert decode("It is cold … today".encode().replace(b"\xa6", b"")).charset == "utf-8"
    assert decode("Café today".encode("cp1252")).text == "Café today"


def test_a_broken_byte_of_a_declared_charset_is_one_only() -> None:
    written = xml("windows-1251", CYRILLIC)
    assert decode(written.encode("cp1251") + b"\x98").text == written + "\ufffd"
    damaged = xml("gb2312", CHINESE * 9).encode("gb18030").replace(b"</title>", b"\xff</title>")
    assert CHINESE in decode(damaged).text


@pytest.mark.parametrize(
    "before",
    [
        '<!-- <meta charset="koi8-r"> -->',
        "<!--[if IE]><meta content='text/html; charset=koi8-r'><![endif]-->",
    ],
)
def test_what_is_commented_out_declares_nothing(before: str) -> None:
    written = before + page("windows-1251", CYRILLIC)
    assert decode(written.encode("cp1251")).text == written


@given(st.binary(max_size=400), st.none() | st.text(max_size=30))
def test_any_bytes_are_text(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type).text, str)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_utf8_is_read_as_written(text: str) -> None:
    written = "<p>" + text
    assert decode(written.encode()).text == written


def test_characters_as_two_surrogates_in_utf8() -> None:
    """CESU-8; a surrogate without its other half is none."""
    body = "<a>Ціна \ud83d\ude00 і \ud83d</a>".encode("utf-8", "surrogatepass")
    assert decode(body).text == "<a>Ціна 😀 і \ufffd</a>"


@pytest.mark.parametrize("label", ["us-ascii", "ASCII", "ANSI_X3.4-1968"])
def test_ascii_that_is_none_is_read_as_it_looks(label: str) -> None:
    body = xml(label, CYRILLIC).encode("cp1251")
    assert CYRILLIC in decode(body).text


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252"])
@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", "Суд в порту обязал паромную компанию выплатить семьям погибших моряков. " * 3),
        ("koi8_r", "Суд в порту обязал паромную компанию выплатить семьям погибших моряков. " * 3),
        (
            "cp1256",
            "أمرت المحكمة شركة العبارات بدفع أربعين مليون كرونة لعائلات البحارة الغرقى. " * 3,
        ),
        ("cp1255", "בית המשפט הורה לחברת המעבורות לשלם למשפחות הספנים שטבעו ארבעים מיליון. " * 3),
        ("cp1253", "Το δικαστήριο διέταξε την εταιρεία πλοίων να πληρώσει τις οικογένειες. " * 3),
        ("cp932", "裁判所は水曜日、フェリー会社に対し、死亡した船員の家族に支払うよう命じた。" * 3),
        (
            "euc_jp",
            "裁判所は水曜日、フェリー会社に対し、死亡した船員の家族に支払うよう命じた。" * 3,
        ),
        (
            "cp949",
            "법원은 수요일 페리 회사에 숨진 선원들의 가족에게 돈을 지급하라고 명령했다. " * 3,
        ),
        ("gb18030", "法院周三命令渡轮公司向遇难船员家属支付四千万克朗，公司称将研究判决。" * 3),
        ("big5", "法院週三命令渡輪公司向遇難船員家屬支付四千萬克朗，公司稱將研究判決。" * 3),
        ("cp874", "ศาลสั่งให้บริษัทเรือข้ามฟากจ่ายเงินสี่สิบล้านโครนให้แก่ครอบครัวของลูกเรือ " * 3),
    ],
)
def test_a_servers_default_yields_to_another_alphabet(label: str, codec: str, text: str) -> None:
    page = f'<meta charset="{label}"><title>x</title><p>{text}</p>'.encode(codec)
    assert text in decode(page).text
    assert text in decode(page, f"text/html; charset={label}").text


def test_a_servers_default_stands_where_it_may_be_right() -> None:
    text = "Das Gericht verurteilte die Fährgesellschaft, an die Angehörigen zu zahlen: «Größe»."
    assert decode(text.encode("cp1252"), "text/html; charset=iso-8859-1").text == text


@pytest.mark.parametrize(
    ("language", "codec", "text"),
    [
        ("el", "cp1253", "Το δημοτικό συμβούλιο ανέβαλε το βράδυ της Τρίτης την ψηφοφορία."),
        ("ru", "koi8_r", "Городской совет вечером отложил голосование о мосте через ручей."),
        ("ru", "cp1251", "Городской совет вечером отложил голосование о мосте через ручей."),
        (
            "tr",
            "cp1254",
            "Belediye meclisi köprü oylamasını salı akşamı erteledi, şimdi ne olacak?",
        ),
    ],
)
def test_undeclared_bytes_are_of_the_documents_language(
    language: str, codec: str, text: str
) -> None:
    scripts = "<script>var slots = [[300, 250], [728, 90]];</script>" * 40
    written = f'<html lang="{language}"><head>{scripts}</head><p>{text}</p></html>'
    assert decode(written.encode(codec), "text/html").text == written
