"""Settings come from the environment, once, and a wrong one is refused by name."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.errors import SettingError
from newswatch.settings import read_settings


def test_values_are_converted() -> None:
    settings = read_settings(
        {
            "NEWSWATCH_SHARDS": "2",
            "NEWSWATCH_HOST_DELAY": "0.5",
            "NEWSWATCH_ALLOW_NETWORKS": "127.0.0.0/8, ::1/128",
            "NEWSWATCH_STATE_DIR": "/var/lib/newswatch",
            "PATH": "/bin",
        }
    )
    assert settings.shards == 2
    assert settings.host_delay == 0.5
    assert settings.allow_networks == (
        ipaddress.ip_network("127.0.0.0/8"),
        ipaddress.ip_network("::1/128"),
    )
    assert settings.state_dir == Path("/var/lib/newswatch")


def test_empty_means_default() -> None:
    assert read_settings({"NEWSWATCH_SHARDS": ""}) == read_settings({})


def test_overrides_win() -> None:
    assert read_settings({"NEWSWATCH_SHARDS": "2"}, shards=3).shards == 3


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "NEWSWATCH_SHARD",
            "2",
            "NEWSWATCH_SHARD is not a setting; did you mean 'NEWSWATCH_SHARDS'",
        ),
        ("NEWSWATCH_SHARDS", "two", "NEWSWATCH_SHARDS='two': invalid literal"),
        ("NEWSWATCH_ALLOW_NETWORKS", "127.0.0.1/8", "has host bits set"),
        ("NEWSWATCH_FETCH_TIMEOUT", "nan", "=nan: out of range; write a number from 0.1 to 3,600"),
        ("NEWSWATCH_FETCH_TIMEOUT", "inf", "=inf: out of range"),
        ("NEWSWATCH_HOST_DELAY", "-1", "=-1.0: out of range; write a number from 0 to"),
        ("NEWSWATCH_SHARDS", "0", "NEWSWATCH_SHARDS=0: out of range; write a number from 1 to"),
        ("NEWSWATCH_CONCURRENCY", "0", "NEWSWATCH_CONCURRENCY=0: out of range"),
        ("NEWSWATCH_KEEP_PAGES_DAYS", "0", "NEWSWATCH_KEEP_PAGES_DAYS=0: out of range"),
        ("NEWSWATCH_OFFLINE_SHARE", "60", "=60.0: out of range; write a number from 0 to 1"),
        ("NEWSWATCH_POLL_CAP", "60", "=60: less than the poll floor; write at least 600"),
        ("NEWSWATCH_STATE_DIR", "~nobody-of-that-name/x", "see docs/settings.md"),
        ("NEWSWATCH_STATE_DIR", "a\0b", "embedded null byte"),
        ("NEWSWATCH_USER_AGENT", "a\r\nb", "it holds a control character; write one plain line"),
        ("NEWSWATCH_DATABASE_URL", "postgresql://a\x00b", "it holds a control character"),
        ("NEWSWATCH_MAIL_FROM", "newswatch", "no mail address; write name@host"),
        ("NEWSWATCH_ALERT_SERVICES", "slack", "no address of a service"),
        ("NEWSWATCH_EXPORT_DIR", "lake", "no absolute path"),
        ("NEWSWATCH_EXPORT_FORMAT", "xlsx", "not known"),
        ("NEWSWATCH_ALERT_TO", "ops@x.example\nBcc: all@x.example", "no mail address"),
        ("NEWSWATCH_PUBLIC_URL", "news.example", "no address of pages; write https://host or"),
        ("NEWSWATCH_PUBLIC_URL", "https://", "no address of pages"),
        ("NEWSWATCH_PUBLIC_URL", "https://[::1", "no address of pages"),
        ("NEWSWATCH_PUBLIC_URL", "https://news.example/?a=b", "no address of pages"),
        ("NEWSWATCH_LINK_SECRET", "Enigma", "too short; write 24 characters that nobody can"),
    ],
)
def test_a_wrong_setting_is_refused(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({name: value})
    assert str(refused.value).startswith(name)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["http://x", "smtp://", "localhost:25", "smtp://x:99999", "smtp://x:a", "smtp://[::1", "x"],
)
def test_a_wrong_mail_server_is_refused(url: str) -> None:
    with pytest.raises(SettingError, match="no SMTP address; write smtp://host:port"):
        read_settings({"NEWSWATCH_SMTP_URL": url})


def test_settings_that_are_logged_tell_no_password() -> None:
    url = "postgresql://newswatch_writer:s3cret@db/newswatch"
    names = ("DATABASE_URL", "ADMIN_DATABASE_URL")
    mail = {"NEWSWATCH_SMTP_URL": "smtp://reader:s3cret@mail.example:25"}
    settings = read_settings({f"NEWSWATCH_{name}": url for name in names} | mail)
    assert settings.database_url == url
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("password", ["pa@ss", "two words", "100%", "a:b/c", "p@s w:rd%/#?", "ü@"])
@pytest.mark.parametrize("url", ["smtp+startls://bob:{}@host", "smtp://bob:{}@host:99999"])
def test_a_refused_address_does_not_tell_its_password(url: str, password: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({"NEWSWATCH_SMTP_URL": url.format(password)})
    assert "bob:***@host" in str(refused.value)
    assert password not in str(refused.value)


def test_a_secret_is_told_nowhere() -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({"NEWSWATCH_LINK_SECRET": "Enigma"})
    assert "Enigma" not in str(refused.value)
    assert "Enigma" not in repr(read_settings({"NEWSWATCH_LINK_SECRET": "Enigma" * 4}))


@given(st.sampled_from(sorted(read_settings({}).__slots__)), st.text(max_size=30))
def test_any_value_is_taken_or_refused_by_name(name: str, value: str) -> None:
    variable = f"NEWSWATCH_{name.upper()}"
    told = variable
    try:
        read_settings({variable: value})
    except SettingError as error:
        told = str(error)
    assert told.startswith(variable)


def test_a_setting_replaced_in_the_program_is_held_to_the_same() -> None:
    with pytest.raises(SettingError, match="NEWSWATCH_SHARDS=0"):
        replace(read_settings({}), shards=0)


def test_a_watchlist_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    settings = read_settings({"NEWSWATCH_WATCHLIST_DIR": str(tmp_path / "none")})
    with pytest.raises(SettingError, match=r"none: no such folder; set NEWSWATCH_WATCHLIST_DIR"):
        _ = settings.watchlist
    assert read_settings({"NEWSWATCH_WATCHLIST_DIR": str(tmp_path)}).watchlist == tmp_path
