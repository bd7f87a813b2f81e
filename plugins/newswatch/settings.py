"""The one place that reads the environment. Every setting is a field of `Settings`, named
`NEWSWATCH_` and the field's name in capitals; an unknown `NEWSWATCH_` name is refused."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

from newswatch.errors import SettingError
from newswatch.masking import masked
from newswatch.setting_kinds import (
    Between,
    Endpoints,
    Folder,
    Mailbox,
    MailServer,
    OneLine,
    OneOf,
    Secret,
    Services,
    WebAddress,
    is_printable,
)
from newswatch.yamlfile import suggestion

HOME = Path(__file__).resolve().parents[2]
PREFIX = "NEWSWATCH_"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be set. Durations are in seconds, sizes in bytes. Its `repr` tells no password.

    Raises `SettingError` for a value that makes no sense.
    """

    # Empty: the embedded server under `state_dir` is started and used.
    database_url: Annotated[str, OneLine()] = field(default="", repr=False)  # newswatch_writer's
    # newswatch_analyst's, for the page; empty: the same server and database without a password.
    analyst_database_url: Annotated[str, OneLine()] = field(default="", repr=False)
    # A role that may create roles and databases: migrate.
    admin_database_url: Annotated[str, OneLine()] = field(default="", repr=False)
    state_dir: Path = HOME / ".newswatch"
    watchlist_dir: Path = HOME / "dags" / "watchlist"

    # Addresses outside the public internet that may be fetched all the same, at any port: the demo
    # and the tests need loopback.
    allow_networks: tuple[Network, ...] = ()
    user_agent: Annotated[str, OneLine()] = "newswatch/0.1 (scheduled news monitoring)"
    # Of feeds that are not open to all: the name that feeds.yaml uses, to user:password.
    feed_logins: Mapping[str, str] = field(default_factory=dict, repr=False)
    fetch_timeout: Annotated[float, Between(0.1, 3_600)] = 30.0
    feed_max_bytes: Annotated[int, Between(1_000, 1_000_000_000)] = 15_000_000
    page_max_bytes: Annotated[int, Between(1_000, 1_000_000_000)] = 10_000_000
    host_delay: Annotated[float, Between(0, 3_600)] = 1.0  # between two page requests to one host
    host_concurrency: Annotated[int, Between(1, 100)] = 2
    concurrency: Annotated[int, Between(1, 10_000)] = 64
    poll_floor: Annotated[float, Between(1, 31_536_000)] = 600.0
    poll_cap: Annotated[float, Between(1, 31_536_000)] = 86_400.0
    # If a larger share of hosts cannot be reached, we are offline.
    offline_share: Annotated[float, Between(0, 1)] = 0.6
    page_deadline: Annotated[float, Between(0.1, 3_600)] = 20.0  # CPU time, of one page
    article_deadline: Annotated[float, Between(0.1, 3_600)] = 20.0  # CPU time, in each later stage
    shards: Annotated[int, Between(1, 1_024)] = 4  # hosts are spread over so many mapped tasks

    # 1: a run may be given another time as `now`; all it does and keeps goes by that.
    replay: Annotated[int, Between(0, 1)] = 0

    dedupe_window_days: Annotated[int, Between(1, 3_650)] = 30  # how far back stories are joined
    dedupe_version: Annotated[int, Between(1, 1_000)] = 1  # of the algorithm: see docs/runbook.md
    story_version: Annotated[int, Between(1, 1_000)] = 1  # of the figures of stories
    # What tells that reports in two languages are of one event: auto, none, or a model's folder.
    embedder: Annotated[str, OneLine()] = "auto"
    recall_sample: Annotated[int, Between(0, 10_000)] = 50  # articles a night, to be judged
    # Where the analysts' views are kept as files; empty: nowhere.
    export_dir: Annotated[str, Folder()] = ""
    export_format: Annotated[str, OneOf(("parquet", "csv", "jsonl"))] = "parquet"
    keep_pages_days: Annotated[int, Between(1, 3_650)] = 14
    keep_fetches_days: Annotated[int, Between(1, 3_650)] = 90
    keep_runs_days: Annotated[int, Between(35, 3_650)] = 90  # four weeks are compared
    keep_history_days: Annotated[int, Between(1, 36_500)] = 365
    keep_editions_days: Annotated[int, Between(35, 36_500)] = 365
    keep_documents_days: Annotated[int, Between(1, 36_500)] = 365
    keep_backups: Annotated[int, Between(1, 1_000)] = 14
    keep_airflow_days: Annotated[int, Between(1, 3_650)] = 30

    smtp_url: Annotated[str, MailServer()] = field(default="", repr=False)  # empty: no mail
    mail_from: Annotated[str, Mailbox(needed=True)] = "newswatch <newswatch@localhost>"
    reply_to: Annotated[str, Mailbox(needed=False)] = ""  # empty: the sender
    # A private RSA key in a PEM file, by which mails are signed (DKIM); empty: they are not.
    dkim_key: Annotated[str, OneLine()] = ""
    dkim_selector: Annotated[str, OneLine()] = "newswatch"
    # A command or an address that translates headlines; empty: nothing is translated.
    translator: Annotated[str, OneLine()] = ""
    # Who looks at editions before they are sent, and how long they have; empty: nobody.
    editor: Annotated[str, Mailbox(needed=False)] = ""
    approval: Annotated[float, Between(60, 86_400)] = 1_800.0
    # Who is told what is wrong with the running product; nobody: the log only.
    alert_to: Annotated[str, Mailbox(needed=False)] = ""
    alert_webhooks: Annotated[tuple[str, ...], Endpoints()] = field(default=(), repr=False)
    alert_services: Annotated[tuple[str, ...], Services()] = field(default=(), repr=False)
    # Asked at each look of the watchdog that went well: whoever does not hear of us raises alarm.
    heartbeat_url: Annotated[str, Endpoints()] = field(default="", repr=False)
    airflow_url: Annotated[str, Endpoints()] = ""  # whose components the watchdog looks at
    watchdog_pause: Annotated[float, Between(1, 3_600)] = 60.0
    runbook_url: Annotated[str, Endpoints()] = ""  # where your copy of docs/runbook.md lies
    run_late: Annotated[float, Between(60, 31_536_000)] = 2_700.0
    # Of the single machine's service (make up): seconds until it must be well, and of silence after
    # which one of its processes is ended and started again.
    start_timeout: Annotated[float, Between(1, 86_400)] = 600.0
    hung_after: Annotated[float, Between(10, 86_400)] = 120.0
    disk_free: Annotated[float, Between(0, 1)] = 0.1  # the share of a disk that should be free
    # Readers' links: printed where both are set.
    public_url: Annotated[str, WebAddress()] = ""  # where the product's pages can be reached
    link_secret: Annotated[str, Secret(24)] = field(default="", repr=False)

    # Of the page where it runs alone; empty: one is made, and the page serves this machine only.
    site_password: Annotated[str, Secret(12)] = field(default="", repr=False)

    def __post_init__(self) -> None:
        for name, (_, rule) in _fields().items():
            value = getattr(self, name)
            if rule is not None and (wrong := rule.problem(value)):
                told = (
                    "" if isinstance(rule, Secret | Endpoints | Services) else f"={_shown(value)}"
                )
                raise SettingError(f"{_variable(name)}{told}: {wrong[0]}", mend=wrong[1])
        if self.poll_cap < self.poll_floor:
            raise SettingError(
                f"{_variable('poll_cap')}={self.poll_cap:g}: less than the poll floor",
                mend=f"write at least {self.poll_floor:g}, or lower {_variable('poll_floor')}",
            )

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

    Raises `SettingError` for an unknown name, and for a value of the wrong form or out of range.
    """
    environ = os.environ if environ is None else environ
    names = {_variable(name): name for name in _fields()}
    values: dict[str, object] = {}
    for variable, raw in environ.items():
        if not variable.startswith(PREFIX) or raw == "":
            continue
        if variable not in names:
            raise SettingError(
                f"{variable} is not a setting",
                mend=suggestion(variable, list(names)) or "see docs/settings.md",
            )
        values[names[variable]] = _convert(variable, raw, _fields()[names[variable]][0])
    return Settings(**{**values, **overrides})  # type: ignore[arg-type]


@cache
def _fields() -> dict[str, tuple[object, Any]]:
    """Of each setting its type, and its rule if it has one."""
    found: dict[str, tuple[object, Any]] = {}
    for name, hint in get_type_hints(Settings, include_extras=True).items():
        rules = getattr(hint, "__metadata__", ())
        found[name] = (get_args(hint)[0], rules[0]) if rules else (hint, None)
    return found


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _shown(value: object) -> str:
    return repr(masked(value)) if isinstance(value, str) else f"{value!r}"


def _logins(variable: str, raw: str) -> Mapping[str, str]:
    """Raises `SettingError`, in which no password stands."""
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    logins = list(found.values()) if isinstance(found, dict) else [None]
    if not all(isinstance(said, str) and is_printable(said) and ":" in said[1:] for said in logins):
        raise SettingError(
            f"{variable}: no list of logins",
            mend='write a JSON object, as in {"agency": "user:password"}',
        )
    return dict(found or {})


def _convert(variable: str, raw: str, wanted: object) -> object:
    try:
        if wanted is int:
            return int(raw)
        if wanted is float:
            return float(raw)
        if wanted is Path:
            return Path(raw).expanduser().resolve()
        if wanted == Mapping[str, str]:
            return _logins(variable, raw)
        if wanted == tuple[str, ...]:
            return tuple(part.strip() for part in raw.split(",") if part.strip())
        if wanted == tuple[Network, ...]:
            parts = [part.strip() for part in raw.split(",") if part.strip()]
            return tuple(ipaddress.ip_network(part) for part in parts)
    except (ValueError, RuntimeError) as error:  # the second: a home that is not known
        raise SettingError(f"{variable}={raw!r}: {error}", mend="see docs/settings.md") from None
    return raw
