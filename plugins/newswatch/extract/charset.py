"""The text of a page's bytes, whatever they claim to be."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
# What XML and HTML forbid and libxml2 stumbles over: C0 controls but tab, LF, CR. Taken out of the
# bytes, where that is fast; ESC stays for ISO-2022-JP.
_CONTROLS = bytes(code for code in range(0x20) if code not in b"\t\n\r\x1b")


def decode(html: bytes, content_type: str | None = None) -> str:
    """The page as text: by BOM, by the header, by its meta tag, else by what the bytes look like.

    A claim that the bytes contradict is passed over. Never fails: what no encoding explains
    becomes U+FFFD. An XML declaration and control characters are dropped.
    """
    text = _by_bom(html)
    if text is None:
        html = html.translate(None, _CONTROLS)
        text = _by_claims(html, content_type) or _by_looks(html)
    return _XML.sub("", text.replace("\x00", ""), count=1)


def _by_bom(html: bytes) -> str | None:
    for bom, name in _BOMS:
        if html.startswith(bom):
            return html.decode(name, "replace").lstrip("\ufeff")
    return None


def _by_claims(html: bytes, content_type: str | None) -> str | None:
    header = _HEADER.search(content_type or "")
    meta = _META.search(html[:4096])
    claims = [header.group(1)] if header else []
    claims += [meta.group(1).decode("ascii", "replace")] if meta else []
    for claim in ("utf-8", *claims):  # bytes that are valid UTF-8 are UTF-8, whatever is claimed
        try:
            return html.decode(_browsers_name(claim))
        except (LookupError, UnicodeDecodeError):
            continue
    for claim in claims:
        try:
            return html.decode(_browsers_name(claim), "replace")
        except LookupError:
            continue
    return None


def _browsers_name(claim: str) -> str:
    """The WHATWG Encoding Standard reads these names as their Windows supersets."""
    return {
        "iso-8859-1": "cp1252",
        "latin1": "cp1252",
        "us-ascii": "cp1252",
        "iso-8859-9": "cp1254",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "ks_c_5601-1987": "cp949",
        "euc-kr": "cp949",
        "shift_jis": "cp932",
        "x-sjis": "cp932",
        "tis-620": "cp874",
    }.get(claim.strip().lower(), claim)


def _by_looks(html: bytes) -> str:
    best = from_bytes(html[:200_000]).best()
    return html.decode(best.encoding if best else "cp1252", "replace")
