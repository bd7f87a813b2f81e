"""Who publishes the page, under all the names it goes by there."""

from __future__ import annotations

from newswatch.extract.facts import Fact
from newswatch.extract.metadata import Claims
from newswatch.extract.wording import clean, squeezed


def site_of(claims: Claims) -> Fact[str | None]:
    """The site's name."""
    if named := clean(claims.first("og:site_name", "application-name")):
        return Fact(named, "opengraph")
    publisher = _publisher(claims)
    return Fact(publisher, "json-ld") if publisher else Fact(None, "")


def outlet_names(claims: Claims, host: str) -> frozenset[str]:
    """Every name of the outlet, squeezed: site, publisher, host, its label, the site's initials."""
    sites = [
        clean(value)
        for name in ("og:site_name", "application-name")
        for value in claims.meta.get(name, [])
    ]
    sites += [_publisher(claims)]
    host = host.removeprefix("www.")
    labels = host.split(".")
    label = max(labels[:-1], key=len, default="")
    names = {squeezed(name) for site in sites for name in (site, site.split(".")[0])}
    initials = {squeezed("".join(word[0] for word in site.split())) for site in sites}
    return frozenset(names | initials | {squeezed(host), squeezed(label)}) - {""}


def _publisher(claims: Claims) -> str:
    publisher = claims.article.get("publisher")
    return clean(publisher.get("name")) if isinstance(publisher, dict) else ""
