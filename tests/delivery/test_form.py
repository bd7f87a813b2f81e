"""The form of a mail: what any server passes on, and any mail program reads as it was meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.delivery.channel import Message
from newswatch.delivery.form import as_mail

SENDER = "Newswatch desk <brief@watch.example>"
FULL = Message(
    to="b@y.example",
    subject="hello",
    text="body\n.\nafter a dot\n",
    sent_at=datetime(2026, 1, 14, 9, 0, tzinfo=UTC),
    html="<p>body</p>\n",
    message_id="<abc@watch.example>",
    unsubscribe="mailto:newswatch@watch.example?subject=unsubscribe%20" + "desk" * 30,
)
TEXTS = {
    "english": "A sentence of news that goes on for a while, as they do. " * 40,
    "french": "L’émissaire s’est posé à Larnaca, « sous la pluie ». " * 40,
    "russian": "Спецпосланник приземлился под дождём. " * 40,
    "chinese": "特使周一在雨中抵达拉纳卡并会见了四位部长。" * 40,
    "hebrew": "השליח נחת בלרנקה בגשם. " * 40,
    "emoji": "🕊️ " * 400,
    "one long word": "x" * 5_000,
    "equals": "=" * 500,
    "blanks at ends": "a \nb\t\n \n",
}


def content(part: EmailMessage) -> str:
    return str(part.get_content()).replace("\r\n", "\n")


def parts(raw: bytes) -> list[EmailMessage]:
    mail = cast(EmailMessage, message_from_bytes(raw, policy=default))
    return cast(list[EmailMessage], list(mail.iter_parts()))


class TestLines:
    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_a_body_of_any_script_is_short_lines_of_seven_bits(self, text: str) -> None:
        raw = as_mail(replace(FULL, text=text, html=f"<p>{text}</p>"), SENDER).as_bytes()
        _, _, body = raw.partition(b"\r\n\r\n")
        assert raw.isascii()
        assert max(map(len, body.split(b"\r\n"))) <= 76
        assert raw.count(b"\n") == raw.count(b"\r\n")
        plain, html = parts(raw)
        assert content(plain).rstrip("\n") == text.rstrip("\n")
        assert content(html).rstrip("\n") == f"<p>{text}</p>".rstrip("\n")

    @given(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x85\u2028\u2029"))
    )
    def test_what_is_written_is_read(self, text: str) -> None:
        raw = as_mail(replace(FULL, text=text + "\n"), SENDER).as_bytes()
        assert raw.isascii()
        plain, _ = parts(raw)
        assert content(plain) == text + "\n"

    @pytest.mark.parametrize(
        ("script", "encoding"),
        [
            ("english", "quoted-printable"),
            ("russian", "base64"),
            ("chinese", "base64"),
        ],
    )
    def test_the_smaller_encoding_is_taken(self, script: str, encoding: str) -> None:
        raw = as_mail(replace(FULL, text=TEXTS[script]), SENDER).as_bytes()
        plain, _ = parts(raw)
        assert plain["Content-Transfer-Encoding"] == encoding

    def test_what_can_be_sent_as_it_is_is_not_encoded(self) -> None:
        assert b"\r\n\r\nbody\r\n.\r\nafter a dot\r\n" in as_mail(FULL, SENDER).as_bytes()

    @pytest.mark.parametrize(
        "subject", ["特使" * 60, "Спецпосланник " * 20, "long " * 60, "é" * 300]
    )
    def test_a_long_subject_is_folded_and_read_whole(self, subject: str) -> None:
        raw = as_mail(replace(FULL, subject=subject.strip()), SENDER).as_bytes()
        head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
        own = [line for line in head if not line.startswith((b"List-", b"Message-ID"))]
        assert max(map(len, own)) <= 76
        mail = message_from_bytes(raw, policy=default)
        assert mail["Subject"] == subject.strip()


class TestHeaders:
    @pytest.mark.parametrize("header", ["List-Unsubscribe", "Message-ID"])
    def test_addresses_are_not_folded_or_encoded(self, header: str) -> None:
        full = replace(FULL, message_id=f"<{'a' * 90}@watch.example>")
        raw = as_mail(full, SENDER).as_bytes().decode()
        address = full.message_id if header == "Message-ID" else f"<{full.unsubscribe}>"
        assert f"\r\n{header}: {address}\r\n" in raw

    def test_a_page_is_left_with_one_click(self) -> None:
        page = "https://news.example/unsubscribe/" + "t" * 100
        raw = as_mail(replace(FULL, unsubscribe=page), SENDER).as_bytes().decode()
        assert f"\r\nList-Unsubscribe: <{page}>\r\n" in raw
        assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw

    @pytest.mark.parametrize("address", [FULL.unsubscribe, "http://127.0.0.1/unsubscribe/t"])
    def test_one_click_is_for_https_only(self, address: str) -> None:
        mail = as_mail(replace(FULL, unsubscribe=address), SENDER)
        assert "List-Unsubscribe" in mail
        assert "List-Unsubscribe-Post" not in mail

    def test_the_list_is_one_of_the_sender_s_domain(self) -> None:
        assert as_mail(FULL, SENDER)["List-Id"] == "newswatch digest <digest.watch.example>"

    def test_answers_go_where_it_is_said(self) -> None:
        assert as_mail(FULL, SENDER, "desk@watch.example")["Reply-To"] == "desk@watch.example"
        assert "Reply-To" not in as_mail(FULL, SENDER)

    def test_it_has_a_text_and_an_html_part(self) -> None:
        mail = as_mail(FULL, SENDER)
        assert [part.get_content_type() for part in mail.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
        assert mail["Message-ID"] == "<abc@watch.example>"

    def test_a_message_to_no_list_has_no_list(self) -> None:
        mail = as_mail(replace(FULL, html="", unsubscribe=""), SENDER)
        assert mail.get_content_type() == "text/plain"
        assert not [name for name in mail if name.startswith("List-")]

    @pytest.mark.parametrize("field", ["to", "subject"])
    def test_no_header_is_written_by_another(self, field: str) -> None:
        with pytest.raises(ValueError, match=r"linefeed|newline"):
            as_mail(replace(FULL, **{field: "x\r\nBcc: all@y.example"}), SENDER)
