"""A figure that rose or fell is told with what stood in its place, and nothing else is."""

from __future__ import annotations

import pytest

from newswatch.copies.renumbered import renumbered
from newswatch.copies.wording import Wording

TEXT = "At least {} people were killed when fire broke out on the quay of Larnaca on Monday."


@pytest.mark.parametrize(
    ("told", "newer", "expected"),
    [
        pytest.param(
            [("Quay fire kills 12", TEXT.format(12))],
            ("Larnaca mourns", TEXT.format(19)),
            (TEXT.format(19), "12"),
            id="in the lead",
        ),
        pytest.param(
            [("Quay fire kills twelve", "")],
            ("Quay fire kills 19", ""),
            ("Quay fire kills 19", "twelve"),
            id="in the headline, in words before",
        ),
        pytest.param(
            [("码头火灾造成12人死亡", "")],
            ("码头火灾造成19人死亡", ""),
            ("码头火灾造成19人死亡", "12"),
            id="where no blanks part words",
        ),
        pytest.param(
            [("Quay fire kills 9", ""), ("Quay fire kills 12", "")],
            ("Quay fire kills 19", ""),
            ("Quay fire kills 19", "12"),
            id="what was told last",
        ),
        pytest.param(
            [("Quay fire kills 12", ""), ("Quay fire kills 19", "")],
            ("Quay fire kills 19", ""),
            None,
            id="told already",
        ),
        pytest.param(
            [("Quay fire kills 12", "")],
            ("Quay fire kills 19", "The office had said that it killed 12."),
            None,
            id="both are told",
        ),
        pytest.param(
            [("Envoys meet on 12 December", "")],
            ("Envoys meet on 19 December", ""),
            None,
            id="a day counts nothing",
        ),
        pytest.param(
            [("Envoys sign the 2025 treaty", "")],
            ("Envoys sign the 2026 treaty", ""),
            None,
            id="nor does a year",
        ),
        pytest.param(
            [("Summit lends Ukraine €90 billion", "")],
            ("Summit lends Ukraine $105 billion", ""),
            None,
            id="another currency",
        ),
        pytest.param(
            [("Two states offer 300 inspectors", "")],
            ("Talks on 40 inspectors for the quay begin in rain", ""),
            None,
            id="in a sentence about something else",
        ),
        pytest.param(
            [("Quay fire kills 12 sailors", "")],
            ("Quay fire kills sailors, 30 boats sink", ""),
            None,
            id="of something else",
        ),
    ],
)
def test_what_a_number_was_before(
    told: list[tuple[str, str]], newer: tuple[str, str], expected: tuple[str, str] | None
) -> None:
    found = renumbered([Wording(*each, "en") for each in told], Wording(*newer, "en"))
    assert (found and (found.sentence, found.before)) == expected
