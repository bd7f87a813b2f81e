create table news.feed (
    feed_id          bigint generated always as identity primary key,
    url              text not null unique,
    outlet           text not null,
    country          text,
    language         text,
    kind             text not null default 'news',
    urgent           boolean not null default false,
    origin           text not null default 'watchlist' check (origin in ('watchlist', 'import')),
    enabled          boolean not null default true,
    disabled_by      text check (disabled_by in ('hand', 'watchlist')),
    host             text not null,
    shard_key        int not null,
    state            text not null default 'active'
        check (state in ('active', 'backing-off', 'throttled', 'gone', 'moved', 'broken')),
    state_since      timestamptz not null,
    state_reason     text,
    fetch_url        text not null,
    etag             text,
    last_modified    text,
    body_hash        bytea,
    next_poll_at     timestamptz not null,
    next_poll_reason text not null default 'new feed',
    ttl_seconds      int,
    skip_hours       smallint[] not null default '{}',
    skip_days        smallint[] not null default '{}',
    problem          text,
    failures         int not null default 0,
    redirect_hops    int not null default 0,
    redirect_target  text,
    redirect_since   timestamptz,
    last_polled_at   timestamptz,
    last_outcome     text,
    last_status      int,
    last_body_at     timestamptz,
    last_success_at  timestamptz,
    last_entry_at    timestamptz,
    entries_per_day  real,
    created_at       timestamptz not null,
    check (enabled = (disabled_by is null))
);
comment on table news.feed is 'A polled URL and what the next poll must know.';
comment on column news.feed.feed_id is 'Identity.';
comment on column news.feed.url is 'The address as the watchlist gives it: its identity there.';
comment on column news.feed.outlet is 'Who publishes it.';
comment on column news.feed.country is 'ISO 3166-1 alpha-2 code of the outlet''s country.';
comment on column news.feed.language is 'BCP 47 tag of the language the outlet mostly writes in.';
comment on column news.feed.kind is 'wire, newspaper, broadcaster, magazine, government, aggregator ...';
comment on column news.feed.urgent is 'Polled at every cycle, whatever its own pace.';
comment on column news.feed.origin is 'watchlist (it follows feeds.yaml) or import (it stays until it is disabled by hand).';
comment on column news.feed.enabled is 'False: kept but not polled.';
comment on column news.feed.disabled_by is 'hand, or watchlist (it no longer stands there); null while enabled.';
comment on column news.feed.host is 'The host of fetch_url, in lower case.';
comment on column news.feed.shard_key is 'A stable hash of the host, not negative; the shard is this modulo the number of shards.';
comment on column news.feed.state is 'active, backing-off, throttled, gone, moved or broken.';
comment on column news.feed.state_since is 'When it came into this state.';
comment on column news.feed.state_reason is 'Why, as a sentence; null while active.';
comment on column news.feed.fetch_url is 'The address that is requested: url, or where a lasting redirect leads.';
comment on column news.feed.etag is 'Validator of the last answer, opaque.';
comment on column news.feed.last_modified is 'Validator of the last answer, opaque.';
comment on column news.feed.body_hash is 'Hash of the last body: an unchanged one is not parsed again.';
comment on column news.feed.next_poll_at is 'Not polled before this.';
comment on column news.feed.next_poll_reason is 'Why then.';
comment on column news.feed.ttl_seconds is 'What the feed itself asks for between two polls (ttl, or the syndication module).';
comment on column news.feed.skip_hours is 'UTC hours in which it says it brings nothing.';
comment on column news.feed.skip_days is 'Days on which it says it brings nothing; Monday is 0.';
comment on column news.feed.problem is 'What was wrong with the last document, although it could be read.';
comment on column news.feed.failures is 'Failed polls in a row.';
comment on column news.feed.redirect_hops is 'Polls in a row that were redirected for good to redirect_target.';
comment on column news.feed.redirect_target is 'Where permanent redirects lead, until it is believed.';
comment on column news.feed.redirect_since is 'When the first of those redirects was seen.';
comment on column news.feed.last_polled_at is 'When it was last requested.';
comment on column news.feed.last_outcome is 'What came of that: see news.feed_fetch.outcome.';
comment on column news.feed.last_status is 'Its HTTP status; null if there was no answer.';
comment on column news.feed.last_body_at is 'When it last sent a document: now and then one is asked for without validators.';
comment on column news.feed.last_success_at is 'When it last answered with a feed, or with 304.';
comment on column news.feed.last_entry_at is 'When it last brought a new entry.';
comment on column news.feed.entries_per_day is 'How many new entries a day it brings, smoothed.';
comment on column news.feed.created_at is 'When it came into the watchlist.';
create index feed_due on news.feed (next_poll_at) where enabled;
create index feed_throttled on news.feed (host, next_poll_at) where state = 'throttled';

create table news.feed_fetch (
    feed_fetch_id  bigint generated always as identity primary key,
    feed_id        bigint not null references news.feed on delete cascade,
    run_id         bigint references news.run on delete set null,
    fetched_at     timestamptz not null,
    outcome        text not null,
    status         int,
    detail         text not null default '',
    final_url      text not null,
    bytes          int not null,
    elapsed_ms     int not null,
    entries_seen   int not null default 0,
    entries_new    int not null default 0
);
comment on table news.feed_fetch is 'The log of polls, kept for NEWSWATCH_KEEP_FETCHES_DAYS.';
comment on column news.feed_fetch.feed_fetch_id is 'Identity.';
comment on column news.feed_fetch.feed_id is 'The feed.';
comment on column news.feed_fetch.run_id is 'The cycle.';
comment on column news.feed_fetch.fetched_at is 'When, by the clock of the decisions.';
comment on column news.feed_fetch.outcome is 'ok, not-modified, unchanged (same body), parse-failure, or why it failed: see models.FetchOutcome.';
comment on column news.feed_fetch.status is 'HTTP status; null if there was no answer.';
comment on column news.feed_fetch.detail is 'What went wrong, as a sentence; empty if nothing.';
comment on column news.feed_fetch.final_url is 'Where redirects led.';
comment on column news.feed_fetch.bytes is 'Size of the decompressed body.';
comment on column news.feed_fetch.elapsed_ms is 'How long the request took.';
comment on column news.feed_fetch.entries_seen is 'Entries in the document.';
comment on column news.feed_fetch.entries_new is 'Entries stored from it for the first time.';
create index feed_fetch_by_feed on news.feed_fetch (feed_id, fetched_at desc);
create index feed_fetch_by_time on news.feed_fetch (fetched_at);

create table news.article (
    article_id      bigint generated always as identity primary key,
    canonical_url   text not null unique,
    host            text not null,
    outlet          text not null,
    country         text,
    title           text not null,
    text            text not null,
    summary         text,
    language        text,
    authors         text[] not null default '{}',
    published_at    timestamptz,
    body_source     text not null
        check (body_source in ('page', 'json-ld', 'feed-content', 'feed-summary', 'headline')),
    page_kind       text not null,
    no_page_reason  text,
    word_count      int not null,
    first_seen_at   timestamptz not null,
    extracted_at    timestamptz not null,
    deduplicated_at timestamptz,
    flagged_at      timestamptz,
    loaded_at       timestamptz,
    run_id          bigint references news.run on delete set null
);
comment on table news.article is 'The extracted text at a canonical URL.';
comment on column news.article.article_id is 'Identity, in the order of ingestion.';
comment on column news.article.canonical_url is 'Normalised identity of the page.';
comment on column news.article.host is 'Host of the canonical URL.';
comment on column news.article.outlet is 'Who published it: the outlet of the feed that announced it first.';
comment on column news.article.country is 'ISO 3166-1 alpha-2 code of the outlet''s country.';
comment on column news.article.title is 'Headline, plain text.';
comment on column news.article.text is 'Body, plain text, paragraphs separated by newlines; the summary or nothing if there is no body.';
comment on column news.article.summary is 'The outlet''s own summary or description.';
comment on column news.article.language is 'BCP 47 tag, from the text.';
comment on column news.article.authors is 'Names of people or agencies.';
comment on column news.article.published_at is 'When the outlet says it was published.';
comment on column news.article.body_source is 'Where the body comes from: page, json-ld, feed-content, feed-summary or headline.';
comment on column news.article.page_kind is 'What its page turned out to be: see models.PageKind.';
comment on column news.article.no_page_reason is 'Why the body is not from the page; null if it is.';
comment on column news.article.word_count is 'Words in the body.';
comment on column news.article.first_seen_at is 'When a feed first announced it to us.';
comment on column news.article.extracted_at is 'When its body was extracted.';
comment on column news.article.deduplicated_at is 'When it was decided whether it is a copy; null while it waits.';
comment on column news.article.flagged_at is 'When topics were looked for; null while it waits.';
comment on column news.article.loaded_at is 'When it was published to the analyst views; null while it waits.';
comment on column news.article.run_id is 'The cycle that published it.';
create index article_to_deduplicate on news.article (article_id) where deduplicated_at is null;
create index article_to_flag on news.article (article_id)
    where deduplicated_at is not null and flagged_at is null;
create index article_to_load on news.article (article_id)
    where flagged_at is not null and loaded_at is null;
create index article_by_time on news.article (first_seen_at);

create table news.entry (
    entry_id        bigint generated always as identity primary key,
    feed_id         bigint not null references news.feed on delete cascade,
    entry_key       text not null,
    guid            text,
    url             text,
    link            text,
    host            text not null,
    shard_key       int not null,
    title           text not null,
    summary         text not null,
    content_html    text,
    authors         text[] not null default '{}',
    language        text,
    published_at    timestamptz,
    published_raw   text,
    content_hash    bytea not null,
    first_seen_at   timestamptz not null,
    status          text not null default 'pending'
        check (status in ('pending', 'extracted', 'same-url', 'parked')),
    attempts        int not null default 0,
    next_attempt_at timestamptz not null,
    reason          text,
    article_id      bigint references news.article,
    unique (feed_id, entry_key)
);
comment on table news.entry is 'An item as its feed published it, stored once whatever the feed re-sends.';
comment on column news.entry.entry_id is 'Identity.';
comment on column news.entry.feed_id is 'The feed that announced it.';
comment on column news.entry.entry_key is 'Its identity within the feed: guid, else link, else a hash of title and content.';
comment on column news.entry.guid is 'As published.';
comment on column news.entry.url is 'Canonical form of the link.';
comment on column news.entry.link is 'As published.';
comment on column news.entry.host is 'Host of the link, or of the feed if it has none: what politeness counts by.';
comment on column news.entry.shard_key is 'A stable hash of the host, not negative.';
comment on column news.entry.title is 'Headline, plain text.';
comment on column news.entry.summary is 'Plain text.';
comment on column news.entry.content_html is 'The body, where the feed carries it; sanitised HTML.';
comment on column news.entry.authors is 'As the feed names them.';
comment on column news.entry.language is 'As the feed claims it.';
comment on column news.entry.published_at is 'Clamped to not later than first_seen_at.';
comment on column news.entry.published_raw is 'The date as the feed wrote it.';
comment on column news.entry.content_hash is 'Hash of title, summary and content; tells a correction from a re-stamped date.';
comment on column news.entry.first_seen_at is 'When it was first polled.';
comment on column news.entry.status is 'pending; extracted (its article was made from it); same-url (the article was there already); parked (given up until maintain retries it).';
comment on column news.entry.attempts is 'How often extraction was begun.';
comment on column news.entry.next_attempt_at is 'Not tried before this.';
comment on column news.entry.reason is 'Why it waits or is parked, or why the page was not used.';
comment on column news.entry.article_id is 'The article at its canonical URL.';
create index entry_pending on news.entry (next_attempt_at) where status = 'pending';
create index entry_by_article on news.entry (article_id);
create index entry_by_url on news.entry (url);

create table news.entry_version (
    entry_id     bigint not null references news.entry on delete cascade,
    content_hash bytea not null,
    title        text not null,
    summary      text not null,
    content_html text,
    replaced_at  timestamptz not null,
    primary key (entry_id, content_hash)
);
comment on table news.entry_version is 'Each earlier wording of an entry that its outlet corrected; news.entry holds the newest.';
comment on column news.entry_version.entry_id is 'The entry.';
comment on column news.entry_version.content_hash is 'Hash of title, summary and content: a wording is kept once, however often a feed goes back to it.';
comment on column news.entry_version.title is 'Headline, plain text.';
comment on column news.entry_version.summary is 'Plain text.';
comment on column news.entry_version.content_html is 'The body, where the feed carried it; sanitised HTML.';
comment on column news.entry_version.replaced_at is 'When another wording was first polled.';

create table news.page (
    page_id    bigint generated always as identity primary key,
    entry_id   bigint not null references news.entry on delete cascade,
    run_id     bigint references news.run on delete set null,
    fetched_at timestamptz not null,
    url        text not null,
    final_url  text not null,
    outcome    text not null,
    status     int,
    kind       text,
    detail     text not null default '',
    bytes      int not null,
    elapsed_ms int not null,
    body       bytea
);
comment on table news.page is 'Each fetch of an article''s page; the raw body is kept for NEWSWATCH_KEEP_PAGES_DAYS.';
comment on column news.page.page_id is 'Identity.';
comment on column news.page.entry_id is 'The entry it was fetched for.';
comment on column news.page.run_id is 'The cycle.';
comment on column news.page.fetched_at is 'When, by the clock of the decisions.';
comment on column news.page.url is 'The address requested.';
comment on column news.page.final_url is 'Where redirects led.';
comment on column news.page.outcome is 'See models.FetchOutcome.';
comment on column news.page.status is 'HTTP status; null if there was no answer.';
comment on column news.page.kind is 'What the page turned out to be: see models.PageKind; null if there is no page.';
comment on column news.page.detail is 'What went wrong, as a sentence; empty if nothing.';
comment on column news.page.bytes is 'Size of the decompressed body.';
comment on column news.page.elapsed_ms is 'How long the request took.';
comment on column news.page.body is 'The page as fetched; null once it is too old, or if there is none.';
create index page_by_entry on news.page (entry_id);
create index page_by_time on news.page (fetched_at);
