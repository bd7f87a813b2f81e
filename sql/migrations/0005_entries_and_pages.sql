-- What feeds announced, and each fetch of the pages behind it.

create domain news.entry_status as text
    check (value in ('pending', 'extracted', 'same-url', 'parked'));
comment on domain news.entry_status is 'How far an entry has come. Each value has its sentence in analyst.code.';

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
    status          news.entry_status not null default 'pending',
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
comment on column news.entry.status is 'How far it has come.';
comment on column news.entry.attempts is 'How often extraction was begun.';
comment on column news.entry.next_attempt_at is 'Not tried before this.';
comment on column news.entry.reason is 'Why it waits or is parked, or why the page was not used.';
comment on column news.entry.article_id is 'The article at its canonical URL.';
create index entry_pending on news.entry (next_attempt_at) where status = 'pending';
create index entry_by_article on news.entry (article_id);
create index entry_by_url on news.entry (url);
-- Links are asked for by equality only, and some are longer than a b-tree's key may be.
create index entry_by_link on news.entry using hash (link);

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
    page_id       bigint generated always as identity primary key,
    entry_id      bigint not null references news.entry on delete cascade,
    run_id        bigint references news.run on delete set null,
    fetched_at    timestamptz not null,
    url           text not null,
    final_url     text not null,
    outcome       news.fetch_outcome not null,
    status        int,
    kind          news.page_kind,
    detail        text not null default '',
    etag          text,
    last_modified text,
    bytes         int not null,
    elapsed_ms    int not null,
    body          bytea
);
comment on table news.page is 'Each fetch of an article''s page; the raw body is kept for NEWSWATCH_KEEP_PAGES_DAYS.';
comment on column news.page.page_id is 'Identity.';
comment on column news.page.entry_id is 'The entry it was fetched for.';
comment on column news.page.run_id is 'The cycle.';
comment on column news.page.fetched_at is 'When, by the clock of the decisions.';
comment on column news.page.url is 'The address requested.';
comment on column news.page.final_url is 'Where redirects led.';
comment on column news.page.outcome is 'What came of it.';
comment on column news.page.status is 'HTTP status; null if there was no answer.';
comment on column news.page.kind is 'What the page turned out to be; null if there is no page.';
comment on column news.page.detail is 'What went wrong, as a sentence; empty if nothing.';
comment on column news.page.etag is 'Validator of the answer, opaque: sent when the page is looked at again.';
comment on column news.page.last_modified is 'Validator of the answer, opaque.';
comment on column news.page.bytes is 'Size of the decompressed body.';
comment on column news.page.elapsed_ms is 'How long the request took.';
comment on column news.page.body is 'The page as fetched; null once it is too old, or if there is none.';
create index page_by_entry on news.page (entry_id);
create index page_by_time on news.page (fetched_at);
create index page_by_run on news.page (run_id);
