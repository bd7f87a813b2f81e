"""What is told now: topics, the attention that each gets, and its stories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from newswatch.models import ArticleId, StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]
DAYS = 15  # the day that is shown, and the fourteen before it
MOST_DRIVERS = 5  # outlets, and words, that are told of a topic
MOST_RANKED = 300  # stories of a topic and day


def newest_at(connection: Connection) -> datetime | None:
    """When the newest article was seen; None if there is none."""
    found: datetime | None = rows.first_value(
        connection, "select seen_at from analyst.article order by seen_at desc limit 1"
    )
    return found


def oldest_at(connection: Connection) -> datetime | None:
    """When the oldest article was seen; None if there is none."""
    found: datetime | None = rows.first_value(
        connection, "select seen_at from analyst.article order by seen_at limit 1"
    )
    return found


def topics(connection: Connection) -> list[Row]:
    """Every topic that ever flagged, by its name."""
    return rows.objects(
        connection, "select topic, name from analyst.topic where is_newest order by name, topic"
    )


def attention(connection: Connection, until: datetime) -> list[Row]:
    """By topic the flagged originals of each of the last days, `ago` from 0; a day has 24 hours and
    ends at the time of day of `until`."""
    return rows.objects(
        connection,
        """
        select topic, floor(extract(epoch from %(until)s - seen_at) / 86400)::int as ago,
               count(*) as flagged
        from analyst.flag
        where seen_at > %(until)s - make_interval(days => %(days)s) and seen_at <= %(until)s
        group by 1, 2
        """,
        {"until": until, "days": DAYS},
    )


def driving_outlets(connection: Connection, until: datetime) -> list[Row]:
    """By topic the outlets that wrote most of the last day beyond what they usually write."""
    return rows.objects(
        connection,
        """
        select topic, outlet, now from (
            select *, row_number() over (
                       partition by topic order by now - before / 14.0 desc, outlet
                   ) as place
            from (
                select topic, outlet,
                       count(*) filter (where seen_at > %(until)s - interval '1 day') as now,
                       count(*) filter (where seen_at <= %(until)s - interval '1 day') as before
                from analyst.flag
                where seen_at > %(until)s - make_interval(days => %(days)s)
                  and seen_at <= %(until)s
                group by topic, outlet
            ) as counted
            where now > 0
        ) as ranked
        where place <= %(most)s order by topic, place
        """,
        {"until": until, "days": DAYS, "most": MOST_DRIVERS},
    )


def driving_words(connection: Connection, until: datetime) -> list[Row]:
    """By topic the words that name its subject in most articles of the last day."""
    return rows.objects(
        connection,
        """
        select topic, word, articles from (
            select flag.topic, min(mention.matched) as word,
                   count(distinct flag.article_id) as articles,
                   row_number() over (
                       partition by flag.topic
                       order by count(distinct flag.article_id) desc, min(mention.matched)
                   ) as place
            from analyst.flag
            join analyst.mention using (flag_id)
            where flag.seen_at > %(until)s - interval '1 day' and flag.seen_at <= %(until)s
              and mention.part = 'subject'
            group by flag.topic, lower(mention.matched)
        ) as ranked
        where place <= %(most)s order by topic, place
        """,
        {"until": until, "most": MOST_DRIVERS},
    )


def stories(
    connection: Connection, since: datetime, until: datetime, topic: str | None = None
) -> list[Row]:
    """By topic the stories that something was flagged of in the time, those of the highest scores;
    each with how many reports these are, their strongest salience, the article that stands for
    it, and whether the topic is new in it."""
    return rows.objects(
        connection,
        """
        with recent as (
            select topic, story_id, max(score) as score, count(*)::int as reports,
                   (array_agg(article_id order by score desc, article_id))[1] as article_id,
                   (array_agg(salience order by array_position(
                       array['headline', 'lead', 'body'], salience::text)))[1] as salience,
                   row_number() over (partition by topic order by max(score) desc, story_id)
                       as place
            from analyst.flag
            where seen_at > %(since)s and seen_at <= %(until)s
              and (%(topic)s::text is null or topic = %(topic)s)
            group by topic, story_id
        )
        select topic, story_id, score, reports, article_id, salience, not exists (
            select from analyst.flag
            where flag.story_id = recent.story_id and flag.topic = recent.topic
              and flag.seen_at <= %(since)s
        ) as is_new
        from recent where place <= %(most)s
        """,
        {"since": since, "until": until, "topic": topic, "most": MOST_RANKED},
    )


def faces(connection: Connection, flags: Sequence[tuple[str, ArticleId]]) -> list[Row]:
    """The flagged articles that stand for stories, with the topic's mentions in them."""
    return rows.objects(
        connection,
        """
        select flag.topic, flag.article_id, flag.title, flag.outlet, flag.language, flag.url,
               flag.reason, article.summary, coalesce((
                   select jsonb_agg(jsonb_build_object(
                       'field', field, 'part', part, 'matched', matched, 'sentence', sentence)
                       order by field, char_start)
                   from analyst.mention where mention.flag_id = flag.flag_id), '[]') as mentions
        from unnest(%s::text[], %s::bigint[]) as wanted (topic, article_id)
        join analyst.flag using (topic, article_id)
        join analyst.article using (article_id)
        """,
        [[topic for topic, _ in flags], [article_id for _, article_id in flags]],
    )


def carriers(connection: Connection, story_ids: Sequence[StoryId], since: datetime) -> list[Row]:
    """Of each story who carries it: outlets, those that took it up since then, articles, copies,
    countries, languages."""
    return rows.objects(
        connection,
        """
        select story_id, sum(articles)::int as articles, sum(copies)::int as copies,
               array_agg(outlet order by outlet) as outlets,
               (count(*) filter (where first_seen_at > %(since)s))::int as new_outlets,
               min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at,
               array_remove(array_agg(distinct country order by country), null) as countries,
               array(
                   select distinct unnested from unnest(string_to_array(
                       string_agg(languages, ' '), ' ')) as unnested order by 1) as languages
        from (
            select story_id, outlet, max(country) as country, count(*) as articles,
                   count(*) filter (where not is_original) as copies,
                   min(seen_at) as first_seen_at, max(seen_at) as last_seen_at,
                   string_agg(distinct language, ' ') as languages
            from analyst.article where story_id = any(%(stories)s) group by story_id, outlet
        ) as of_outlet
        group by story_id
        """,
        {"stories": list(story_ids), "since": since},
    )


def pace(connection: Connection, story_ids: Sequence[StoryId], until: datetime) -> list[Row]:
    """Of each story the articles of each of the last days, `ago` from 0."""
    return rows.objects(
        connection,
        """
        select story_id, floor(extract(epoch from %(until)s - seen_at) / 86400)::int as ago,
               count(*) as articles
        from analyst.article
        where story_id = any(%(stories)s)
          and seen_at > %(until)s - make_interval(days => %(days)s) and seen_at <= %(until)s
        group by 1, 2
        """,
        {"stories": list(story_ids), "until": until, "days": DAYS - 1},
    )


def news_of(
    connection: Connection, story_ids: Sequence[StoryId], since: datetime, until: datetime
) -> list[Row]:
    """Of each story the newest development of the time, by its first new sentence."""
    return rows.objects(
        connection,
        """
        select distinct on (story_id) story_id, article_id, outlet, new_sentences[1] as sentence,
               article.language, story_article.seen_at
        from analyst.story_article
        join analyst.article using (article_id, story_id, outlet)
        where story_id = any(%(stories)s) and new_sentences <> '{}'
          and story_article.seen_at > %(since)s and story_article.seen_at <= %(until)s
        order by story_id, decision_order desc
        """,
        {"stories": list(story_ids), "since": since, "until": until},
    )
