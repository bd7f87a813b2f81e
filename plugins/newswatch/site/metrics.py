"""What monitoring asks over HTTP: `/metrics` for Prometheus, `/health` for a balancer or a probe.

It stands beside the page, without its login, and tells no secret: let the monitoring reach it and
nobody else.
"""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse

from newswatch.settings import Settings
from newswatch.stages.health import as_record, health, prometheus


def metrics_app(settings: Settings) -> FastAPI:
    """Each request is a look at the product; it answers whatever is away."""
    app = FastAPI(openapi_url=None)

    @app.get("/metrics")
    def metrics() -> PlainTextResponse:
        text = prometheus(health(settings))
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")

    @app.get("/health")
    def look() -> JSONResponse:
        """503: somebody has to do something."""
        found = health(settings)
        return JSONResponse(as_record(found), status_code=200 if found.is_well else 503)

    return app
