"""Settings come from the environment, once, and a wrong one is refused by name."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest

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
    ],
)
def test_a_wrong_setting_is_refused(name: str, value: str, message: str) -> None:
    with pytest.raises(SettingError, match=message):
        read_settings({name: value})


def test_a_watchlist_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    settings = read_settings({"NEWSWATCH_WATCHLIST_DIR": str(tmp_path / "none")})
    with pytest.raises(SettingError, match=r"none: no such folder; set NEWSWATCH_WATCHLIST_DIR"):
        _ = settings.watchlist
    assert read_settings({"NEWSWATCH_WATCHLIST_DIR": str(tmp_path)}).watchlist == tmp_path
