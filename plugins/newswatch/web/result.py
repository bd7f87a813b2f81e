"""What the answers of one chain of redirects mean."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from newswatch.models import FetchOutcome, FetchRequest, FetchResult
from newswatch.web.answer import Answer, address_sent, sentence
from newswatch.web.body import Decoded, TooLarge, decoded, is_whole
from newswatch.web.failures import Failed


def result_of(
    request: FetchRequest, url: str, answer: Answer, hops: list[tuple[int, str]], limit: int
) -> FetchResult:
    """What the last answer of a chain means. Raises `Failed` and `TooLarge`."""
    is_good = 200 <= answer.status < 300
    found = Decoded(b"")
    try:
        found = decoded(answer.body, answer.headers.get("content-encoding", ""), limit)
    except TooLarge:
        if is_good:
            raise
    problem = found.problem or ("the connection ended before the body did" if answer.is_cut else "")
    if is_good and problem and not is_whole(found.body):
        raise Failed("protocol", problem)
    return FetchResult(
        request.url,
        url,
        _outcome(answer.status),
        status=answer.status,
        detail=_status_detail(answer),
        headers=answer.headers,
        body=found.body,
        redirects=tuple(hops),
        retry_after=answer.headers.get("retry-after"),
    )


def redirect_target(url: str, location: bytes) -> str:
    sent = address_sent(location)
    try:
        target = urljoin(url, sent)
        urlsplit(target)
    except ValueError:
        raise Failed("bad-redirect", f"redirected to {sent!r}, which is no address") from None
    return target


def _outcome(status: int) -> FetchOutcome:
    if status == 304:
        return "not-modified"
    return "ok" if 200 <= status < 300 else "http-error"


def _status_detail(answer: Answer) -> str:
    if answer.status == 304 or 200 <= answer.status < 300:
        return ""
    return sentence(f"HTTP {answer.status} {answer.reason}")
