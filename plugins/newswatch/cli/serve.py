"""`newswatch serve`: the newsroom page by itself."""

from __future__ import annotations

import click

from newswatch.cli.database import opened, writer_url
from newswatch.settings import read_settings

PORT = 8600


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve.")
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the newsroom page: look, search and judge in a browser.

    Without NEWSWATCH_SITE_PASSWORD it serves this machine only, with a password that it makes.

    \b
    Example: newswatch serve --port 8600
    """
    # Here: no other command needs a web server.
    from newswatch.site import alone

    settings = read_settings()
    password = alone.password_of(settings, host)
    with opened(settings):
        pass
    app = alone.app_alone(settings, writer_url(settings), password)
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    if not settings.site_password:
        click.echo(f"password {password}, kept in {settings.state_dir / alone.PASSWORD_FILE}")
    alone.serve(app, host, port)
