"""A signed mail is the sender's own, as it arrives; any change to it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from delivery.test_form import FULL, TEXTS
from demo.mailbox import Mailbox
from newswatch.delivery.channel import Deferred, Message, Sent
from newswatch.delivery.mail import Mail
from newswatch.delivery.sign import CannotSign, Signer

dkim = pytest.importorskip("dkim", reason="dkimpy is not installed")
SENDER = "Newswatch desk <brief@watch.example>"
RECORD = b"brief._domainkey.watch.example."


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@pytest.fixture
def signer(key: rsa.RSAPrivateKey, tmp_path: Path) -> Signer:
    path = tmp_path / "key.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
    )
    return Signer(path, "brief")


def is_valid(mail: bytes, key: rsa.RSAPrivateKey) -> bool:
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])
    asked: list[bytes] = []

    def answer(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return record

    valid = bool(dkim.verify(mail, dnsfunc=answer))
    assert asked == [RECORD]
    return valid


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_arrives_is_signed(
    text: str, signer: Signer, key: rsa.RSAPrivateKey, tmp_path: Path
) -> None:
    message = Message(
        to=FULL.to,
        subject="Спецпосланник " * 8,
        text=f".{text}\n.\n{text}",
        html=f"<p>{text}</p>",
        sent_at=FULL.sent_at,
        message_id=FULL.message_id,
        unsubscribe="https://news.example/unsubscribe/token",
    )
    with Mailbox(tmp_path / "mail") as mailbox:
        channel = Mail(f"smtp://127.0.0.1:{mailbox.port}", SENDER, signer=signer)
        assert channel.send(message) == Sent()
    (path,) = (tmp_path / "mail").glob("*.eml")
    mail = path.read_bytes()
    assert is_valid(mail, key)
    assert not is_valid(mail.replace(b"unsubscribe/token", b"unsubscribe/other"), key)
    assert not is_valid(mail.replace(b"brief@watch", b"grief@watch"), key)


def test_a_key_that_is_not_there_is_told_and_may_come(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "mail") as mailbox:
        gone = Signer(tmp_path / "gone.pem", "brief")
        outcome = Mail(f"smtp://127.0.0.1:{mailbox.port}", SENDER, signer=gone).send(FULL)
    assert isinstance(outcome, Deferred)
    assert "gone.pem: no key to sign with" in outcome.reason
    assert not list((tmp_path / "mail").glob("*.eml"))


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("-----BEGIN NONSENSE-----")
    with pytest.raises(CannotSign, match=r"key\.pem: no key to sign with"):
        Signer(tmp_path / "key.pem", "brief").signed(b"From: a@b.example\r\n\r\n", "b.example")
