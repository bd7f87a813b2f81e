-- The extracted texts: the wording in force, the one that waits, the earlier ones; and the lines
-- that hosts put around them.

create domain news.body_source as text
    check (value in ('page', 'json-ld', 'feed-content', 'feed-summary', 'headline'));
comment on domain news.body_source is 'Where the body of an article comes from. Each value has its sentence in analyst.code.';

create domain news.page_kind as text
    check (value in (
        'article', 'live-blog', 'video', 'gallery', 'index', 'consent-wall', 'paywall',
        'challenge', 'soft-404', 'not-html', 'not-extracted', 'empty'
    ));
comment on domain news.page_kind is 'What a page turned out to be. Each value has its sentence in analyst.code.';

create domain news.extraction_method as text
    check (value in ('rules', 'comparison', 'json-ld', 'live-posts', 'feed'));
comment on domain news.extraction_method is 'How the body of an article was found. Each value has its sentence in analyst.code.';

create table news.article (
    article_id            bigint generated always as identity primary key,
    canonical_url         text not null unique,
    host                  text not null,
    outlet                text not null,
    country               text,
    title                 text not null,
    subtitle              text,
    text                  text not null,
    summary               text,
    language              text,
    claimed_language      text,
    word_count            int not null,
    authors               text[] not null default '{}',
    organisations         text[] not null default '{}',
    agency                text,
    dateline              text,
    published_at          timestamptz,
    modified_at           timestamptz,
    site_name             text,
    section               text,
    keywords              text[] not null default '{}',
    lead_image            text,
    paywalled             boolean,
    body_source           news.body_source not null,
    page_kind             news.page_kind not null,
    no_page_reason        text,
    extraction_method     news.extraction_method,
    extraction_confidence real check (extraction_confidence between 0 and 1),
    boilerplate           text[] not null default '{}',
    fact_sources          jsonb not null default '{}',
    first_seen_at         timestamptz not null,
    extracted_at          timestamptz not null,
    revisit_at            timestamptz,
    deduplicated_at       timestamptz,
    flagged_at            timestamptz,
    loaded_at             timestamptz,
    revised_at            timestamptz,
    run_id                bigint references news.run on delete set null
);
comment on table news.article is 'The extracted text at a canonical URL.';
comment on column news.article.article_id is 'Identity, in the order of ingestion.';
comment on column news.article.canonical_url is 'Normalised identity of the page.';
comment on column news.article.host is 'Host of the canonical URL.';
comment on column news.article.outlet is 'Who published it: the outlet of the feed that announced it first.';
comment on column news.article.country is 'ISO 3166-1 alpha-2 code of the outlet''s country.';
comment on column news.article.title is 'Headline, plain text.';
comment on column news.article.subtitle is 'The line below the headline.';
comment on column news.article.text is 'Body, plain text, paragraphs separated by newlines; the summary or nothing if there is no body.';
comment on column news.article.summary is 'The outlet''s own summary or description.';
comment on column news.article.language is 'BCP 47 tag, from the text.';
comment on column news.article.claimed_language is 'The language that the page or feed claims, as written there.';
comment on column news.article.word_count is 'Words in the body.';
comment on column news.article.authors is 'People who sign it.';
comment on column news.article.organisations is 'Who signs it and is no person: agencies, desks, the outlet.';
comment on column news.article.agency is 'The news agency whose report it is, by byline or dateline.';
comment on column news.article.dateline is 'The place that the body begins with, as agencies write it.';
comment on column news.article.published_at is 'When the outlet says it was published.';
comment on column news.article.modified_at is 'When the outlet says it was last changed.';
comment on column news.article.site_name is 'The site''s name, as the page has it.';
comment on column news.article.section is 'The outlet''s section.';
comment on column news.article.keywords is 'The outlet''s own keywords.';
comment on column news.article.lead_image is 'URL of the picture that stands for the article.';
comment on column news.article.paywalled is 'Whether the page says that it is not free to read; null if it does not say.';
comment on column news.article.body_source is 'Where the body comes from.';
comment on column news.article.page_kind is 'What its page turned out to be.';
comment on column news.article.no_page_reason is 'Why the body is not from the page; null if it is.';
comment on column news.article.extraction_method is 'How the body was found; null if the text was given.';
comment on column news.article.extraction_confidence is 'How well the body agrees with what else the page says of it, 0 to 1; null if the text was given.';
comment on column news.article.boilerplate is 'Lines taken off the edges of the text, since they stand on many pages of the host.';
comment on column news.article.fact_sources is 'Fact to where it was read: json-ld, opengraph, meta, h1, title, byline, time, htmldate, standfirst or feed.';
comment on column news.article.first_seen_at is 'When a feed first announced it to us.';
comment on column news.article.extracted_at is 'When its body was extracted.';
comment on column news.article.revisit_at is 'When its page is looked at again, since it may say more by then; null if it is not.';
comment on column news.article.deduplicated_at is 'When it was decided whether it is a copy; null while it waits.';
comment on column news.article.flagged_at is 'When topics were looked for; null while it waits.';
comment on column news.article.loaded_at is 'When it was published to the analyst views; null while it waits.';
comment on column news.article.revised_at is 'When its text was last replaced by a newer wording; null if never.';
comment on column news.article.run_id is 'The cycle that published it.';
create index article_to_deduplicate on news.article (article_id) where deduplicated_at is null;
create index article_to_flag on news.article (article_id)
    where deduplicated_at is not null and flagged_at is null;
create index article_to_load on news.article (article_id)
    where flagged_at is not null and loaded_at is null;
create index article_by_time on news.article (first_seen_at);
create index article_by_loading on news.article (loaded_at);
create index article_by_run on news.article (run_id);
create index article_to_revisit on news.article (revisit_at) where revisit_at is not null;

create table news.revision (
    article_id            bigint primary key references news.article on delete cascade,
    title                 text not null,
    text                  text not null,
    summary               text,
    language              text,
    word_count            int not null,
    modified_at           timestamptz,
    body_source           news.body_source not null,
    page_kind             news.page_kind not null,
    no_page_reason        text,
    extraction_method     news.extraction_method,
    extraction_confidence real,
    seen_at               timestamptz not null
);
comment on table news.revision is 'A newer wording of a published article, until flag puts it in force together with its flags.';
comment on column news.revision.article_id is 'The article.';
comment on column news.revision.title is 'As in news.article.';
comment on column news.revision.text is 'As in news.article.';
comment on column news.revision.summary is 'As in news.article.';
comment on column news.revision.language is 'As in news.article.';
comment on column news.revision.word_count is 'As in news.article.';
comment on column news.revision.modified_at is 'As in news.article.';
comment on column news.revision.body_source is 'As in news.article.';
comment on column news.revision.page_kind is 'As in news.article.';
comment on column news.revision.no_page_reason is 'As in news.article.';
comment on column news.revision.extraction_method is 'As in news.article.';
comment on column news.revision.extraction_confidence is 'As in news.article.';
comment on column news.revision.seen_at is 'When it was first seen.';

create table news.article_version (
    article_id          bigint not null references news.article on delete cascade,
    replaced_at         timestamptz not null,
    title               text not null,
    text                text not null,
    body_source         news.body_source not null,
    coverage            real,
    coverage_of_earlier real,
    jaccard             real,
    passages            jsonb,
    reason              text,
    algorithm_version   smallint,
    primary key (article_id, replaced_at),
    constraint measured_as_a_whole check (
        num_nulls(coverage, coverage_of_earlier, jaccard, passages, reason, algorithm_version)
        in (0, 6)
    )
);
comment on table news.article_version is 'Each earlier wording of an article; news.article holds the newest.';
comment on column news.article_version.article_id is 'The article.';
comment on column news.article_version.replaced_at is 'When the next wording came into force.';
comment on column news.article_version.title is 'Headline, plain text.';
comment on column news.article_version.text is 'Body, plain text: what the spans of flags superseded then refer to.';
comment on column news.article_version.body_source is 'Where the body came from.';
comment on column news.article_version.coverage is 'Share of the next wording''s word-4-grams that stand in this one; this and the other measures are null if it was replaced before they were taken.';
comment on column news.article_version.coverage_of_earlier is 'Share of this wording''s word-4-grams that stand in the next.';
comment on column news.article_version.jaccard is 'Shared over all word-4-grams of the two.';
comment on column news.article_version.passages is 'The longest shared passages: [start, end, start_next, end_next] in code points.';
comment on column news.article_version.reason is 'What the next wording kept of this one, as a sentence.';
comment on column news.article_version.algorithm_version is 'Version of the algorithm that measured.';

create table news.host_line (
    host      text not null,
    hash      bigint not null,
    line      text not null,
    articles  int not null,
    learnt_at timestamptz,
    primary key (host, hash)
);
comment on table news.host_line is 'Lines at the edges of a host''s articles: what stands on many pages is boilerplate.';
comment on column news.host_line.host is 'Host of the articles'' canonical URLs.';
comment on column news.host_line.hash is 'Hash of the line, case folded.';
comment on column news.host_line.line is 'The line, at most 500 characters.';
comment on column news.host_line.articles is 'How many of the host''s articles had it at an edge.';
comment on column news.host_line.learnt_at is 'From when on it is taken off the edges of articles; null while it is met too seldom.';
