"""What the demo shows at its end: everything from the views that analysts and operators have."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

from rich.console import Console
from rich.table import Table

from launcher import service
from newswatch.settings import HOME
from newswatch.store.server import embedded
from newswatch.store.server.database import Connection, connect, with_database, with_role


def show(console: Console, airflow: service.Service, mail: Path) -> None:
    """Print the flagged stories, the counts, the failing feeds, and where to look further."""
    server = embedded.start(airflow.state / "postgres")
    url = with_role(with_database(server, embedded.DATABASE), "newswatch_analyst")
    with connect(url) as connection:
        _flagged(console, connection)
        _counts(console, connection)
        _feeds(console, connection)
    _mail(console, mail)
    state = airflow.state.relative_to(HOME)
    console.print("\n[bold]Look further[/]")
    console.print(f"  psql: NEWSWATCH_STATE_DIR={state} make psql")
    console.print(f"  why an article was flagged: NEWSWATCH_STATE_DIR={state} newswatch why ID")
    console.print(f"  the newsroom page: NEWSWATCH_STATE_DIR={state} newswatch serve")
    console.print("  the Airflow UI, on the live feeds: make up")


def _flagged(console: Console, connection: Connection) -> None:
    table = Table(title="Flagged stories", title_justify="left", show_lines=True)
    for name, width in (("topic", 14), ("headline", 34), ("outlet", 16), ("score", 5)):
        table.add_column(name, max_width=width)
    table.add_column("the sentence that flagged it", ratio=1)
    rows = connection.execute(
        "select topic, title, outlet, score, evidence from analyst.flag"
        " where salience <> 'passing' order by topic, score desc, article_id"
    ).fetchall()
    for topic, title, outlet, score, sentence in rows:
        table.add_row(topic, title, outlet, f"{score:.2f}", sentence)
    console.print(table)
    passing = connection.execute(
        "select count(*) from analyst.flag where salience = 'passing'"
    ).fetchone()
    console.print(f"and {passing[0] if passing else 0} passing mentions")


def _counts(console: Console, connection: Connection) -> None:
    row = connection.execute(
        """
        select coalesce(sum((summary -> 'poll' ->> 'entries_new')::int), 0),
               (select count(*) from analyst.article),
               (select count(*) from analyst.article where body_source not in ('page', 'json-ld')),
               (select coalesce(
                    string_agg(format('%s %s', number, kind), ', ' order by kind), 'none')
                from (select kind, count(*) as number from analyst.duplicate group by kind) as k),
               (select count(*) from analyst.duplicate where seed is not null),
               (select count(*) from analyst.story)
        from ops.run
        """
    ).fetchone()
    if row is not None:
        entries, articles, from_feed, copies, of_seed, stories = row
        console.print(
            f"\n{entries} entries, {articles} articles ({from_feed} from their feed only),"
            f" duplicates: {copies} ({of_seed} of the seed), {stories} stories"
        )


def _feeds(console: Console, connection: Connection) -> None:
    rows = connection.execute(
        "select outlet, state, coalesce(state_reason, '') from ops.feed_health"
        " where state <> 'active' order by outlet"
    ).fetchall()
    console.print("\n[bold]Feeds that fail[/]")
    for outlet, state, reason in rows:
        console.print(f"  {outlet}: {state}: {reason}")


def _mail(console: Console, folder: Path) -> None:
    console.print("\n[bold]The digest[/]")
    for path in sorted(folder.glob("*.eml")):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        html = mail.get_body(("html",))
        page = path.with_suffix(".html")
        page.write_text(html.get_content() if html else "", encoding="utf-8")
        console.print(f"  {mail['Subject']}")
        console.print(f"  {path.relative_to(HOME)}\n  {page.relative_to(HOME)}")
