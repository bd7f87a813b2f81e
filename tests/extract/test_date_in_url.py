"""The day that an address names."""

from __future__ import annotations

import pytest

from newswatch.extract.date_in_url import date_in_url


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2025/12/18/talks", "2025-12-18"),
        ("/news/2025-12-18-talks", "2025-12-18"),
        ("/news/20251218/talks", "2025-12-18"),
        ("/world/2025/dec/18/talks", "2025-12-18"),
        ("/news/18-12-2025/talks", "2025-12-18"),
        ("/news/12-18-2025/talks", "2025-12-18"),
        ("/news/18-december-2025", "2025-12-18"),
        ("/2025/9/7/talks", "2025-09-07"),
        ("/2025/12/talks", None),
        ("/2025/12/3-questions", None),
        ("/2025/12/03-talks", "2025-12-03"),
        ("/2025/13/45/talks", None),
        ("/talks-120251218", None),
        ("/v/2025.12.18.4/x", "2025-12-18"),
        ("/", None),
    ],
)
def test_day(path: str, day: str | None) -> None:
    assert date_in_url(f"https://paper.example{path}?d=2020-01-01") == day
