"""Hostile answers: seeds of ours, each under every mutation. A name says which it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

PARAGRAPHS = "".join(
    f"<p>The harbour board of {name} voted to widen the quay by twelve metres, and to close the"
    f" northern sluice for a week in {month}, said note {number}.</p>"
    for number, (name, month) in enumerate(
        zip(("Larn", "Brel", "Tovo", "Minda"), ("May", "June", "July", "March"), strict=True)
    )
)
PAGES: Mapping[str, str] = {
    "article": f"<html><head><title>Quay widened</title></head><body><article><h1>Quay widened</h1>"
    f"{PARAGRAPHS}</article></body></html>",
    "json-ld": '<html><head><title>Quay widened</title><script type="application/ld+json">'
    '{"@type": "NewsArticle", "headline": "Quay widened", "author": {"name": "Ann Lee"},'
    f' "datePublished": "2026-01-14T12:00:00Z"}}</script></head><body>{PARAGRAPHS}</body></html>',
    "table": f"<table><tr><td><font>{PARAGRAPHS}</font></td></tr></table>",
    "live": '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Live",'
    ' "liveBlogUpdate": [{"articleBody": "The first post of the day, long enough to be read."}]}'
    f"</script><article>{PARAGRAPHS}</article>",
}
FEEDS: Mapping[str, str] = {
    "rss": "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>T</title>"
    "<item><title>Quay widened</title><link>{link}</link><guid>g</guid>"
    "<description>The board voted.</description></item></channel></rss>",
    "atom": "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
    "<title>T</title><entry><id>tag:g</id><title>Quay widened</title><link href='{link}'/>"
    "<summary>The board voted.</summary></entry></feed>",
    "rdf": "<rdf:RDF xmlns='http://purl.org/rss/1.0/'"
    " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel rdf:about='a'><title>T"
    "</title></channel><item rdf:about='g'><title>Quay widened</title><link>{link}</link>"
    "<description>The board voted.</description></item></rdf:RDF>",
    "json": '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "g",'
    ' "title": "Quay widened", "url": "{link}", "content_text": "The board voted."}]}',
}

Mutation = Callable[[bytes], bytes]


def _after(mark: bytes, more: bytes) -> Mutation:
    """More bytes after the first mark of a document, or at its end."""

    def mutate(body: bytes) -> bytes:
        head, found, tail = body.partition(mark)
        return head + found + more + tail

    return mutate


TITLE = b"widened"  # stands in the headline of every seed
MUTATIONS: Mapping[str, Mutation] = {
    "nul": _after(TITLE, b" \x00\x00"),
    "controls": _after(TITLE, b"\x1b[31m\x07\x08\x9b"),
    "latin-1 byte": _after(TITLE, b" \xe9\xff\xfe"),
    "surrogate utf-8": _after(TITLE, b"\xed\xa0\x80\xed\xb0\x80"),
    "surrogate escape": _after(TITLE, b"\\ud800"),
    "surrogate reference": _after(TITLE, b"&#55357;&#xD800;&#0;&#1114112;"),
    "bidi": _after(TITLE, "\u202e\u2066\ufeff\u200b".encode()),
    "long word": _after(TITLE, b" " + b"q" * 60_000),
    "word of kilobytes": _after(TITLE, b" data:image/png;base64," + b"aZ3/x9" * 2_000),
    "ligatures": _after(TITLE, "\ufdfa".encode() * 5_000),
    "combining": _after(TITLE, "a\u0301\u0302".encode() * 20_000),
    "half of it": lambda body: body[: len(body) // 2],
    "twice": lambda body: body + body,
    "all tags open": lambda body: body.replace(b"</", b"<"),
    "quotes": _after(TITLE, b"\"'`<![CDATA[ ]]>--><!--"),
    "utf-16": lambda body: body.decode(errors="replace").encode("utf-16"),
    "utf-7 claim": _after(b"<", b"meta charset=utf-7><"),
    "deep": lambda body: b"<div>" * 3_000 + body,
    "deep json": lambda body: b"[" * 20_000 + body,
    "entity bomb": lambda body: (
        b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>' + body
    ),
    "outer entity": lambda body: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]>' + body,
    "many attributes": _after(b"<", b"x " + b"a=1 " * 30_000 + b"><"),
    "script": _after(TITLE, b"<script>while(1);</script><img src=x onerror=alert(1)>"),
    "link scheme": lambda body: body.replace(b"http:", b"javascript:"),
    "link of kilobytes": lambda body: body.replace(b"http:", b"http://h/" + b"y" * 9_000 + b"?"),
    "dates": _after(TITLE, b"<pubDate>99999-99-99T99:99:99Z</pubDate><time datetime='-1'>x</time>"),
    "formula": _after(TITLE, b"=cmd|' /C calc'!A1"),
    "template": _after(TITLE, b"{{7*7}}{% raw %}%s%(x)s${x}\\N{DIGIT ONE}"),
    "sql": _after(TITLE, b"'); drop table news.article; --"),
    "nothing": lambda body: b"",
    "blanks": lambda body: b" \n\t" * 50_000,
    "zeros": lambda body: b"\x00" * 50_000,
    "gzip of nothing": lambda body: b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "png": lambda body: b"\x89PNG\r\n\x1a\n" + body,
}  # fmt: skip

HEADERS: Mapping[str, bytes] = {
    "etag latin-1": b'ETag: "\xe9"',
    "etag of kilobytes": b'ETag: "' + b"e" * 6_000 + b'"',
    "etag bare": b"ETag: \x01\x7f",
    "last-modified": b"Last-Modified: \xff\xfe",
    "last-modified far": b"Last-Modified: Fri, 31 Dec 99999 23:59:59 GMT",
    "content type": b"Content-Type: text/html; charset=\xff; charset=utf-8",
    "content type huge": b"Content-Type: " + b"x" * 5_000,
    "unknown charset": b"Content-Type: text/html; charset=klingon",
    "python charset": b"Content-Type: text/html; charset=unicode_escape",
    "rot13": b"Content-Type: text/xml; charset=rot13",
    "encoding": b"Content-Encoding: gzip, br, \xe9",
    "encoding identity": b"Content-Encoding: identity, identity",
    "cookie": b"Set-Cookie: \xe9=\x00",
    "location": b"Location: http://\xe9\xff/",
    "link": b'Link: <http://[>; rel="canonical"',
    "retry": b"Retry-After: 99999999999999999999",
    "cache": b"Cache-Control: max-age=-1, s-maxage=nan",
    "folded": b"X-A: b\r\n c",
    "many": b"\r\n".join(b"X-%d: 1" % number for number in range(90)),
}
STATUS_LINES: Mapping[str, bytes] = {
    "404 latin-1": b"HTTP/1.1 404 Non trouv\xe9",
    "503 latin-1": b"HTTP/1.1 503 Indisponible \xff",
    "200 controls": b"HTTP/1.1 200 \x1b[31mOK",
    "299": b"HTTP/1.1 299 Odd",
    "451": b"HTTP/1.1 451 Non",
    "999": b"HTTP/1.1 999 Who",
    "no reason": b"HTTP/1.1 200",
    "1.0": b"HTTP/1.0 200 OK",
    "9.9": b"HTTP/9.9 200 OK",
    "not http": b"ICY 200 OK",
}


def pages() -> Iterator[tuple[str, bytes]]:
    """Whole answers to the request for a page, with their names."""
    for seed, text in PAGES.items():
        for name, mutate in MUTATIONS.items():
            yield f"page {seed}, {name}", answer(mutate(text.encode()))
    yield from _odd_heads("page", PAGES["article"].encode(), b"text/html")


def feeds(link: str) -> Iterator[tuple[str, bytes]]:
    """Whole answers to the request for a feed, whose item links there."""
    for seed, text in FEEDS.items():
        body = text.replace("{link}", link).encode()
        for name, mutate in MUTATIONS.items():
            yield f"feed {seed}, {name}", answer(mutate(body), b"text/xml")
    yield from _odd_heads("feed", FEEDS["rss"].replace("{link}", link).encode(), b"text/xml")


def answer(
    body: bytes, kind: bytes = b"text/html", line: bytes = b"HTTP/1.1 200 OK", header: bytes = b""
) -> bytes:
    head = [line, header or b"Content-Type: " + kind, b"Content-Length: %d" % len(body)]
    return b"\r\n".join([*head, b"Connection: close", b"", body])


def _odd_heads(what: str, body: bytes, kind: bytes) -> Iterator[tuple[str, bytes]]:
    for name, header in HEADERS.items():
        yield f"{what} with header {name}", answer(body, kind, header=header)
    for name, line in STATUS_LINES.items():
        yield f"{what} with status {name}", answer(body, kind, line)
