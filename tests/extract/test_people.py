"""Who signs: people, and apart from them agencies, desks and outlets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.heads import ld, meta, page
from newswatch.extract.agencies import Dateline, agency_named, dateline_of
from newswatch.extract.metadata import read_claims
from newswatch.extract.outlet import outlet_names
from newswatch.extract.people import Signed, names_in, signed_of


def signed(head: str, body: str = "<p>x</p>", host: str = "paper.example") -> Signed:
    tree = page(head, body)
    claims = read_claims(tree)
    return signed_of(claims, tree, outlet_names(claims, host))


def author(value: str) -> str:
    return ld(f'{{"@type":"NewsArticle","author":{value}}}')


PAPER = meta("og:site_name", "The Harbour Paper")


@pytest.mark.parametrize(
    ("head", "people"),
    [
        (author('{"name":"Ana Reis"}'), ("Ana Reis",)),
        (author('[{"name":"Ana Reis"},{"name":"Bo Lind"}]'), ("Ana Reis", "Bo Lind")),
        (author('[[{"name":"Ana Reis"}],"Bo Lind"]'), ("Ana Reis", "Bo Lind")),
        (author('{"name":["Ana Reis","Bo Lind"]}'), ("Ana Reis", "Bo Lind")),
        (author('"By Ana Reis and Bo Lind"'), ("Ana Reis", "Bo Lind")),
        (author('{"name":"Ana Reis (are)"}'), ("Ana Reis",)),
        (
            ld(
                '{"@graph":[{"@type":"NewsArticle","author":{"@id":"#ana"}},'
                '{"@type":"Person","@id":"#ana","name":"Ana Reis"}]}'
            ),
            ("Ana Reis",),
        ),
        (meta("author", "Von Ana Reis, Bo Lind"), ("Ana Reis", "Bo Lind")),
        (meta("author", "Ana Reis") + meta("author", "ANA REIS"), ("Ana Reis",)),
        (meta("sailthru.author", "Ana Reis"), ("Ana Reis",)),
        (meta("article:author", "https://paper.example/authors/reis"), ()),
        (meta("author", "a.reis@paper.example"), ()),
        (meta("author", "105092"), ()),
        ("", ()),
    ],
)
def test_people(head: str, people: tuple[str, ...]) -> None:
    found = signed(head)
    assert found.people == people
    assert found.organisations == ()


@pytest.mark.parametrize(
    ("head", "people", "organisations"),
    [
        (author('"Reuters Staff"'), (), ("Reuters Staff",)),
        (author('["Ana Reis","dpa"]'), ("Ana Reis",), ("dpa",)),
        (author('{"@type":"Organization","name":"Quay Watch"}'), (), ("Quay Watch",)),
        (author('{"@type":["Person","Organization"],"name":"Ana Reis"}'), ("Ana Reis",), ()),
        (author('"Harbour Newsroom"'), (), ("Harbour Newsroom",)),
        (author('"Lokalredaktion"'), (), ("Lokalredaktion",)),
        (author('"norrvik.example"'), (), ("norrvik.example",)),
        (PAPER + author('"The Harbour Paper"'), (), ("The Harbour Paper",)),
        (PAPER + meta("author", "THP"), (), ("THP",)),
        (PAPER + author('["Ana Reis","The Harbour Paper"]'), ("Ana Reis",), ()),
        (author('"編集部"'), (), ("編集部",)),
        (author('"Редакция"'), (), ("Редакция",)),
    ],
)
def test_organisations(head: str, people: tuple[str, ...], organisations: tuple[str, ...]) -> None:
    found = signed(head)
    assert (found.people, found.organisations) == (people, organisations)


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        ("", '<a rel="author">Ana Reis</a>', Signed(("Ana Reis",), (), "byline")),
        (
            PAPER + meta("author", "THP"),
            '<a rel="author">Ana Reis</a>',
            Signed(("Ana Reis",), (), "byline"),
        ),
        (
            PAPER + meta("author", "AFP"),
            '<a rel="author">Ana Reis</a>',
            Signed((), ("AFP",), "meta"),
        ),
        ("", "<p>（责编：王小明、李雷）</p>", Signed(("王小明", "李雷"), (), "byline")),
    ],
)
def test_byline(head: str, body: str, found: Signed) -> None:
    assert signed(head, body) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ana Reis and Bo Lind", ["Ana Reis", "Bo Lind"]),
        ("Von Ana Reis und Bo Lind", ["Ana Reis", "Bo Lind"]),
        ("Par Ana Reis et Bo Lind", ["Ana Reis", "Bo Lind"]),
        ("Por Ana Reis y Bo Lind", ["Ana Reis", "Bo Lind"]),
        ("Автор: Анна Рейс и Борис Линд", ["Анна Рейс", "Борис Линд"]),
        ("מאת דנה לוי", ["דנה לוי"]),
        ("بقلم سامي حداد", ["سامي حداد"]),
        ("高橋一郎、鈴木花子", ["高橋一郎", "鈴木花子"]),
        ("김민수, 이지은", ["김민수", "이지은"]),
        ("Ana Reis – Correspondent in Norrvik", ["Ana Reis"]),
        ("Wyatt Andrews", ["Wyatt Andrews"]),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("Reuters", "Reuters"),
        ("REUTERS STAFF", "Reuters"),
        ("Associated Press", "AP"),
        ("dpa-AFX", "dpa"),
        ("РИА Новости", "RIA Novosti"),
        ("新华社", "Xinhua"),
        ("Ana Reis", None),
        ("", None),
    ],
)
def test_agency(text: str, agency: str | None) -> None:
    assert agency_named(text) == agency


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("DOHA, Dec 19 (Reuters) - Envoys met.", Dateline("DOHA", "Reuters")),
        ("NORRVIK, Norway (AP) — The quay.", Dateline("NORRVIK, Norway", "AP")),
        ("Norrvik (dpa) - Der Kai.", Dateline("Norrvik", "dpa")),
        ("PARIS, 3 mars (AFP) - Le quai.", Dateline("PARIS", "AFP")),
        ("Norrvik (dpa/AFP) – Der Kai.", Dateline("Norrvik", "dpa")),
        ("NORRVIK — The quay is wide.", Dateline("NORRVIK")),
        ("Norrvik — the quay is wide.", None),
        ("Quay (pictured) - the old one.", None),
        ("The harbour board voted.", None),
        ("", None),
    ],
)
def test_dateline(text: str, dateline: Dateline | None) -> None:
    assert dateline_of(text) == dateline


@given(st.text(max_size=80))
def test_names_are_short_and_clean(text: str) -> None:
    for name in names_in(text):
        assert name == name.strip()
        assert 0 < len(name) <= 60
