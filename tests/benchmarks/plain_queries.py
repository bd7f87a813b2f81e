"""Questions of analysts beside those of the cookbook; and of each, and of the cookbook's, the plain
way: over the tables that hold articles, decisions and flags, with nothing counted before."""

from __future__ import annotations

USUAL = {
    "words_of_last_week": """
        select article.seen_at, article.outlet, article.title
        from analyst.article_search
        join analyst.article using (article_id)
        where words @@ phraseto_tsquery('simple', analyst.searchable('vaccine'))
          and article.seen_at >= analyst.newest_at() - interval '7 days'
        order by article.seen_at desc limit 100
    """,
    "stories_of_a_topic_today": """
        select story.headline, story.outlets, story.articles, story.first_seen_at
        from analyst.story
        where story_id in (
            select story_id from analyst.flag
            where topic = 'witkoff'
              and seen_at >= analyst.newest_at() - interval '24 hours')
        order by outlets desc, story_id
    """,
    "biggest_stories_today": """
        select * from analyst.story
        where last_seen_at >= analyst.newest_at() - interval '24 hours'
        order by outlets desc, story_id limit 20
    """,
    "topics_last_week": """
        select day, topic, flagged, originals from analyst.topic_day
        where day >= analyst.newest_at()::date - 7 order by day, topic
    """,
    "share_by_country": """
        select country, topic, flagged::double precision / originals as share
        from (
            select country, topic, count(*) as flagged from analyst.flag group by 1, 2
        ) as flagged
        join (
            select country, sum(originals) as originals from analyst.outlet_day group by 1
        ) as total using (country)
        order by topic, share desc
    """,
    "new_since_i_looked": """
        select article_id, outlet, title from analyst.article
        where loaded_at > analyst.newest_at() - interval '1 day'
        order by publication, article_id limit 1000
    """,
    "one_outlet": "select * from analyst.outlet where outlet = 'Outlet 3'",
    "all_outlets": "select * from analyst.outlet order by originals desc",
    "outlet_last_week": """
        select seen_at, title, is_original from analyst.article
        where outlet = 'Outlet 3'
          and seen_at >= analyst.newest_at() - interval '7 days'
        order by seen_at desc
    """,
    "sentences_with_a_word": """
        select topic, sentence from analyst.mention where sentence ilike '%officials%'
    """,
    "flags_of_a_topic_since": """
        select seen_at, outlet, title, evidence from analyst.flag
        where topic = 'ukraine-talks'
          and seen_at >= analyst.newest_at() - interval '30 days'
        order by seen_at
    """,
    "two_topics_in_a_story": """
        select count(distinct story_id) from analyst.flag as one
        join analyst.flag as other using (story_id)
        where one.topic = 'witkoff' and other.topic = 'ukraine-talks'
    """,
    "coverage_of_a_topic": """
        select country, count(*) as articles, count(*) filter (where not is_flagged) as copies
        from analyst.coverage where topic = 'witkoff'
          and seen_at >= analyst.newest_at() - interval '30 days'
        group by country order by articles desc
    """,
    "timeline_of_a_story": """
        select seen_at, outlet, role, title from analyst.story_article
        where story_id = (
            select story_id from analyst.story
            where last_seen_at >= analyst.newest_at() - interval '24 hours'
            order by outlets desc, story_id limit 1)
        order by decision_order
    """,
}

_ARTICLE = "news.article join news.decision using (article_id)"
_FLAGGED = "news.flag join news.article using (article_id) join news.decision using (article_id)"
_NOW = f"(select max(first_seen_at) from {_ARTICLE} where loaded_at is not null)"
_STORIES = f"""
    select story_id, min(title) as headline, min(first_seen_at) as first_seen_at,
           max(first_seen_at) as last_seen_at, count(*) as articles,
           count(distinct outlet) as outlets,
           array_agg(distinct outlet order by outlet) as outlet_names
    from {_ARTICLE} where loaded_at is not null group by story_id
"""
_ORIGINALS = f"""
    select (first_seen_at at time zone 'UTC')::date as day, count(*) as originals
    from {_ARTICLE} where loaded_at is not null and kind is null group by 1
"""
_HITS = f"""
    select (first_seen_at at time zone 'UTC')::date as day, topic, count(*) as flagged
    from {_FLAGGED} where superseded_at is null group by 1, 2
"""
_OUTLETS = f"""
    select outlet, country, count(*) as articles, count(*) filter (where kind is null) as originals,
           min(first_seen_at) as first_seen_at, max(first_seen_at) as last_seen_at,
           array_agg(distinct language order by language) as languages
    from {_ARTICLE} where loaded_at is not null
"""
PLAIN = {
    "biggest_stories": f"""
        select topic, story.* from ({_STORIES}) as story
        join (
            select distinct topic, story_id from {_FLAGGED} where superseded_at is null
        ) as flagged using (story_id)
        order by outlets desc, articles desc, story_id, topic limit 20
    """,
    "flagged_today": f"""
        select topic, score, salience, outlet, title, canonical_url from {_FLAGGED}
        where superseded_at is null and first_seen_at >= {_NOW} - interval '24 hours'
        order by topic, score desc, first_seen_at
    """,
    "quotes": """
        select first_seen_at, outlet, sentence from news.mention join news.flag using (flag_id)
        join news.article using (article_id)
        where topic = 'witkoff' order by first_seen_at desc limit 200
    """,
    "reprints_of_seeds": """
        select name, article.outlet, title, kind from news.decision
        join news.article using (article_id) join news.seed on seed_id = duplicate_of_seed
        order by name, first_seen_at
    """,
    "topic_over_time": f"""
        select day, topic, flagged, originals from ({_ORIGINALS}) as total join ({_HITS}) as hit
            using (day) order by day, topic
    """,
    "what_developed": f"""
        select story.headline, first_seen_at, outlet, new_sentences[1] from {_ARTICLE}
        join (select story_id, min(title) as headline, max(first_seen_at) as last_seen_at
              from {_ARTICLE} group by story_id) as story using (story_id)
        where role = 'development' and first_seen_at >= {_NOW} - interval '7 days'
        order by story.last_seen_at desc, story_id, first_seen_at
    """,
    "what_was_rewritten": f"""
        select outlet, article_version.title, article.title, replaced_at from news.article_version
        join news.article using (article_id) where replaced_at >= {_NOW} - interval '7 days'
        order by replaced_at
    """,
    "who_copied_whom": f"""
        select original.outlet, article.outlet as copied_by, count(*) as copies,
               percentile_cont(0.5) within group (order by extract(
                   epoch from article.first_seen_at - original.first_seen_at) / 60)
        from {_ARTICLE} join news.article as original on original.article_id = duplicate_of_article
        where article.first_seen_at >= {_NOW} - interval '7 days'
        group by 1, 2 order by copies desc, 1, 2
    """,
    "who_is_first": f"""
        select topic, outlet, count(*) from (
            select distinct on (topic, story_id) topic, story_id, outlet
            from {_FLAGGED} where superseded_at is null
            order by topic, story_id, first_seen_at, article_id) as first_report
        group by topic, outlet order by topic, count(*) desc, outlet
    """,
    "words_of_last_week": f"""
        select first_seen_at, outlet, title from news.article
        where to_tsvector('simple', text) @@ to_tsquery('simple', 'vaccine')
          and first_seen_at >= {_NOW} - interval '7 days' order by first_seen_at desc limit 100
    """,
    "stories_of_a_topic_today": f"""
        select * from ({_STORIES}) as story where story_id in (
            select story_id from {_FLAGGED} where topic = 'witkoff'
              and first_seen_at >= {_NOW} - interval '24 hours')
        order by outlets desc, story_id
    """,
    "biggest_stories_today": f"""
        select * from ({_STORIES}) as story where last_seen_at >= {_NOW} - interval '24 hours'
        order by outlets desc, story_id limit 20
    """,
    "topics_last_week": f"""
        select day, topic, flagged, originals from ({_ORIGINALS}) as total join ({_HITS}) as hit
            using (day) where day >= {_NOW}::date - 7 order by day, topic
    """,
    "share_by_country": f"""
        select country, topic, flagged::double precision / originals
        from (select country, topic, count(*) as flagged from {_FLAGGED} group by 1, 2) as flagged
        join (select country, count(*) as originals from {_ARTICLE} where kind is null group by 1)
            as total using (country) order by topic, 3 desc
    """,
    "new_since_i_looked": f"""
        select article_id, outlet, title from {_ARTICLE}
        where loaded_at > {_NOW} - interval '1 day'
        order by publication, article_id limit 1000
    """,
    "one_outlet": f"{_OUTLETS} and outlet = 'Outlet 3' group by outlet, country",
    "all_outlets": f"{_OUTLETS} group by outlet, country order by originals desc",
    "outlet_last_week": f"""
        select first_seen_at, title, kind from {_ARTICLE}
        where outlet = 'Outlet 3' and first_seen_at >= {_NOW} - interval '7 days'
        order by first_seen_at desc
    """,
    "sentences_with_a_word": """
        select topic, sentence from news.mention join news.flag using (flag_id)
        where sentence ilike '%officials%'
    """,
    "flags_of_a_topic_since": f"""
        select first_seen_at, outlet, title from {_FLAGGED}
        where topic = 'ukraine-talks' and first_seen_at >= {_NOW} - interval '30 days'
        order by first_seen_at
    """,
    "two_topics_in_a_story": f"""
        select count(distinct one.story_id)
        from (select story_id from {_FLAGGED} where topic = 'witkoff') as one
        join (select story_id from {_FLAGGED} where topic = 'ukraine-talks') as other
            using (story_id)
    """,
    "coverage_of_a_topic": f"""
        select country, count(*) from {_ARTICLE}
        join news.flag on flag.article_id = coalesce(duplicate_of_article, article.article_id)
        where topic = 'witkoff' and first_seen_at >= {_NOW} - interval '30 days'
        group by country order by 2 desc
    """,
    "timeline_of_a_story": f"""
        select first_seen_at, outlet, role, title from {_ARTICLE}
        where story_id = (select story_id from ({_STORIES}) as story
            where last_seen_at >= {_NOW} - interval '24 hours'
            order by outlets desc, story_id limit 1)
        order by first_seen_at
    """,
}
