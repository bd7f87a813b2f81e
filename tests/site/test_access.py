"""Nobody comes in without a session, and nothing is changed by another site's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from newswatch.errors import SettingError
from newswatch.settings import Settings
from newswatch.site.access import COOKIE, PasswordAccess, Visitor, is_from_this_site
from newswatch.site.alone import app_alone, password_of
from newswatch.site.app import create_app
from newswatch.site.databases import Databases
from newswatch.site.rendering import Pages
from served import FROM_HERE, PASSWORD, get, listening, seen

PUBLIC = {"/login", "/static/site.css", "/static/icon.svg"}
ROUTES = [
    (
        method,
        re.sub(r"\{form\}", "atom", re.sub(r"\{\w+_id\}", "1", path)).format(
            topic="witkoff", kind="retry"
        ),
    )
    for route in app_alone(Settings(), "dbname=none", PASSWORD).routes
    for path, methods in [(getattr(route, "path", ""), getattr(route, "methods", ()) or ())]
    for method in methods
    if path not in PUBLIC and "{token}" not in path  # see test_readers.py
]


@pytest.fixture
def nobody(page: httpx.Client) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=page.base_url, headers=FROM_HERE) as client:
        yield client


def test_there_are_routes_to_try() -> None:
    assert ("GET", "/") in ROUTES
    assert ("POST", "/story/1/merge") in ROUTES
    assert ("GET", "/api/openapi.json") in ROUTES
    assert len(ROUTES) > 25


def test_without_a_session_every_route_answers_401(nobody: httpx.Client) -> None:
    for method, path in [
        *ROUTES,
        ("GET", "/nothing"),
        ("PUT", "/"),
        ("GET", "//login"),
        ("GET", "/login/"),
    ]:
        answer = nobody.request(method, path)
        assert answer.status_code == 401, (method, path, answer.status_code)
        assert "Set-Cookie" not in answer.headers


def test_what_the_form_needs_is_public(nobody: httpx.Client) -> None:
    assert nobody.get("/static/site.css").headers["content-type"].startswith("text/css")
    assert nobody.get("/static/icon.svg").status_code == 200
    assert "Log in" in nobody.get("/").text


def test_the_password_opens_a_session_that_leads_back(nobody: httpx.Client) -> None:
    asked = seen(nobody.get("/search?q=a&topic=b").text)
    (target,) = (
        e.attributes["value"] for e in asked.elements if e.attributes.get("name") == "next"
    )
    assert target == "/search?q=a&topic=b"
    form = {"name": " Ann\u202e ", "password": PASSWORD, "next": target}
    answer = nobody.post("/login", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, target)
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=lax", "path=/"))
    assert "you are <bdi>Ann</bdi>" in nobody.get("/").text
    nobody.post("/logout")
    assert nobody.get("/").status_code == 401


def test_a_wrong_password_opens_nothing(nobody: httpx.Client) -> None:
    answer = nobody.post("/login", data={"password": PASSWORD[:-1], "next": "/"})
    assert answer.status_code == 401
    assert "not the password" in answer.text
    assert not nobody.cookies
    assert nobody.get("/", auth=("Ann", "wrong")).status_code == 401


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", "", "\r\nX: y"],
)
def test_a_login_leads_to_this_site_only(nobody: httpx.Client, target: str) -> None:
    answer = nobody.post("/login", data={"password": PASSWORD, "next": target})
    assert answer.headers["location"] == "/"


def test_a_session_is_signed(nobody: httpx.Client) -> None:
    nobody.post("/login", data={"password": PASSWORD, "name": "Ann"})
    payload, moment, signature = nobody.cookies[COOKIE].split(".")
    others = [changed(moment), changed(signature)]
    for parts in (
        (payload, others[0], signature),
        (payload, moment, others[1]),
        ("IkJvIg", moment, signature),
        ("Ann",),
        ("",),
    ):
        cookies = {COOKIE: ".".join(parts)}
        with httpx.Client(base_url=nobody.base_url, cookies=cookies) as client:
            assert client.get("/").status_code == 401


def changed(text: str) -> str:
    return ("b" if text[0] == "a" else "a") + text[1:]


def test_a_session_ends_with_the_password() -> None:
    old, new = (PasswordAccess(password, Pages()) for password in (PASSWORD, PASSWORD + "!"))
    assert old._signer.loads(old._signer.dumps("Ann")) == "Ann"
    with pytest.raises(Exception, match="Signature"):
        new._signer.loads(old._signer.dumps("Ann"))


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://here", "host": "here"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "http://here:80", "host": "here:80"}, True),
        ({"origin": "http://evil.example", "host": "here"}, False),
        ({"origin": "null", "host": "here"}, False),
        ({"host": "here"}, False),
        ({}, False),
    ],
)
def test_whose_page_sent_a_form(headers: dict[str, str], is_ours: bool) -> None:
    assert is_from_this_site(headers) == is_ours


@pytest.mark.parametrize("path", [path for method, path in ROUTES if method == "POST"])
def test_a_form_of_another_site_is_refused(page: httpx.Client, path: str) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "null"}):
        assert page.post(path, headers=headers, data={"other": "2"}).status_code == 403


def test_a_form_that_is_too_large_says_nothing(page: httpx.Client) -> None:
    answer = page.post("/story/1/merge", data={"other": "2", "why": "x" * 200_000})
    assert answer.status_code == 400


def test_every_answer_tells_the_browser_what_it_may_do(page: httpx.Client) -> None:
    for path in ("/", "/nothing", "/static/site.css", "/api/topics", "/login"):
        headers = page.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert page.get("/").headers["cache-control"] == "private, no-store"


def test_others_are_served_with_a_password_of_some_length_only(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="NEWSWATCH_SITE_PASSWORD is not set; set it"):
        password_of(Settings(), "0.0.0.0")
    with pytest.raises(SettingError, match="write 12 characters") as raised:
        Settings(site_password="secretive")
    assert "secretive" not in str(raised.value)
    assert password_of(Settings(site_password="x" * 12), "::") == "x" * 12
    made = password_of(Settings(state_dir=tmp_path), "::1")
    assert made == password_of(Settings(state_dir=tmp_path), "localhost")
    assert (tmp_path / "site-password").stat().st_mode & 0o077 == 0
    assert len(made) >= 12


def test_an_unknown_page_is_told_so(page: httpx.Client) -> None:
    for path in ("/nothing", "/story/1", "/article/7", "/topic/none", "/article/1/beside/2"):
        answer = page.get(path)
        assert answer.status_code == 404
        assert "<h1>Not Found</h1>" in answer.text


def test_a_program_is_told_what_is_wrong(page: httpx.Client) -> None:
    for path, status, detail in (
        ("/api/stories/5", 404, "There is no story 5."),
        ("/api/stories/x", 400, "An address or a field has a value of no use."),
        ("/api/nothing", 404, "Not Found"),
    ):
        answer = page.get(path)
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert (answer.status_code, told["status"], told["detail"]) == (status, status, detail)


@pytest.mark.parametrize(
    "path",
    [
        *("/story/0", "/story/99999999999999999999", "/story/x", "/topic/A'B", "/?day=yesterday"),
        *(
            "/search?since=soon",
            "/search?before=x",
            "/search?before=2026-01-01_1",
            "/feeds?state='",
        ),
        *("/search?before=2026-01-01T00:00:00Z_99999999999999999999", "/runs?before=-1"),
        *("/story/1?after=99999999999999999999", "/search?since=9999-99-99"),
        "/search?before=2026-01-01_1",
    ],
)
def test_a_value_of_no_use_is_refused(page: httpx.Client, path: str) -> None:
    assert page.get(path).status_code == 400


def test_an_empty_newsroom_has_pages(page: httpx.Client) -> None:
    for path in ("/", "/search", "/feeds", "/runs", "/deliveries", "/judgements"):
        get(page, path)


class OnlyLooking:
    """Whoever asks may look, and change nothing: in Airflow, who may not edit the DAG."""

    public: frozenset[str] = frozenset()
    can_log_out = False

    async def visitor(self, request: Request) -> Visitor:
        return Visitor("Bo", may_write=False)

    def refusal(self, request: Request) -> Response:
        raise AssertionError


def test_who_may_only_look_is_shown_no_delivery_and_changes_nothing(database: str) -> None:
    app = create_app(Databases(Settings(), database), OnlyLooking(), Pages())
    with listening(app) as address, httpx.Client(base_url=address, headers=FROM_HERE) as bo:
        assert "/runs" in get(bo, "/runs").links()
        assert "/deliveries" not in get(bo, "/runs").links()
        assert bo.get("/deliveries").status_code == 403
        assert "Save this search" not in bo.get("/search?q=envoy").text
        assert bo.post("/saved", data={"name": "a", "q": "b"}).status_code == 403
