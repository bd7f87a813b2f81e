"""The Airflow plugin: mounts the newsroom page in the API server, behind Airflow's own login.

Every process of Airflow loads plugins: what the page needs is imported when it is first asked for.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from newswatch.site.access import Visitor

PREFIX = "/newswatch"
DAG = "watch_news"  # who may see it may look; who may edit it may judge and correct


class AirflowAccess:
    """Visitors are the users of Airflow."""

    public: frozenset[str] = frozenset()
    can_log_out = False

    async def visitor(self, request: Request) -> Visitor | None:
        from airflow.api_fastapi.app import get_auth_manager
        from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails
        from airflow.api_fastapi.core_api.security import bearer_scheme, get_user
        from fastapi import HTTPException

        from newswatch.site.access import Visitor

        try:
            user = await get_user(request, None, await bearer_scheme(request))
        except HTTPException:
            return None
        manager, details = get_auth_manager(), DagDetails(id=DAG)
        if not manager.is_authorized_dag(method="GET", user=user, details=details):
            return None
        may_write = manager.is_authorized_dag(method="PUT", user=user, details=details)
        return Visitor(str(user.get_name()), may_write)

    def refusal(self, request: Request) -> Response:
        from html import escape

        from airflow.api_fastapi.app import get_auth_manager
        from starlette.responses import HTMLResponse

        address = get_auth_manager().get_url_login(next_url=str(request.url))
        return HTMLResponse(
            "<!doctype html><html lang=en><title>newswatch</title>"
            f'<p><a href="{escape(address)}">Log in to Airflow</a> to see the newsroom page.</p>',
            401,
        )


class Mounted:
    """The application, made for the first request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._app: FastAPI | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._made()(scope, receive, send)

    def _made(self) -> FastAPI:
        from newswatch.errors import SettingError
        from newswatch.settings import read_settings
        from newswatch.site.app import create_app
        from newswatch.site.databases import Databases
        from newswatch.site.rendering import Pages

        with self._lock:
            if self._app is None:
                settings = read_settings()
                if not settings.database_url:
                    raise SettingError(
                        "the API server does not know the database of the newsroom page",
                        mend="set NEWSWATCH_DATABASE_URL in its environment",
                    )
                databases = Databases(settings, settings.database_url)
                self._app = create_app(databases, AirflowAccess(), Pages())
            return self._app


class NewswatchPlugin(AirflowPlugin):
    """Its page, and where Airflow's own pages lead to it."""

    name = "newswatch"
    fastapi_apps: list[dict[str, Any]] = [  # noqa: RUF012 - as Airflow declares them
        {"app": Mounted(), "url_prefix": PREFIX, "name": "newswatch"}
    ]
    external_views: list[dict[str, Any]] = [  # noqa: RUF012
        {
            "name": "Newsroom",
            "href": f"{PREFIX}/",
            "destination": "nav",
            "nav_top_level": True,
            "icon": f"{PREFIX}/static/icon.svg",
        },
        {
            "name": "Newsroom",
            "href": f"{PREFIX}/runs?trigger={{DAG_ID}}/{{RUN_ID}}",
            "destination": "dag_run",
            "url_route": "newsroom-run",
        },
    ]
