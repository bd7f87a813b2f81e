"""A real HTTP server on an address of its own, that answers as a test says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    path: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes = b""


Answer = Reply | Callable[[Request], Reply]


@dataclass
class Site:
    """One host. `pages` maps paths to answers and may be changed at any time."""

    base: str
    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    otherwise: Answer = Reply(404)  # to a path that is not among them

    def reply_to(self, request: Request) -> Reply:
        self.requests.append(request)
        answer = self.pages.get(request.path, self.otherwise)
        return answer if isinstance(answer, Reply) else answer(request)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0")))
        reply = self.server.site.reply_to(Request(self.path, headers, body))
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.status != 304:
            self.wfile.write(reply.body)

    do_POST = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Site]:
    """A site on that loopback address, on a free port."""
    with _Server((address, 0), _Handler) as server:
        server.site = Site(f"http://{address}:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.site
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def raw_server(
    behave: Callable[[socket.socket], None], address: str = "127.3.0.9"
) -> Iterator[str]:
    """A server that does with each connection what it likes."""
    with socket.create_server((address, 0)) as listener:
        listener.settimeout(0.05)
        ended = threading.Event()

        def accept() -> None:
            while not ended.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(3)
                    try:
                        behave(connection)
                    except OSError:
                        continue

        thread = threading.Thread(target=accept)
        thread.start()
        yield f"http://{address}:{listener.getsockname()[1]}/"
        ended.set()
        thread.join()


@contextmanager
def saying(
    *answers: bytes | Mapping[str, bytes], address: str = "127.3.0.9"
) -> Iterator[tuple[str, list[bytes]]]:
    """A server that says these bytes to one request after another (or by the request's path), the
    last of them for ever, and hangs up; its address, and the requests that it was sent."""
    requests: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        requests.append(connection.recv(65_536))
        answer = answers[min(len(requests), len(answers)) - 1]
        if not isinstance(answer, bytes):
            answer = answer[requests[-1].split(b" ")[1].decode()]
        connection.sendall(answer)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65_536):
            pass  # closed with bytes unread, a connection is reset, and its answer lost

    with raw_server(behave, address) as url:
        yield url, requests
