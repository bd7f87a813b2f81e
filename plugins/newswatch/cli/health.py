"""`newswatch health` and `newswatch watchdog`."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType

import click

from newswatch.cli.output import json_option, print_json_line, print_lines
from newswatch.health.words import lines_of
from newswatch.settings import read_settings
from newswatch.stages import watchdog as dog
from newswatch.stages.health import as_record
from newswatch.stages.health import health as look_at
from newswatch.stages.health import prometheus as as_metrics


@click.command()
@json_option
@click.option("--prometheus", is_flag=True, help="Print metrics in the text form of Prometheus.")
@click.pass_context
def health(context: click.Context, as_json: bool, prometheus: bool) -> None:
    """What is wrong with the running product. Exit code 1 if somebody has to do something.

    Starts nothing, and answers whatever is away.

    \b
    Example: newswatch health --json
    """
    found = look_at(read_settings())
    if prometheus:
        click.echo(as_metrics(found), nl=False)
    elif as_json:
        print_json_line(as_record(found))
    else:
        print_lines(lines_of(found.findings) or ["all is well"])
    if not found.is_well:
        context.exit(1)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve.")
@click.option("--port", type=click.IntRange(1, 65_535), default=9464, show_default=True)
def metrics(host: str, port: int) -> None:
    """Serve /metrics for Prometheus and /health for probes, without a login.

    \b
    Example: newswatch metrics --port 9464
    """
    # Here: a check of health needs no web server.
    from newswatch.site.alone import serve
    from newswatch.site.metrics import metrics_app

    serve(metrics_app(read_settings()), host, port)


@click.command()
@click.option("--once", is_flag=True, help="Look once and end, for cron.")
def watchdog(once: bool) -> None:
    """Look again and again, and tell people once of what is wrong, and once when it is over.

    Runs until it is interrupted; to be run outside of Airflow, beside everything else.

    \b
    Example: newswatch watchdog
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    settings = read_settings()
    if once:
        dog.look(settings)
        return
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    logging.getLogger(__name__).info("newswatch: watching")
    dog.watch(settings, stop=stop)
