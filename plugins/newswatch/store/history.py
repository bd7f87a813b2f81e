"""One article's whole life, for `newswatch why`: a function a question."""

from __future__ import annotations

import re
from typing import Any

from newswatch.models import ArticleId, StoryId
from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]
_ID = re.compile("[0-9]{1,18}")  # what fits a bigint


def find_article(connection: Connection, text: str, canonical: str | None) -> ArticleId | None:
    """The article of an id, a canonical URL, or any link or URL that led to it."""
    found: ArticleId | None = rows.first_value(
        connection,
        """
        select article_id from news.article where article_id = %(id)s
        union
        select article_id from news.article where canonical_url = any(%(urls)s)
        union
        select article_id from news.entry where article_id is not null and url = any(%(urls)s)
        union
        select article_id from news.entry where article_id is not null and link = %(text)s
        order by 1 limit 1
        """,
        {
            "id": int(text) if _ID.fullmatch(text) else None,
            "text": text,
            "urls": [text, canonical],
        },
    )
    return found


def article(connection: Connection, article_id: ArticleId) -> Row:
    return rows.objects(
        connection,
        """
        select article_id, canonical_url as url, outlet, country, language, title, authors,
               published_at, first_seen_at, extracted_at, deduplicated_at, flagged_at, loaded_at,
               body_source, page_kind, no_page_reason, word_count
        from news.article where article_id = %s
        """,
        [article_id],
    )[0]


def entries(connection: Connection, article_id: ArticleId) -> list[Row]:
    """The entries that announced the article."""
    return rows.objects(
        connection,
        """
        select entry_id, feed.url as feed, feed.outlet, entry.link, entry.guid, entry.first_seen_at,
               entry.published_raw, entry.status, entry.attempts, entry.reason
        from news.entry join news.feed using (feed_id)
        where article_id = %s order by entry_id
        """,
        [article_id],
    )


def pages(connection: Connection, article_id: ArticleId) -> list[Row]:
    """Every fetch of the article's page."""
    return rows.objects(
        connection,
        """
        select page.fetched_at, page.url, page.final_url, page.outcome, page.status, page.kind,
               page.detail, page.bytes, page.elapsed_ms
        from news.page join news.entry using (entry_id)
        where entry.article_id = %s order by page_id
        """,
        [article_id],
    )


def versions(connection: Connection, article_id: ArticleId) -> list[Row]:
    """The article's earlier wordings, with what the next wording kept of each."""
    return rows.objects(
        connection,
        """
        select replaced_at, title, text, body_source, reason, coverage, coverage_of_earlier,
               jaccard, passages, algorithm_version
        from news.article_version where article_id = %s order by replaced_at
        """,
        [article_id],
    )


def decision(connection: Connection, article_id: ArticleId) -> Row | None:
    """What the article is a copy of, and its story."""
    found = rows.objects(
        connection,
        """
        select decision.kind, decision.reason, decision.coverage, decision.coverage_of_original,
               decision.jaccard, decision.passages, decision.algorithm_version, decision.decided_at,
               original.article_id as original_id, original.canonical_url as original_url,
               original.outlet as original_outlet, seed.name as seed,
               compared.article_id as compared_id, compared.canonical_url as compared_url,
               compared.outlet as compared_outlet, compared_seed.name as compared_seed,
               story_id, story.headline as story, decision.role, decision.new_sentences
        from news.decision
        left join news.article as original on original.article_id = decision.duplicate_of_article
        left join news.seed on seed.seed_id = decision.duplicate_of_seed
        left join news.article as compared on compared.article_id = decision.compared_with_article
        left join news.seed as compared_seed on compared_seed.seed_id = decision.compared_with_seed
        left join news.story using (story_id)
        where decision.article_id = %s
        """,
        [article_id],
    )
    return found[0] if found else None


def copies(connection: Connection, article_id: ArticleId) -> list[Row]:
    """Later articles that copy the article."""
    return rows.objects(
        connection,
        """
        select article_id, outlet, canonical_url as url, kind, coverage
        from news.decision join news.article using (article_id)
        where duplicate_of_article = %s order by article_id
        """,
        [article_id],
    )


def contained(connection: Connection, article_id: ArticleId) -> list[Row]:
    """Earlier articles and seeds that stand in the article."""
    return rows.objects(
        connection,
        """
        select article.article_id, article.outlet, canonical_url as url, seed.name as seed,
               containment.coverage
        from news.containment
        join news.decision using (article_id)
        join news.fingerprint
          on fingerprint.document_id = containment.document_id
         and fingerprint.algorithm = decision.algorithm_version
        left join news.article on article.article_id = fingerprint.article_id
        left join news.seed on seed.seed_id = fingerprint.seed_id
        where containment.article_id = %s order by containment.document_id
        """,
        [article_id],
    )


def story_articles(connection: Connection, story_id: StoryId) -> list[Row]:
    """The articles of a story as it went, each with why it joined."""
    return rows.objects(
        connection,
        """
        select article_id, first_seen_at as seen_at, outlet, title, canonical_url as url,
               language, kind, role, new_sentences, story_similarity as similarity,
               story_terms as terms
        from news.decision join news.article using (article_id)
        where story_id = %s order by first_seen_at, article_id
        """,
        [story_id],
    )


def flags(connection: Connection, article_id: ArticleId) -> list[Row]:
    """The article's flags with their evidence, those of superseded definitions too."""
    return rows.objects(
        connection,
        """
        select topic, version, score, salience, rule, reason, flagged_at, superseded_at,
               coalesce((select jsonb_agg(jsonb_build_object(
                   'field', field, 'start', char_start, 'end', char_end,
                   'text', matched, 'sentence', sentence, 'part', part)
                   order by part = 'subject' desc, field = 'text' desc, mention_id)
                from news.mention where mention.flag_id = flag.flag_id), '[]') as mentions
        from news.flag where article_id = %s order by topic, flag_id
        """,
        [article_id],
    )


def editions(connection: Connection, article_id: ArticleId) -> list[Row]:
    """The editions that carried the article."""
    return rows.objects(
        connection,
        """
        select distinct subscriber, local_date, subject, state, sent_at
        from news.edition_story
        join news.edition using (edition_id)
        join news.outbox using (edition_id)
        where article_id = %s order by local_date, subscriber
        """,
        [article_id],
    )
