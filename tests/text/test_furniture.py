"""What stands between paragraphs and is no part of the article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.extract.paragraphs import plain, tidy
from newswatch.text.furniture import is_furniture, may_be_furniture

PROSE = (
    "The board said that it had read the report and voted.",
    "Readers of the letter asked more questions than the board could answer.",
    "Related to the founder by marriage, she has chaired the board since the fire of the old quay, "
    "and nobody in the town can remember a meeting that she missed in all those years of service.",
    "Сообщения читайте внимательно, сказал председатель.",
    "Source of the fire was a lamp.",
    "Advertisement of the tender is planned for May.",
    "Recommended by nobody, the plan failed.",
    "More than forty boats lay in the basin.",
    "Don’t miss the point, she said.",
    "Related work on the eastern quay began in May.",
    "More on the quay, the engineers said, cannot be known before spring.",
    "“We are grateful for your support,” she told the town.",
    "This video of the storm was seen by thousands.",
)


@pytest.mark.parametrize(
    "line",
    [
        "Read more: The lamp of Skarvholm is dark",
        "RELATED: Ferry is late again",
        "Click here to join our Telegram channel",
        "Install our app today",
        "Stay up to date with our daily newsletter.",
        "Te puede interesar: El faro",
        "Baca juga: Kapal terlambat",
        "یہ بھی پڑھیں: کشتی",
        "Advertisement",
        "Sign up for the harbour letter",
        "Subscribe to The Norrvik Post newsletter",
        "Photo: Mia Dahl",
        "Lesen Sie auch: Der Leuchtturm bleibt dunkel",
        "Quelle: dpa",
        "Lire aussi : Le phare reste éteint",
        "Lee también: El faro sigue apagado",
        "Leia também: O farol continua apagado",
        "Lees ook: De vuurtoren blijft donker",
        "Czytaj także: Latarnia wciąż zgaszona",
        "Читайте также: Маяк погас",
        "Читайте також: Маяк згас",
        "اقرأ أيضا: المنارة مطفأة",
        "קראו גם: המגדלור כבה",
        "関連記事",
        "相关新闻：灯塔熄灭",
        "관련 기사",
        "---|---",
        "Comments",
        "MORE: Ferry is late again",
        "• ALSO READ | The lamp of Skarvholm is dark",
        "Don’t miss: The quay at night",
        "You may also like",
        "Recommended",
        "あわせて読みたい",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)
    assert tidy(f"One.\n{line}\nTwo.") == "One.\nTwo."


IN_MANY_LANGUAGES = Path(__file__).with_name("furniture.txt").read_text().splitlines()


@pytest.mark.parametrize("line", IN_MANY_LANGUAGES)
def test_furniture_in_many_languages(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", PROSE)
def test_prose(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("No markup &amp; an entity", "No markup & an entity"),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("One.<br>Two.", "One.\nTwo."),
        ("<p>One.</p><script>x</script><figure>y</figure>", "One."),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
    ],
)
def test_plain(markup: str, text: str) -> None:
    assert tidy(plain(markup)) == text


@given(st.lists(st.sampled_from([*PROSE, "Advertisement", "", "  "]), max_size=8))
def test_tidying_twice_changes_nothing(lines: list[str]) -> None:
    once = tidy("\n".join(lines))
    assert tidy(once) == once
    assert set(once.splitlines()) <= set(PROSE)


@pytest.mark.parametrize(
    ("line", "suspect"),
    [
        ("Listen, the lamp is lit, he said.", True),
        ("This article was first published in May.", True),
        ("Related: Ferry is late again", True),
        ("The board listened.", False),
        ("Listen " * 41, False),
    ],
)
def test_what_may_be_furniture(line: str, suspect: bool) -> None:
    assert may_be_furniture(line) == suspect


def test_letters_are_as_they_are_typed() -> None:
    assert (
        tidy("La de\u0301le\u0301gation\nThe \ufb01rst o\ufb03cial")
        == "La délégation\nThe first official"
    )
