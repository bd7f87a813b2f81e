"""`newswatch why`: an article's whole life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from newswatch.addresses.urls import canonical_url
from newswatch.cli.database import opened
from newswatch.cli.output import json_option, print_json_line, print_lines
from newswatch.errors import InputError
from newswatch.models import ArticleId
from newswatch.settings import read_settings
from newswatch.stages.flag.trial import stopped
from newswatch.store import history
from newswatch.store.flags import article_to_flag
from newswatch.store.server.database import Connection
from newswatch.store.story_changes import changes_of_article
from newswatch.text.scripts import words_in
from newswatch.topics.load import Topic, load_topics
from newswatch.yamlfile import suggestion


@click.command()
@click.argument("url_or_id")
@click.argument("topic", required=False)
@json_option
def why(url_or_id: str, topic: str | None, as_json: bool) -> None:
    """Tell an article's life: feed, page, copies, topics with evidence, editions. Of a topic that
    it is not flagged for: what came near, and what stopped it.

    \b
    Example: newswatch why 17 ukraine-talks
    """
    settings = read_settings()
    topics = _topics(settings.watchlist / "topics", topic)
    with opened(settings) as connection:
        article_id = find_article(connection, url_or_id)
        life = life_of(connection, article_id)
        article = article_to_flag(connection, article_id)
    life["stopped"] = stopped(topics, article) if article is not None else {}
    if as_json:
        print_json_line(life)
    else:
        print_lines(_told(life))


def _topics(folder: Path, name: str | None) -> list[Topic]:
    """The topics in force, or the one of that name. Raises `InputError` if there is none."""
    topics = load_topics(folder).topics
    if name is None:
        return list(topics)
    known = [topic.topic_id for topic in topics]
    if name not in known:
        mend = suggestion(name, known) or f"known: {', '.join(known)}"
        raise InputError(f"no topic {name!r}", mend=mend)
    return [topic for topic in topics if topic.topic_id == name]


def life_of(connection: Connection, article_id: ArticleId) -> dict[str, Any]:
    """All that is known of an article, by what it is about."""
    return {
        "article": history.article(connection, article_id),
        "entries": history.entries(connection, article_id),
        "pages": history.pages(connection, article_id),
        "versions": history.versions(connection, article_id),
        "decision": history.decision(connection, article_id),
        "moves": [asdict(change) for change in changes_of_article(connection, article_id)],
        "copies": history.copies(connection, article_id),
        "contained": history.contained(connection, article_id),
        "flags": history.flags(connection, article_id),
        "editions": history.editions(connection, article_id),
    }


def find_article(connection: Connection, url_or_id: str) -> ArticleId:
    """Raises `InputError` if there is none."""
    found = history.find_article(connection, url_or_id, canonical_url(url_or_id))
    if found is None:
        raise InputError(
            f"no article {url_or_id!r}",
            mend="give the URL of an article, or the article_id of analyst.article",
        )
    return found


def _told(life: dict[str, Any]) -> list[str]:
    """The life as lines for people."""
    article = life["article"]
    return [
        article["title"],
        f"{article['outlet']} · {article['url']} · article {article['article_id']}",
        "",
        *("ANNOUNCED", *_told_entries(life["entries"])),
        *("PAGE", *_told_pages(life["pages"])),
        f"  text from {article['body_source']}, {article['word_count']} words,"
        f" language {article['language'] or 'unknown'}",
        *_told_versions(life["versions"]),
        *_told_decision(life),
        *("TOPICS", *(_told_flags(life["flags"]) or ["  none"])),
        *_told_stops(life["stopped"]),
        *("EDITIONS", *(_told_editions(life["editions"]) or ["  none"])),
    ]


def _told_entries(entries: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for entry in entries:
        lines.append(f"  {_at(entry['first_seen_at'])} by {entry['outlet']}, {entry['feed']}")
        if entry["reason"]:
            lines.append(f"    {entry['reason']}")
    return lines


def _told_pages(pages: Sequence[dict[str, Any]]) -> list[str]:
    return [
        f"  {_at(page['fetched_at'])} {page['outcome']}"
        + (f" {page['status']}" if page["status"] else "")
        + f", {page['bytes']:,} bytes in {page['elapsed_ms']} ms: {page['kind'] or page['detail']}"
        for page in pages
    ]


def _told_versions(versions: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for version in versions:
        said = f"“{version['title']}”, {words_in(version['text'])} words"
        lines.append(f"  until {_at(version['replaced_at'])} it said {said}")
        if version["reason"]:
            lines.append(f"    {version['reason']}")
    return lines


def _told_flags(flags: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for flag in flags:
        over = f" (until {_at(flag['superseded_at'])})" if flag["superseded_at"] else ""
        lines.append(f"  {flag['topic']} {flag['score']:.2f} {flag['salience']}{over}")
        lines.append(f"    {flag['reason']}")
        sentences = dict.fromkeys(mention["sentence"] for mention in flag["mentions"])
        lines += [f"    “{sentence}”" for sentence in list(sentences)[:3]]
    return lines


def _told_stops(stops: Mapping[str, Sequence[str]]) -> list[str]:
    return [
        line
        for topic, near in stops.items()
        for line in (
            f"  not {topic}",
            *(f"    {part}" for told in near[:3] for part in told.splitlines()),
        )
    ]


def _told_editions(editions: Sequence[dict[str, Any]]) -> list[str]:
    return [
        f"  {edition['local_date']} to {edition['subscriber']}: {edition['state']}"
        for edition in editions
    ]


def _told_decision(life: dict[str, Any]) -> list[str]:
    decision = life["decision"]
    if decision is None:
        return ["COPY OF", "  not decided yet"]
    lines = ["COPY OF"]
    if decision["kind"] is None:
        lines.append(f"  nothing: it is an original. {decision['reason'] or ''}".rstrip())
    else:
        of = decision["original_url"] or f"seed {decision['seed']}"
        lines.append(f"  {decision['kind']}: {of}")
        lines.append(f"    {decision['reason']}")
    if measured := _told_measures(decision):
        lines.append(f"    {measured}")
    for document in life["contained"]:
        of = document["url"] or f"seed {document['seed']}"
        lines.append(f"  holds {100 * document['coverage']:.0f} % of {of}")
    lines += [
        f"  copied by {copy['outlet']}, {copy['url']} ({copy['kind']})" for copy in life["copies"]
    ]
    lines += ["STORY", f"  {decision['story_id']}: {decision['story']}"]
    if decision["role"]:
        lines.append(f"  {_told_role(decision['role'], decision['new_sentences'])}")
    lines += [
        f"  {_at(move['changed_at'])} came from story {move['from_story_id']}: {move['kind']}"
        + (f", {move['why']}" if move["why"] else "")
        for move in life["moves"]
    ]
    return lines


def _told_measures(decision: dict[str, Any]) -> str:
    """Of an exact copy, and where nothing is shared, there is nothing to measure."""
    other = decision["compared_url"] or decision["compared_seed"]
    if other is None or decision["kind"] == "exact":
        return ""
    shares = [decision[key] for key in ("coverage", "coverage_of_original", "jaccard")]
    of_this, of_that, jaccard = (f"{100 * share:.0f} %" for share in shares)
    return f"{of_this} of it, {of_that} of {other}; Jaccard {jaccard}"


def _told_role(role: str, new_sentences: Sequence[str]) -> str:
    if not new_sentences:
        return role
    count = len(new_sentences)
    return (
        f"{role}: {count} new sentence{'s' if count > 1 else ''}, the first: “{new_sentences[0]}”"
    )


def _at(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
