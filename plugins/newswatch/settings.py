"""The one place that reads the environment. Every setting is a field of `Settings`, named
`NEWSWATCH_` and the field's name in capitals; an unknown `NEWSWATCH_` name is refused."""

from __future__ import annotations

import dataclasses
import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

from newswatch.errors import SettingError
from newswatch.yamlfile import suggestion

HOME = Path(__file__).resolve().parents[2]
PREFIX = "NEWSWATCH_"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set. Durations are in seconds, sizes in bytes."""

    # Empty: the embedded server under `state_dir` is started and used.
    database_url: str = ""  # role newswatch_writer
    admin_database_url: str = ""  # a role that may create roles and databases: migrate, scratch
    state_dir: Path = HOME / ".newswatch"
    watchlist_dir: Path = HOME / "dags" / "watchlist"

    # Addresses outside the public internet that may be fetched all the same, at any port: the demo
    # and the tests need loopback.
    allow_networks: tuple[Network, ...] = ()
    user_agent: str = "newswatch/0.1 (scheduled news monitoring)"
    fetch_timeout: float = 30.0
    feed_max_bytes: int = 15_000_000
    page_max_bytes: int = 10_000_000
    host_delay: float = 1.0  # between two page requests to one host
    host_concurrency: int = 2
    concurrency: int = 64
    poll_floor: float = 600.0
    poll_cap: float = 86_400.0
    offline_share: float = 0.6  # if a larger share of hosts cannot be reached, we are offline
    page_deadline: float = 20.0  # CPU time, to extract one page
    shards: int = 4  # hosts are spread over so many mapped tasks

    dedupe_window_days: int = 30  # how far back stories are joined
    dedupe_version: int = 1  # of the algorithm that tells copies; see docs/runbook.md
    keep_pages_days: int = 14
    keep_fetches_days: int = 90

    smtp_url: str = "smtp://127.0.0.1:1025"
    mail_from: str = "newswatch <newswatch@localhost>"
    alert_to: str = ""  # the address that is told when we are offline; empty: the log only

    @property
    def watchlist(self) -> Path:
        """The folder `watchlist_dir`; raises `SettingError` if it is not there."""
        if not self.watchlist_dir.is_dir():
            raise SettingError(
                f"{self.watchlist_dir}: no such folder",
                mend="set NEWSWATCH_WATCHLIST_DIR to the folder that has feeds.yaml and topics/",
            )
        return self.watchlist_dir


def read_settings(environ: Mapping[str, str] | None = None, /, **overrides: object) -> Settings:
    """Settings from the environment; `overrides` win and are for tests and the demo.

    Raises `SettingError` for an unknown name or a value of the wrong form.
    """
    environ = os.environ if environ is None else environ
    hints = get_type_hints(Settings)
    names = {PREFIX + name.upper(): name for name in hints}
    values: dict[str, object] = {}
    for variable, raw in environ.items():
        if not variable.startswith(PREFIX) or raw == "":
            continue
        if variable not in names:
            raise SettingError(
                f"{variable} is not a setting",
                mend=suggestion(variable, list(names)) or "see docs/settings.md",
            )
        values[names[variable]] = _convert(variable, raw, hints[names[variable]])
    return dataclasses.replace(Settings(), **{**values, **overrides})  # type: ignore[arg-type]


def _convert(variable: str, raw: str, wanted: object) -> object:
    try:
        if wanted is int:
            return int(raw)
        if wanted is float:
            return float(raw)
        if wanted is Path:
            return Path(raw).expanduser().resolve()
        if wanted == tuple[Network, ...]:
            parts = [part.strip() for part in raw.split(",") if part.strip()]
            return tuple(ipaddress.ip_network(part) for part in parts)
    except ValueError as error:
        raise SettingError(f"{variable}={raw!r}: {error}", mend="see docs/settings.md") from None
    return raw
