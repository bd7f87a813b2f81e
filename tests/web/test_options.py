"""What a feed may need beside its address, on a real server: a login, cookies, another name."""

from __future__ import annotations

import base64
import json

import pytest

from loopback import Reply, Request, serving
from newswatch.errors import SettingError
from newswatch.models import FetchRequest
from newswatch.settings import read_settings
from web.test_fetch import fetch

LOGINS = {"agency": "désk:pass:word"}
BASIC = base64.b64encode(b"d\xc3\xa9sk:pass:word").decode()


def gate(request: Request) -> Reply:
    if request.headers.get("authorization") == f"Basic {BASIC}":
        return Reply(200, b"<rss/>")
    return Reply(401, headers={"WWW-Authenticate": "Basic"})


def test_a_login_opens_the_feed() -> None:
    with serving("127.0.0.2") as site:
        site.pages["/feed"] = gate
        url = f"{site.base}/feed"
        opened, shut = fetch(
            FetchRequest(url, login="agency"), FetchRequest(url), feed_logins=LOGINS
        )
    assert (opened.outcome, opened.body) == ("ok", b"<rss/>")
    assert (shut.outcome, shut.status) == ("http-error", 401)


def test_a_login_that_is_not_set_is_told_of_and_nothing_is_asked() -> None:
    with serving("127.0.0.2") as site:
        (found,) = fetch(FetchRequest(f"{site.base}/feed", login="agency"))
        assert site.requests == []
    assert found.outcome == "refused"
    assert found.detail == "NEWSWATCH_FEED_LOGINS has no login named 'agency'"


@pytest.mark.parametrize("status", [301, 302, 307])
def test_login_and_cookies_stay_at_their_host(status: int) -> None:
    with serving("127.0.0.2") as site, serving("127.0.0.3") as elsewhere:
        site.pages["/feed"] = Reply(status, headers={"Location": "/moved"})
        site.pages["/moved"] = Reply(status, headers={"Location": f"{elsewhere.base}/feed"})
        elsewhere.pages["/feed"] = Reply(200, b"<rss/>")
        request = FetchRequest(f"{site.base}/feed", login="agency", cookies="consent=yes; e=int")
        (found,) = fetch(request, feed_logins=LOGINS)
    assert found.ok
    for asked in site.requests:
        assert asked.headers["authorization"] == f"Basic {BASIC}"
        assert sorted(asked.headers["cookie"].split("; ")) == ["consent=yes", "e=int"]
    (there,) = elsewhere.requests
    assert not {"authorization", "cookie"} & there.headers.keys()


def test_a_feed_may_be_told_another_name() -> None:
    with serving("127.0.0.2") as site:
        url = f"{site.base}/feed"
        fetch(FetchRequest(url, user_agent="Example/1.0 (+https://example.com)"))
        fetch(FetchRequest(url))
        first, second = (asked.headers["user-agent"] for asked in site.requests)
    assert first == "Example/1.0 (+https://example.com)"
    assert second.startswith("newswatch/")


@pytest.mark.parametrize(
    "wrong", ["user:s3cret", '["user:s3cret"]', '{"a": "s3cret"}', '{"a": "u:s3cret\\n"}', "{"]
)
def test_logins_that_are_none_are_refused_and_not_printed(wrong: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({"NEWSWATCH_FEED_LOGINS": wrong})
    assert "NEWSWATCH_FEED_LOGINS: no list of logins" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_logins_are_not_shown() -> None:
    settings = read_settings({"NEWSWATCH_FEED_LOGINS": json.dumps(LOGINS)})
    assert settings.feed_logins == LOGINS
    assert "pass:word" not in repr(settings)
