"""A translator is asked as agreed, and one that answers otherwise, or not at all, is refused."""

from __future__ import annotations

import json
import shlex
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from newswatch.translators.translate import NoTranslation, translate

TEXTS = ["שליח נחת", "مبعوث"]
SHOUTING = """
import json, sys
asked = json.load(sys.stdin)
told = [f"{asked['from']}>{asked['to']} {text}" for text in asked["texts"]]
json.dump({"texts": told}, sys.stdout)
"""
RIGHT = [f"he>en {text}" for text in TEXTS]


def command(program: str) -> str:
    return shlex.join([sys.executable, "-c", program])


@contextmanager
def served(status: int, body: bytes | None = None) -> Iterator[str]:
    """A service on loopback; without a body it translates."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told = [f"{asked['from']}>{asked['to']} {text}" for text in asked["texts"]]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps({"texts": told}).encode() if body is None else body)

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/translate"
        server.shutdown()
        thread.join()


def test_a_command_gets_the_texts_and_answers() -> None:
    assert translate(command(SHOUTING), TEXTS, "he", "en") == RIGHT


def test_an_address_gets_the_texts_and_answers() -> None:
    with served(200) as address:
        assert translate(address, TEXTS, "he", "en") == RIGHT


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("print('hello')", "JSONDecodeError"),
        ("print('[]')", "no list of 2 texts"),
        ('print(\'{"texts": ["one"]}\')', "no list of 2 texts"),
        ('print(\'{"texts": "ab"}\')', "no list of 2 texts"),
        ("raise SystemExit(3)", "exit status 3"),
        ("import sys; sys.stdout.buffer.write(b'\\xff')", "UnicodeDecodeError"),
    ],
)
def test_a_command_that_answers_otherwise_is_no_translation(program: str, message: str) -> None:
    with pytest.raises(NoTranslation, match=message):
        translate(command(program), TEXTS, "he", "en")


@pytest.mark.parametrize("line", ["/nowhere/translate", 'unclosed "quote', ""])
def test_a_command_that_cannot_be_started_is_no_translation(line: str) -> None:
    with pytest.raises(NoTranslation):
        translate(line, TEXTS, "he", "en")


@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"<html>")])
def test_an_address_that_answers_otherwise_is_no_translation(status: int, body: bytes) -> None:
    with served(status, body) as address, pytest.raises(NoTranslation):
        translate(address, TEXTS, "he", "en")


def test_a_server_that_is_not_there_is_no_translation() -> None:
    with pytest.raises(NoTranslation):
        translate("http://127.0.0.1:1/", TEXTS, "he", "en")


def test_what_is_no_text_is_no_translation_of_that_one() -> None:
    odd = command('print(\'{"texts": [null, " b "]}\')')
    assert translate(odd, TEXTS, "he", "en") == ["", "b"]
