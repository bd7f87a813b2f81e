"""The page by itself: its password, its server."""

from __future__ import annotations

import ipaddress
import secrets
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from newswatch.errors import InputError, SettingError
from newswatch.settings import Settings
from newswatch.site.access import PasswordAccess
from newswatch.site.app import create_app
from newswatch.site.databases import Databases
from newswatch.site.rendering import Pages

PASSWORD_FILE = "site-password"  # noqa: S105 - below the state folder


def password_of(settings: Settings, host: str) -> str:
    """The password that is set, or for this machine only one that is made once and kept.

    Raises `SettingError` if none is set and others can reach the page.
    """
    if settings.site_password:
        return settings.site_password
    if not is_this_machine(host):
        raise SettingError(
            f"others can reach the page at {host}, and NEWSWATCH_SITE_PASSWORD is not set",
            mend="set it, or serve 127.0.0.1",
        )
    return made_password(settings.state_dir)


def made_password(state: Path) -> str:
    """The one that is kept in the state folder, readable by its owner only."""
    path = state / PASSWORD_FILE
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def app_alone(settings: Settings, writer_url: str, password: str) -> FastAPI:
    pages = Pages()
    return create_app(Databases(settings, writer_url), PasswordAccess(password, pages), pages)


def serve(app: FastAPI, host: str, port: int) -> None:
    """Until it is told to stop. Raises `InputError` if the address cannot be served."""
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=True
    )
    try:
        socket = config.bind_socket()
    except (OSError, SystemExit):
        raise InputError(
            f"{host}:{port} cannot be served", mend="choose another with --host and --port"
        ) from None
    uvicorn.Server(config).run(sockets=[socket])
