"""A sample newsroom on loopback: invented outlets, their feeds and pages, and what is true of them.

    with Newsroom() as newsroom:
        newsroom.set_clock(60)
        newsroom.feeds_yaml()      # what to poll
        newsroom.expected_flags()  # URL to topics

From a shell: `python -m newsroom --port 8905`, with `tests/` on the path.
"""

from newsroom.articles import SEED, Article, load_articles
from newsroom.outlets import OUTLETS, Feed, Outlet
from newsroom.server import EPOCH, Newsroom

__all__ = ["EPOCH", "OUTLETS", "SEED", "Article", "Feed", "Newsroom", "Outlet", "load_articles"]
