"""The article's own address, out of what its page claims to be."""

from __future__ import annotations

from urllib.parse import urljoin

from newswatch.addresses.urls import canonical_url, same_site
from newswatch.extract.metadata import Claims


def address_of(claims: Claims, url: str) -> str:
    """The canonical URL of a page fetched from `url`.

    The first claim that is believed: of the same site, and not the front page where another page
    was fetched. Else that of `url`.
    """
    claimed = (claims.links.get("canonical"), claims.first("og:url"))
    believed = (_believed(_absolute(claim, url), url) for claim in claimed if claim)
    return next(filter(None, believed), None) or canonical_url(url) or url


def _believed(claimed: str, fetched: str) -> str | None:
    if not same_site(claimed, fetched) or _is_front_page(claimed) > _is_front_page(fetched):
        return None
    return canonical_url(claimed)


def _absolute(claim: str, url: str) -> str:
    try:
        return urljoin(url, claim)
    except ValueError:
        return url


def _is_front_page(url: str) -> bool:
    return url.split("://", 1)[-1].rstrip("/").count("/") == 0
