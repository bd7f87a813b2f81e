-- What is polled, what came of it, and what the next poll must know.

create domain news.feed_kind as text
    check (value in (
        'news', 'wire', 'newspaper', 'broadcaster', 'magazine', 'government', 'think-tank', 'aggregator', 'blog'
    ));
comment on domain news.feed_kind is 'What kind of outlet publishes a feed. Each value has its sentence in analyst.code.';

create domain news.feed_origin as text
    check (value in ('watchlist', 'import'));
comment on domain news.feed_origin is 'Where a feed comes from. Each value has its sentence in analyst.code.';

create domain news.feed_disabled_by as text
    check (value in ('hand', 'watchlist'));
comment on domain news.feed_disabled_by is 'Who disabled a feed. Each value has its sentence in analyst.code.';

create domain news.feed_state as text
    check (value in ('active', 'backing-off', 'throttled', 'gone', 'moved', 'broken'));
comment on domain news.feed_state is 'How a feed fares. Each value has its sentence in analyst.code.';

create domain news.fetch_outcome as text
    check (value in (
        'ok', 'not-modified', 'http-error', 'refused', 'robots', 'timeout', 'unreachable',
        'too-large', 'bad-redirect', 'protocol'
    ));
comment on domain news.fetch_outcome is 'What came of one request. Each value has its sentence in analyst.code.';

create domain news.poll_outcome as text
    check (value in (
        'ok', 'not-modified', 'http-error', 'refused', 'robots', 'timeout', 'unreachable',
        'too-large', 'bad-redirect', 'protocol', 'unchanged', 'parse-failure'
    ));
comment on domain news.poll_outcome is 'What came of one poll: that of its request, or of reading its document. Each value has its sentence in analyst.code.';

create table news.feed (
    feed_id          bigint generated always as identity primary key,
    url              text not null unique,
    outlet           text not null,
    country          text,
    language         text,
    kind             news.feed_kind not null default 'news',
    urgent           boolean not null default false,
    ports            int[] not null default '{}',
    origin           news.feed_origin not null default 'watchlist',
    enabled          boolean not null default true,
    disabled_by      news.feed_disabled_by,
    host             text not null,
    shard_key        int not null,
    state            news.feed_state not null default 'active',
    state_since      timestamptz not null,
    state_reason     text,
    fetch_url        text not null,
    etag             text,
    last_modified    text,
    body_hash        bytea,
    item_hashes      bytea not null default '',
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
    last_outcome     news.poll_outcome,
    last_status      int,
    last_body_at     timestamptz,
    last_success_at  timestamptz,
    first_entry_at   timestamptz,
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
comment on column news.feed.kind is 'What kind of outlet it is.';
comment on column news.feed.urgent is 'Polled at every cycle, whatever its own pace.';
comment on column news.feed.ports is 'Ports that it and its pages may use beside 80 and 443.';
comment on column news.feed.origin is 'watchlist (it follows feeds.yaml) or import (it stays until it is disabled by hand).';
comment on column news.feed.enabled is 'False: kept but not polled.';
comment on column news.feed.disabled_by is 'hand, or watchlist (it no longer stands there); null while enabled.';
comment on column news.feed.host is 'The host of fetch_url, in lower case.';
comment on column news.feed.shard_key is 'A stable hash of the host, not negative; the shard is this modulo the number of shards.';
comment on column news.feed.state is 'How it fares.';
comment on column news.feed.state_since is 'When it came into this state.';
comment on column news.feed.state_reason is 'Why, as a sentence; null while active.';
comment on column news.feed.fetch_url is 'The address that is requested: url, or where a lasting redirect leads.';
comment on column news.feed.etag is 'Validator of the last answer, opaque.';
comment on column news.feed.last_modified is 'Validator of the last answer, opaque.';
comment on column news.feed.body_hash is 'Hash of the last body: an unchanged one is not parsed again.';
comment on column news.feed.item_hashes is 'Hashes of the items of the last document, 8 bytes each: those are not parsed again. Empty where an item is not identified by its guid.';
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
comment on column news.feed.last_outcome is 'What came of that.';
comment on column news.feed.last_status is 'Its HTTP status; null if there was no answer.';
comment on column news.feed.last_body_at is 'When it last sent a document: now and then one is asked for without validators.';
comment on column news.feed.last_success_at is 'When it last answered with a feed, or with 304.';
comment on column news.feed.first_entry_at is 'When the oldest entry of its first document was published: a page that claims to be older than all of its outlet''s feeds is not believed.';
comment on column news.feed.last_entry_at is 'When it last brought a new entry.';
comment on column news.feed.entries_per_day is 'How many new entries a day it brings, smoothed.';
comment on column news.feed.created_at is 'When it came into the watchlist.';
create index feed_due on news.feed (next_poll_at) where enabled;
create index feed_throttled on news.feed (host, next_poll_at) where state = 'throttled';
create index feed_by_outlet on news.feed (outlet, first_entry_at);

create table news.feed_fetch (
    feed_fetch_id bigint generated always as identity primary key,
    feed_id       bigint not null references news.feed on delete cascade,
    run_id        bigint references news.run on delete set null,
    fetched_at    timestamptz not null,
    outcome       news.poll_outcome not null,
    status        int,
    detail        text not null default '',
    final_url     text not null,
    bytes         int not null,
    elapsed_ms    int not null,
    entries_seen  int not null default 0,
    entries_new   int not null default 0
);
comment on table news.feed_fetch is 'The log of polls, kept for NEWSWATCH_KEEP_FETCHES_DAYS.';
comment on column news.feed_fetch.feed_fetch_id is 'Identity.';
comment on column news.feed_fetch.feed_id is 'The feed.';
comment on column news.feed_fetch.run_id is 'The cycle.';
comment on column news.feed_fetch.fetched_at is 'When, by the clock of the decisions.';
comment on column news.feed_fetch.outcome is 'ok, not-modified, unchanged (same body), parse-failure, or why it failed.';
comment on column news.feed_fetch.status is 'HTTP status; null if there was no answer.';
comment on column news.feed_fetch.detail is 'What went wrong, as a sentence; empty if nothing.';
comment on column news.feed_fetch.final_url is 'Where redirects led.';
comment on column news.feed_fetch.bytes is 'Size of the decompressed body.';
comment on column news.feed_fetch.elapsed_ms is 'How long the request took.';
comment on column news.feed_fetch.entries_seen is 'Entries in the document.';
comment on column news.feed_fetch.entries_new is 'Entries stored from it for the first time.';
create index feed_fetch_by_feed on news.feed_fetch (feed_id, fetched_at desc);
create index feed_fetch_by_time on news.feed_fetch (fetched_at);
create index feed_fetch_by_run on news.feed_fetch (run_id);

create table news.robots (
    site          text primary key,
    rules         text not null,
    checked_at    timestamptz not null,
    etag          text,
    last_modified text
);
comment on table news.robots is 'Each site''s robots.txt, as it was last read.';
comment on column news.robots.site is 'Scheme, host and, if it is not the usual one, port.';
comment on column news.robots.rules is 'The file; empty where the site has none.';
comment on column news.robots.checked_at is 'When it was last asked for; after a day it is asked for again.';
comment on column news.robots.etag is 'Validator of the last answer, opaque.';
comment on column news.robots.last_modified is 'Validator of the last answer, opaque.';

create table news.outage (
    outage_id    bigint generated always as identity primary key,
    shard        int not null,
    began_at     timestamptz not null,
    ended_at     timestamptz,
    hosts_polled int not null,
    hosts_failed int not null,
    alerted_at   timestamptz
);
comment on table news.outage is 'Times in which most hosts of a shard could not be reached: it was we who were offline.';
comment on column news.outage.outage_id is 'Identity.';
comment on column news.outage.shard is 'The shard of hosts that saw it.';
comment on column news.outage.began_at is 'The first poll that saw it.';
comment on column news.outage.ended_at is 'The first poll that reached most hosts again; null while it lasts.';
comment on column news.outage.hosts_polled is 'How many hosts that first poll asked.';
comment on column news.outage.hosts_failed is 'How many of them could not be reached.';
comment on column news.outage.alerted_at is 'When a person was told; null if that was not needed, or failed.';
create unique index outage_open on news.outage (shard) where ended_at is null;
