# /// script
# requires-python = ">=3.11"
# dependencies = ["altair", "marimo", "pyarrow"]
# ///
"""Five pictures of an export: `newswatch export --format parquet --to lake`, then
`uvx marimo edit --sandbox docs/notebook.py -- --lake lake`."""

import marimo

app = marimo.App(width="medium", app_title="newswatch: five pictures")


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import marimo as mo
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    lake = Path(mo.cli_args().get("lake") or os.environ.get("NEWSWATCH_LAKE", "lake"))

    def read(view):
        """A view of the analysts as a table of pyarrow, all of its days."""
        return ds.dataset(lake / view, partitioning="hive").to_table()

    def counted(table, *columns):
        """How many rows have each combination of values: the columns, and `count`."""
        found = table.group_by(list(columns)).aggregate([([], "count_all")])
        return found.rename_columns([*columns, "count"])

    def squares(counts, x, y):
        """A picture of two columns: each square has its count, and is as dark as that."""
        axes = alt.Chart(counts).encode(
            x=alt.X(x).axis(labelAngle=-40).title(x.removesuffix(":N").replace("_", " ")),
            y=alt.Y(y).title(y.removesuffix(":N")),
        )
        dark = f"datum.count > {(pc.max(counts['count']).as_py() or 0) / 2}"
        words = alt.condition(dark, alt.value("white"), alt.value("black"))
        return alt.layer(
            axes.mark_rect().encode(color=alt.Color("count:Q").legend(None)),
            axes.mark_text().encode(text="count:Q", color=words),
        ).properties(width="container")

    return alt, counted, mo, pc, read, squares


@app.cell
def _(mo):
    mo.md("""
    # Five pictures

    Of what `newswatch export --format parquet --to lake` wrote. Change a cell, and what hangs on
    it is drawn anew; `docs/data-dictionary.md` has the meaning of each column.
    """)


@app.cell
def _(mo):
    mo.md("""
    ## How much is told

    Articles that carry a topic, copies included, by when they were first seen: by day, or by hour
    where there is less than a week.
    """)


@app.cell
def _(alt, counted, pc, read):
    _coverage = read("coverage")
    _seen = _coverage["seen_at"]
    _span = pc.max(_seen).as_py() - pc.min(_seen).as_py() if len(_seen) else None
    _unit = "hour" if _span is None or _span.days < 7 else "day"
    _when = pc.floor_temporal(_seen, unit=_unit)
    attention = (
        alt.Chart(counted(_coverage.append_column("when", _when), "when", "topic"))
        .mark_bar()
        .encode(
            x=alt.X(f"utc{'yearmonthdatehours' if _unit == 'hour' else 'yearmonthdate'}(when):T")
            .axis(format="%-d %b %H:%M" if _unit == "hour" else "%-d %b", labelOverlap=True)
            .title("first seen, UTC"),
            y=alt.Y("count:Q").title("articles"),
            color=alt.Color("topic:N"),
            tooltip=["when:T", "topic:N", "count:Q"],
        )
        .properties(width="container", height=220)
    )
    attention
    return (attention,)


@app.cell
def _(mo):
    mo.md("""
    ## Who tells it, and who repeats it

    Of each outlet the articles that are flagged themselves, and those that copy a flagged one.
    """)


@app.cell
def _(alt, counted, pc, read):
    _coverage = read("coverage")
    _own = pc.if_else(_coverage["is_flagged"], "own words", "copy")
    outlets = (
        alt.Chart(counted(_coverage.append_column("kind", _own), "outlet", "kind"))
        .mark_bar()
        .encode(
            x=alt.X("count:Q").axis(tickMinStep=1).title("articles on any topic"),
            y=alt.Y("outlet:N").sort("-x").title(None),
            color=alt.Color("kind:N").sort(["own words", "copy"]).title(None),
            order=alt.Order("color_kind_sort_index:Q"),
            tooltip=["outlet:N", "kind:N", "count:Q"],
        )
        .properties(width="container")
    )
    outlets
    return (outlets,)


@app.cell
def _(mo):
    mo.md("""
    ## In which languages

    A topic that is told in one language only is one to look at: its rules may know no other.
    """)


@app.cell
def _(counted, read, squares):
    languages = squares(counted(read("coverage"), "topic", "language"), "language:N", "topic:N")
    languages
    return (languages,)


@app.cell
def _(mo):
    mo.md("""
    ## Who copies whom

    Articles that tell nothing which their original does not.
    """)


@app.cell
def _(counted, pc, read, squares):
    _duplicates = read("duplicate")
    _duplicates = _duplicates.filter(pc.is_valid(_duplicates["original_outlet"]))
    _counts = counted(_duplicates, "original_outlet", "outlet")
    copies = squares(_counts, "original_outlet:N", "outlet:N")
    copies
    return (copies,)


@app.cell
def _(mo):
    mo.md("""
    ## How the biggest stories went

    What each article brought to its story: the first, copies, independent words on the same,
    developments.
    """)


@app.cell
def _(alt, counted, pc, read):
    _stories = read("story").sort_by([("articles", "descending")]).slice(0, 12)
    _headlines = _stories.select(["story_id", "headline"])
    _members = read("story_article")
    _members = _members.filter(pc.is_in(_members["story_id"], _stories["story_id"]))
    _roles = ["first", "independent", "development", "copy"]
    stories = (
        alt.Chart(counted(_members, "story_id", "role").join(_headlines, "story_id"))
        .mark_bar()
        .encode(
            x=alt.X("count:Q").axis(tickMinStep=1).title("articles"),
            y=alt.Y("headline:N").sort("-x").title(None).axis(labelLimit=200),
            color=alt.Color("role:N").sort(_roles).title(None).legend(orient="bottom"),
            order=alt.Order("color_role_sort_index:Q"),
            tooltip=["headline:N", "role:N", "count:Q"],
        )
        .properties(width="container")
    )
    stories
    return (stories,)


if __name__ == "__main__":
    app.run()
