"""DKIM (RFC 6376): a signature by which a mail server sees that a mail is its sender's own.

Most mail servers sign what they pass on; this is for installations whose server does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Those of the list as well: mail programs offer its links for signed ones only (RFC 8058, 4).
_SIGNED = (
    *("from", "to", "subject", "date", "message-id", "reply-to", "auto-submitted"),
    *("list-id", "list-unsubscribe", "list-unsubscribe-post"),
    *("mime-version", "content-type", "content-transfer-encoding"),
)


class CannotSign(Exception):
    """The key, or what signs with it, is not there."""


@dataclass(frozen=True, slots=True)
class Signer:
    """An RSA key in a PEM file, whose public half stands in the DNS at
    `selector._domainkey.domain`."""

    key: Path
    selector: str

    def signed(self, mail: bytes, domain: str) -> bytes:
        """The mail with the signature before it. Raises `CannotSign`."""
        try:
            import dkim  # of the extra `dkim`
        except ImportError:
            raise CannotSign("dkimpy is not installed: pip install 'newswatch[dkim]'") from None
        try:
            signature: bytes = dkim.sign(
                mail,
                self.selector.encode(),
                domain.encode(),
                self.key.read_bytes(),
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[name.encode() for name in _SIGNED],
            )
        except (OSError, dkim.DKIMException) as error:
            raise CannotSign(f"{self.key}: no key to sign with: {error}") from None
        return signature + mail
