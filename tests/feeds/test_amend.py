"""feeds.yaml is changed where it is meant to be, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswatch.errors import InputError
from newswatch.feeds.amend import with_values, without_feeds
from newswatch.feeds.watchlist import feeds_in
from newswatch.models import FeedSpec
from newswatch.settings import HOME
from newswatch.yamlfile import parse_yaml

LIST = """# What we watch.
feeds:

  # Wires
  - url: https://a.example/rss  # the old one
    outlet: A
    country: GB

  # Others
  - {url: "https://b.example/rss", outlet: B}
  - outlet: "C: the third"
    url: https://c.example/rss
    ports:
      - 8443

  - url: https://d.example/rss
    outlet: D # last
# The end.
"""
SHIPPED = (HOME / "dags/watchlist/feeds.yaml").read_text()


def specs(text: str) -> list[FeedSpec]:
    loaded = feeds_in(parse_yaml(text, "feeds.yaml"))
    assert loaded.errors == ()
    return list(loaded.specs)


def test_rows_are_taken_out_with_their_lines() -> None:
    left = without_feeds(LIST, "feeds.yaml", ["http://A.example/rss/", "https://c.example/rss"])
    assert left == (
        "# What we watch.\nfeeds:\n\n  # Wires\n\n  # Others\n"
        '  - {url: "https://b.example/rss", outlet: B}\n\n'
        "  - url: https://d.example/rss\n    outlet: D # last\n# The end.\n"
    )


def test_values_are_set_in_place_or_added() -> None:
    changed = with_values(
        LIST, "feeds.yaml", "https://a.example/rss", {"country": "UA", "language": "uk"}
    )
    assert changed == LIST.replace("country: GB", "country: UA").replace(
        "# the old one\n", "# the old one\n    language: uk\n"
    )
    changed = with_values(LIST, "feeds.yaml", "https://b.example/rss", {"outlet": "B: “b” # 1"})
    assert changed == LIST.replace("outlet: B}", 'outlet: "B: “b” # 1"}')
    changed = with_values(LIST, "feeds.yaml", "https://b.example/rss", {"country": "NO"})
    assert '{url: "https://b.example/rss", country: NO, outlet: B}' in changed


@pytest.mark.parametrize(
    ("values", "problem"),
    [({"country": "gb"}, "'gb' is no code"), ({"url": "nowhere"}, "no web address")],
)
def test_what_may_not_stand_there_is_refused_with_its_line(
    values: dict[str, str], problem: str
) -> None:
    with pytest.raises(InputError) as refused:
        with_values(LIST, "feeds.yaml", "https://a.example/rss", values)
    assert problem in refused.value.problem
    assert refused.value.line in (5, 7)


def test_what_cannot_be_changed_by_program_is_told_of() -> None:
    flow = "feeds: [{url: 'https://a.example/', outlet: A}, {url: 'https://b.example/', outlet: B}]"
    with pytest.raises(InputError, match="by hand"):
        without_feeds(flow, "feeds.yaml", ["https://a.example/"])
    with pytest.raises(InputError, match="by hand"):
        without_feeds(LIST, "feeds.yaml", [spec.url for spec in specs(LIST)])
    with pytest.raises(InputError, match="does not stand there"):
        with_values(LIST, "feeds.yaml", "https://x.example/", {"country": "GB"})


@settings(max_examples=12)  # each reads the list of 120 feeds four times
@given(st.sets(st.integers(0, 119), max_size=8), st.integers(0, 119), st.text(min_size=1))
def test_the_shipped_list_can_be_changed_anywhere(
    gone: set[int], changed: int, outlet: str
) -> None:
    before = specs(SHIPPED)
    gone = {number % len(before) for number in gone}
    left = without_feeds(SHIPPED, "feeds.yaml", [before[number].url for number in gone])
    assert specs(left) == [spec for number, spec in enumerate(before) if number not in gone]
    comments = [line for line in SHIPPED.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in left.splitlines() if line.lstrip().startswith("#")] == comments
    changed %= len(before)
    try:
        text = with_values(SHIPPED, "feeds.yaml", before[changed].url, {"outlet": outlet})
    except InputError:
        assert not outlet.strip() or not outlet.isprintable()
        return
    before[changed] = replace(before[changed], outlet=outlet.strip())
    assert specs(text) == before
