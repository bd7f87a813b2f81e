"""What an operator may do to a feed, and to what is parked; who did it is kept."""

from __future__ import annotations

from typing import assert_never

from newswatch.errors import InputError
from newswatch.models import FeedId
from newswatch.stages.job import Work
from newswatch.store import actions, feeds, parked
from newswatch.store.actions import Action
from newswatch.store.parked import Subject
from newswatch.text.excerpt import beginning

LONGEST_WHY = 200  # characters of it that stand beside the feed


def act_on_feed(work: Work, feed_id: FeedId, action: Action) -> None:
    """Retry, disable or enable a feed. What feeds.yaml says of it stays: a feed that a person
    disabled is not polled until a person enables it, however it is listed.

    Raises `InputError` if there is no such feed.
    """
    url = feeds.url_of(work.connection, feed_id)
    if url is None:
        raise InputError(f"there is no feed {feed_id}", mend="see `newswatch feeds list`")
    why = f": {beginning(action.why, LONGEST_WHY)}" if action.why else ""
    with work.connection.transaction():
        match action.kind:
            case "retry":
                feeds.retry_now(work.connection, feed_id, f"asked for by {action.acted_by}{why}")
            case "disable":
                reason = f"disabled by {action.acted_by}{why}"
                feeds.set_enabled(work.connection, feed_id, False, reason)
            case "enable":
                reason = f"enabled by {action.acted_by}{why}"
                feeds.set_enabled(work.connection, feed_id, True, reason)
            case "retry-parked":
                raise InputError("a feed is not what is parked", mend="retry it")
            case unreachable:
                assert_never(unreachable)
        actions.record(work.connection, action, feed_id, url, work.now)


def retry_parked(work: Work, stage: str, subject: Subject, action: Action) -> None:
    """The next run of the stage tries it. Raises `InputError` if nothing of it waits for a try."""
    with work.connection.transaction():
        if not parked.retry_now(work.connection, stage, subject):
            raise InputError(
                "that is not parked, or is for a person to mend", mend="see ops.parked"
            )
        what = f"{stage}: {subject.what}"
        actions.record(work.connection, action, None, what, work.now)
