-- The tables of the schema news, as all migrations together make them.
-- Made by `newswatch db document`; do not edit. The views are in sql/views/.

-- What an operator did. Each value has its sentence in analyst.code.
create domain news.action_kind as text check (value in ('retry', 'disable', 'enable', 'retry-parked'));

-- Where the body of an article comes from. Each value has its sentence in analyst.code.
create domain news.body_source as text check (value in ('page', 'json-ld', 'feed-content', 'feed-summary', 'headline'));

-- What became of an edition. Each value has its sentence in analyst.code.
create domain news.delivery_state as text check (value in ('pending', 'sending', 'sent', 'deferred', 'refused', 'carried-over', 'unknown', 'skipped'));

-- How a copy is one. Each value has its sentence in analyst.code.
create domain news.duplicate_kind as text check (value in ('exact', 'near', 'contained', 'revision'));

-- How far an entry has come. Each value has its sentence in analyst.code.
create domain news.entry_status as text check (value in ('pending', 'extracted', 'same-url'));

-- How the body of an article was found. Each value has its sentence in analyst.code.
create domain news.extraction_method as text check (value in ('blocks', 'blocks-and-engine', 'engine', 'json-ld', 'page-state', 'live-posts', 'feed'));

-- Who disabled a feed. Each value has its sentence in analyst.code.
create domain news.feed_disabled_by as text check (value in ('hand', 'watchlist'));

-- By what a feed's items are told apart. Each value has its sentence in analyst.code.
create domain news.feed_identity as text check (value in ('guid', 'link', 'title'));

-- What kind of outlet publishes a feed. Each value has its sentence in analyst.code.
create domain news.feed_kind as text check (value in ('news', 'wire', 'newspaper', 'broadcaster', 'magazine', 'government', 'think-tank', 'aggregator', 'blog'));

-- Where a feed comes from. Each value has its sentence in analyst.code.
create domain news.feed_origin as text check (value in ('watchlist', 'import'));

-- How a feed fares. Each value has its sentence in analyst.code.
create domain news.feed_state as text check (value in ('active', 'backing-off', 'throttled', 'gone', 'moved', 'broken'));

-- What came of one request. Each value has its sentence in analyst.code.
create domain news.fetch_outcome as text check (value in ('ok', 'not-modified', 'http-error', 'refused', 'robots', 'timeout', 'unreachable', 'too-large', 'bad-redirect', 'protocol'));

-- What a judgement is about. Each value has its sentence in analyst.code.
create domain news.judgement_subject as text check (value in ('flag', 'story', 'copy'));

-- The field of an article that a mention stands in. Each value has its sentence in analyst.code.
create domain news.mention_field as text check (value in ('title', 'text', 'subtitle'));

-- What a mention is to its topic. Each value has its sentence in analyst.code.
create domain news.mention_part as text check (value in ('subject', 'support'));

-- What an original is to the earlier text that it shares most with: analyst.code has a sentence on each.
create domain news.original_relation as text check (value in ('update', 'template', 'contains', 'part', 'related'));

-- What a page turned out to be. Each value has its sentence in analyst.code.
create domain news.page_kind as text check (value in ('article', 'live-blog', 'video', 'gallery', 'index', 'consent-wall', 'paywall', 'challenge', 'soft-404', 'not-html', 'not-extracted', 'empty'));

-- What an item failed of. Each value has its sentence in analyst.code.
create domain news.parked_kind as text check (value in ('raised', 'refused', 'time', 'memory', 'killed', 'wrong'));

-- What came of one poll: that of its request, or of reading its document. Each value has its sentence in analyst.code.
create domain news.poll_outcome as text check (value in ('ok', 'not-modified', 'http-error', 'refused', 'robots', 'timeout', 'unreachable', 'too-large', 'bad-redirect', 'protocol', 'unchanged', 'parse-failure'));

-- What makes an edition due. Each value has its sentence in analyst.code.
create domain news.rhythm as text check (value in ('daily', 'weekly', 'alert'));

-- What is wrong with a run. Each value has its sentence in analyst.code.
create domain news.run_failure_kind as text check (value in ('failed', 'late'));

-- Where in an article a topic stands. Each value has its sentence in analyst.code.
create domain news.salience as text check (value in ('headline', 'lead', 'body', 'passing'));

-- How urgent what is wrong is. Each value has its sentence in analyst.code.
create domain news.severity as text check (value in ('notice', 'warning', 'critical'));

-- A stage of the cycle, or a job that runs beside it. Each value has its sentence in analyst.code.
create domain news.stage as text check (value in ('poll', 'extract', 'deduplicate', 'flag', 'load', 'send_digest', 'send_alerts', 'maintain', 'reflag', 'export'));

-- Why articles moved from one story to another. Each value has its sentence in analyst.code.
create domain news.story_change_kind as text check (value in ('merge', 'split', 'version'));

-- What an article is to its story. Each value has its sentence in analyst.code.
create domain news.story_role as text check (value in ('first', 'copy', 'development', 'independent'));

-- What a person says of a decision. Each value has its sentence in analyst.code.
create domain news.verdict as text check (value in ('right', 'wrong', 'missed', 'absent', 'unsure'));

-- What a date says of its zone. Each value has its sentence in analyst.code.
create domain news.zone_known as text check (value in ('given', 'none', 'unknown'));

-- What was found wrong with the running product, from when it was seen until it was over, and who was told.
create table news.alert (
    check_name    text not null, -- The check that found it: the heading of the runbook.
    subject       text not null, -- Which of many feeds, editions, components; empty: the whole.
    severity      news.severity not null, -- notice (shown to who looks), warning (a person is told), critical (a person is woken).
    what          text not null, -- What is wrong, as a sentence.
    began_at      timestamp with time zone not null, -- When it was first seen.
    seen_at       timestamp with time zone not null, -- When it was last seen.
    told          text[] not null default '{}'::text[], -- The channels that took the message, by their names.
    told_severity news.severity not null default 'notice'::text, -- How severe it was then: what becomes more severe is told again.
    ended_at      timestamp with time zone, -- When it was over; null while it lasts.
    told_over     text[] not null default '{}'::text[], -- The channels that were told that it is over.
    constraint alert_pkey PRIMARY KEY (check_name, subject, began_at)
);
CREATE INDEX alert_by_end ON news.alert USING btree (ended_at);
CREATE INDEX alert_open ON news.alert USING btree (check_name, subject) WHERE (ended_at IS NULL);

-- The version of the algorithm whose decisions are in force.
create table news.dedupe_version (
    version  smallint not null, -- Its number.
    since    timestamp with time zone not null default now(), -- When it was put in force.
    only_row boolean not null default true, -- There is one row.
    constraint dedupe_version_pkey PRIMARY KEY (only_row),
    constraint dedupe_version_only_row_check CHECK (only_row)
);

-- A polled URL and what the next poll must know.
create table news.feed (
    feed_id          bigint generated always as identity, -- Identity.
    url              text not null, -- The address as the watchlist gives it: its identity there.
    outlet           text not null, -- Who publishes it.
    country          text, -- ISO 3166-1 alpha-2 code of the outlet's country.
    language         text, -- BCP 47 tag of the language the outlet mostly writes in.
    kind             news.feed_kind not null default 'news'::text, -- What kind of outlet it is.
    urgent           boolean not null default false, -- Polled at every cycle, whatever its own pace.
    ports            integer[] not null default '{}'::integer[], -- Ports that it and its pages may use beside 80 and 443.
    origin           news.feed_origin not null default 'watchlist'::text, -- watchlist (it follows feeds.yaml) or import (it stays until it is disabled by hand).
    enabled          boolean not null default true, -- False: kept but not polled.
    disabled_by      news.feed_disabled_by, -- hand, or watchlist (it no longer stands there); null while enabled.
    host             text not null, -- The host of fetch_url, in lower case.
    shard_key        integer not null, -- A stable hash of the host, not negative; the shard is this modulo the number of shards.
    state            news.feed_state not null default 'active'::text, -- How it fares.
    state_since      timestamp with time zone not null, -- When it came into this state.
    state_reason     text, -- Why, as a sentence; null while active.
    fetch_url        text not null, -- The address that is requested: url, or where a lasting redirect leads.
    etag             text, -- Validator of the last answer, opaque.
    last_modified    text, -- Validator of the last answer, opaque.
    body_hash        bytea, -- Hash of the last body: an unchanged one is not parsed again.
    item_hashes      bytea not null default '\x'::bytea, -- Hashes of the items of the last document, 8 bytes each: those are not parsed again. Empty where an item is not identified by its guid.
    next_poll_at     timestamp with time zone not null, -- Not polled before this.
    next_poll_reason text not null default 'new feed'::text, -- Why then.
    ttl_seconds      integer, -- What the feed itself asks for between two polls (ttl, or the syndication module).
    skip_hours       smallint[] not null default '{}'::smallint[], -- UTC hours in which it says it brings nothing.
    skip_days        smallint[] not null default '{}'::smallint[], -- Days on which it says it brings nothing; Monday is 0.
    problem          text, -- What was wrong with the last document, although it could be read.
    failures         integer not null default 0, -- Failed polls in a row.
    redirect_hops    integer not null default 0, -- Polls in a row that were redirected for good to redirect_target.
    redirect_target  text, -- Where permanent redirects lead, until it is believed.
    redirect_since   timestamp with time zone, -- When the first of those redirects was seen.
    last_polled_at   timestamp with time zone, -- When it was last requested.
    last_outcome     news.poll_outcome, -- What came of that.
    last_status      integer, -- Its HTTP status; null if there was no answer.
    last_body_at     timestamp with time zone, -- When it last sent a document: now and then one is asked for without validators.
    last_success_at  timestamp with time zone, -- When it last answered with a feed, or with 304.
    first_entry_at   timestamp with time zone, -- When the oldest entry of its first document was published: a page that claims to be older than all of its outlet's feeds is not believed.
    last_entry_at    timestamp with time zone, -- When it last brought a new entry.
    entries_per_day  real, -- How many new entries a day it brings, smoothed.
    created_at       timestamp with time zone not null, -- When it came into the watchlist.
    identity         news.feed_identity, -- By what its items are told apart; null: by what the document itself shows to be their own.
    login            text, -- The name of its user and password in NEWSWATCH_FEED_LOGINS; null: it is open to all.
    cookies          text, -- Cookies that its host is sent, name=value, parted by semicolons.
    user_agent       text, -- What it and its pages are told that we are; null: what all are told.
    pages            boolean not null default true, -- False: its own texts are enough, the pages behind them are not fetched.
    constraint feed_pkey PRIMARY KEY (feed_id),
    constraint feed_url_key UNIQUE (url),
    constraint feed_check CHECK ((enabled = (disabled_by IS NULL)))
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);
CREATE INDEX feed_by_outlet ON news.feed USING btree (outlet, first_entry_at);
CREATE INDEX feed_due ON news.feed USING btree (next_poll_at) WHERE enabled;
CREATE INDEX feed_throttled ON news.feed USING btree (host, next_poll_at) WHERE ((state)::text = 'throttled'::text);

-- The log of polls, kept for NEWSWATCH_KEEP_FETCHES_DAYS by whole weeks.
create table news.feed_fetch (
    feed_fetch_id bigint generated always as identity, -- Identity.
    feed_id       bigint not null, -- The feed. A foreign key would lock all feeds whenever a partition is made.
    run_id        bigint, -- The cycle; it may be forgotten before the poll is.
    fetched_at    timestamp with time zone not null, -- When, by the clock of the decisions.
    outcome       news.poll_outcome not null, -- ok, not-modified, unchanged (same body), parse-failure, or why it failed.
    status        integer, -- HTTP status; null if there was no answer.
    detail        text not null default ''::text, -- What went wrong, as a sentence; empty if nothing.
    final_url     text not null, -- Where redirects led.
    bytes         integer not null, -- Size of the decompressed body.
    elapsed_ms    integer not null, -- How long the request took.
    entries_seen  integer not null default 0, -- Entries in the document.
    entries_new   integer not null default 0, -- Entries stored from it for the first time.
    constraint feed_fetch_pkey PRIMARY KEY (fetched_at, feed_fetch_id)
) partition by RANGE (fetched_at);
CREATE INDEX feed_fetch_by_feed ON news.feed_fetch USING btree (feed_id, fetched_at DESC);

-- Lines at the edges of a host's articles: what stands on many pages is boilerplate.
create table news.host_line (
    host      text not null, -- Host of the articles' canonical URLs.
    hash      bigint not null, -- Hash of the line, case folded.
    line      text not null, -- The line, at most 500 characters.
    articles  integer not null, -- How many of the host's articles had it at an edge.
    learnt_at timestamp with time zone, -- From when on it is taken off the edges of articles; null while it is met too seldom.
    met_on    date not null, -- The UTC day on which it was met last. One that is not boilerplate is forgotten after NEWSWATCH_KEEP_FETCHES_DAYS.
    constraint host_line_pkey PRIMARY KEY (host, hash)
);
CREATE INDEX host_line_by_time ON news.host_line USING btree (met_on) WHERE (learnt_at IS NULL);

-- Times in which most hosts of a shard could not be reached: it was we who were offline.
create table news.outage (
    outage_id    bigint generated always as identity, -- Identity.
    shard        integer not null, -- The shard of hosts that saw it.
    began_at     timestamp with time zone not null, -- The first poll that saw it.
    ended_at     timestamp with time zone, -- The first poll that reached most hosts again; null while it lasts.
    hosts_polled integer not null, -- How many hosts that first poll asked.
    hosts_failed integer not null, -- How many of them could not be reached.
    constraint outage_pkey PRIMARY KEY (outage_id)
);
CREATE INDEX outage_by_end ON news.outage USING btree (ended_at);
CREATE UNIQUE INDEX outage_open ON news.outage USING btree (shard) WHERE (ended_at IS NULL);

-- How much each outlet published on each day: kept by load, and by what changes published articles.
create table news.outlet_day (
    day       date not null, -- UTC day on which the articles were first seen.
    outlet    text not null, -- The outlet.
    country   text, -- Its country, as in news.article.
    language  text, -- The language of the articles.
    articles  integer not null, -- Published articles, copies included; 0 where they went elsewhere.
    originals integer not null, -- Of these, originals.
    constraint outlet_day_day_outlet_country_language_key UNIQUE NULLS NOT DISTINCT (day, outlet, country, language)
) with (fillfactor=70);
CREATE INDEX outlet_day_by_outlet ON news.outlet_day USING btree (outlet, day);

-- The pages as they were fetched, kept for NEWSWATCH_KEEP_PAGES_DAYS by whole days. Nothing of the program reads them: they are for people.
create table news.page_body (
    page_id    bigint not null, -- The fetch, a row of news.page.
    fetched_at timestamp with time zone not null, -- When, as there.
    body       bytea not null, -- The page.
    constraint page_body_pkey PRIMARY KEY (fetched_at, page_id)
) partition by RANGE (fetched_at);

-- The sketch of each document as posting lists, less what the document that it copies holds: two shared hashes make a candidate. A row has up to eight hashes of one document.
create table news.posting (
    document_id integer not null, -- The document; one that is gone is passed over. A foreign key would be checked at each row, and have no index to cascade by.
    hash_0      integer, -- One of the lowest hashes of its word-4-grams, divisible by eight.
    hash_1      integer, -- Another, with the remainder 1.
    hash_2      integer, -- Another, with the remainder 2.
    hash_3      integer, -- Another, with the remainder 3.
    hash_4      integer, -- Another, with the remainder 4.
    hash_5      integer, -- Another, with the remainder 5.
    hash_6      integer, -- Another, with the remainder 6.
    hash_7      integer -- Another, with the remainder 7.
) with (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_insert_scale_factor=0.02);
CREATE INDEX posting_by_hash_0 ON news.posting USING btree (hash_0, document_id) WHERE (hash_0 IS NOT NULL);
CREATE INDEX posting_by_hash_1 ON news.posting USING btree (hash_1, document_id) WHERE (hash_1 IS NOT NULL);
CREATE INDEX posting_by_hash_2 ON news.posting USING btree (hash_2, document_id) WHERE (hash_2 IS NOT NULL);
CREATE INDEX posting_by_hash_3 ON news.posting USING btree (hash_3, document_id) WHERE (hash_3 IS NOT NULL);
CREATE INDEX posting_by_hash_4 ON news.posting USING btree (hash_4, document_id) WHERE (hash_4 IS NOT NULL);
CREATE INDEX posting_by_hash_5 ON news.posting USING btree (hash_5, document_id) WHERE (hash_5 IS NOT NULL);
CREATE INDEX posting_by_hash_6 ON news.posting USING btree (hash_6, document_id) WHERE (hash_6 IS NOT NULL);
CREATE INDEX posting_by_hash_7 ON news.posting USING btree (hash_7, document_id) WHERE (hash_7 IS NOT NULL);

-- Who gets the brief, as subscribers.yaml said last.
create table news.reader (
    reader_id    bigint generated always as identity, -- Identity: it stays when the name or the address changes.
    name         text not null, -- Name in subscribers.yaml.
    email        text not null, -- Address there; a host outside ASCII in its ASCII form.
    since_at     timestamp with time zone not null, -- When they were first seen there, or again after more than a day of absence.
    starts_after bigint not null, -- They are told of publications after this number: those of the day before since_at, and later ones.
    left_at      timestamp with time zone, -- Since when they are inactive or out of the file; null while they get the brief.
    constraint reader_pkey PRIMARY KEY (reader_id),
    constraint reader_name_key UNIQUE (name)
);

-- Each site's robots.txt, as it was last read.
create table news.robots (
    site          text not null, -- Scheme, host and, if it is not the usual one, port.
    rules         text not null, -- The file; empty where the site has none.
    checked_at    timestamp with time zone not null, -- When it was last asked for; after a day it is asked for again.
    etag          text, -- Validator of the last answer, opaque.
    last_modified text, -- Validator of the last answer, opaque.
    constraint robots_pkey PRIMARY KEY (site)
);

-- One cycle of the five stages, whoever started it.
create table news.run (
    run_id       bigint generated always as identity, -- Identity.
    started_at   timestamp with time zone not null, -- Wall-clock time at which the cycle began.
    finished_at  timestamp with time zone, -- Wall-clock time at which load published it; null while it runs, or if it was killed.
    decided_at   timestamp with time zone not null, -- The time that every decision of the cycle took as now (a replay moves it).
    trigger      text not null, -- Who started it: the Airflow run id, or cli.
    summary      jsonb, -- The run summary as load wrote it.
    restarted_at timestamp with time zone, -- When it was run again more than an hour after it began, and decided_at became that time; null if it was not.
    constraint run_pkey PRIMARY KEY (run_id)
);
CREATE INDEX run_by_finish ON news.run USING btree (finished_at);
CREATE INDEX run_by_start ON news.run USING btree (started_at);
CREATE UNIQUE INDEX run_trigger ON news.run USING btree (trigger) WHERE (trigger <> 'cli'::text);

-- Runs of DAGs that failed or were late, as Airflow told, until a later run of the DAG went well.
create table news.run_failure (
    dag       text not null, -- The DAG.
    kind      news.run_failure_kind not null, -- failed or late.
    what      text not null, -- Which run, and of what it failed.
    failed_at timestamp with time zone not null, -- When the first of them was told.
    mended_at timestamp with time zone -- When a run of the DAG went well again; null until then.
);
CREATE INDEX run_failure_by_end ON news.run_failure USING btree (mended_at);
CREATE UNIQUE INDEX run_failure_open ON news.run_failure USING btree (dag, kind) WHERE (mended_at IS NULL);

-- Searches of the newsroom page that somebody keeps; their feeds go out by their ids.
create table news.saved_search (
    search_id bigint generated always as identity, -- Identity; that of a deleted one is not given again.
    name      text not null, -- What it is called; unlike every other, whatever the case of its letters.
    asked     jsonb not null, -- The fields of the page of search that are filled in, by their names: q, outlet, country, language, topic, since, until, kind, in.
    saved_by  text not null, -- Who saved it.
    saved_at  timestamp with time zone not null, -- When.
    constraint saved_search_pkey PRIMARY KEY (search_id),
    constraint asked_is_an_object CHECK ((jsonb_typeof(asked) = 'object'::text))
);
CREATE UNIQUE INDEX saved_search_by_name ON news.saved_search USING btree (lower(name));

-- The seed corpus: documents that count as already known.
create table news.seed (
    seed_id  bigint generated always as identity, -- Identity.
    name     text not null, -- What decisions call it.
    outlet   text, -- Who published it.
    language text, -- BCP 47 tag.
    subject  text, -- What it is about, in our words.
    url      text, -- Where it was published.
    text     text, -- The text, where it was loaded from one; null where only its fingerprint is known.
    added_at timestamp with time zone not null, -- When it was loaded.
    constraint seed_pkey PRIMARY KEY (seed_id),
    constraint seed_name_key UNIQUE (name)
);

-- Articles on one event.
create table news.story (
    story_id      bigint generated always as identity, -- Identity.
    headline      text not null, -- Headline of its first article.
    first_seen_at timestamp with time zone not null, -- When its first article was seen.
    last_seen_at  timestamp with time zone not null, -- When its newest article was seen.
    article_count integer not null, -- Its articles, copies included.
    strands       jsonb not null default '{}'::jsonb, -- By language, "" where nobody knows it: sums of its originals' unit vectors. terms: term to weight; anchors (names, places, numbers): key to weight and a form.
    merged_into   bigint, -- The story that its articles belong to since it was merged away; null while it lives.
    constraint story_pkey PRIMARY KEY (story_id),
    constraint story_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES news.story(story_id)
) with (autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.02);
CREATE INDEX story_by_merged_into ON news.story USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX story_by_time ON news.story USING btree (last_seen_at);
CREATE INDEX story_with_strands ON news.story USING btree (last_seen_at) WHERE (strands <> '{}'::jsonb);

-- In how many originals each term stands: its rarity. The empty term counts them all.
create table news.term (
    term     text not null, -- A folded word, or an anchor as in news.story_term.
    articles bigint not null, -- How many originals hold it.
    constraint term_pkey PRIMARY KEY (term)
) with (fillfactor=70, autovacuum_vacuum_scale_factor=0.02);

-- What people write of topics on the page. Of each topic one is in progress at most; it ends when it is published or thrown away, and saving it again ends the earlier wording.
create table news.topic_draft (
    draft_id     bigint generated always as identity, -- Identity.
    topic        text not null, -- Id of the topic: the name of its file.
    definition   text not null, -- The YAML, whether it can be read or not.
    written_by   text not null, -- Who saved it.
    written_at   timestamp with time zone not null, -- When.
    ended_at     timestamp with time zone, -- When it was published, thrown away, or saved anew; null: in progress.
    published_by text, -- Who wrote it into the watchlist; null if nobody did.
    constraint topic_draft_pkey PRIMARY KEY (draft_id),
    constraint published_drafts_are_ended CHECK (((published_by IS NULL) OR (ended_at IS NOT NULL)))
);
CREATE INDEX topic_draft_by_topic ON news.topic_draft USING btree (topic, draft_id);
CREATE UNIQUE INDEX topic_draft_in_progress ON news.topic_draft USING btree (topic) WHERE (ended_at IS NULL);

-- Every definition of a topic that was ever used to flag.
create table news.topic_version (
    topic         text not null, -- Id of the topic: the name of its file.
    version       text not null, -- Hash of the definition.
    name          text not null, -- The topic's name for people.
    definition    text not null, -- The YAML as it was.
    first_used_at timestamp with time zone not null, -- When it first flagged.
    constraint topic_version_pkey PRIMARY KEY (topic, version)
);

-- What operators did, from the page or the command line: it changes how what feeds.yaml lists is polled, never what it lists.
create table news.action (
    action_id bigint generated always as identity, -- Identity.
    kind      news.action_kind not null, -- retry, disable or enable a feed; retry-parked.
    feed_id   bigint, -- The feed; null of what is parked.
    what      text not null, -- The feed's address, or stage and name of what is parked.
    why       text not null, -- In the words of who did it; empty if none.
    acted_by  text not null, -- Who did it.
    acted_at  timestamp with time zone not null, -- When.
    constraint action_pkey PRIMARY KEY (action_id),
    constraint action_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES news.feed(feed_id) ON DELETE CASCADE,
    constraint actions_on_feeds_have_one CHECK ((((kind)::text = 'retry-parked'::text) OR (feed_id IS NOT NULL)))
);
CREATE INDEX action_by_feed ON news.action USING btree (feed_id, action_id) WHERE (feed_id IS NOT NULL);

-- The extracted text at a canonical URL.
create table news.article (
    article_id            bigint generated always as identity, -- Identity, in the order of ingestion.
    canonical_url         text not null, -- Normalised identity of the page.
    host                  text not null, -- Host of the canonical URL.
    outlet                text not null, -- Who published it: the outlet of the feed that announced it first.
    country               text, -- ISO 3166-1 alpha-2 code of the outlet's country.
    title                 text not null, -- Headline, plain text.
    subtitle              text, -- The line below the headline.
    text                  text not null, -- Body, plain text, paragraphs separated by newlines; the summary or nothing if there is no body.
    summary               text, -- The outlet's own summary or description.
    language              text, -- BCP 47 tag, from the text.
    claimed_language      text, -- The language that the page or feed claims, as written there.
    word_count            integer not null, -- Words in the body.
    authors               text[] not null default '{}'::text[], -- People who sign it.
    organisations         text[] not null default '{}'::text[], -- Who signs it and is no person: agencies, desks, the outlet.
    agency                text, -- The news agency whose report it is, by byline or dateline.
    dateline              text, -- The place that the body begins with, as agencies write it.
    published_at          timestamp with time zone, -- When the outlet says it was published.
    modified_at           timestamp with time zone, -- When the outlet says it was last changed.
    site_name             text, -- The site's name, as the page has it.
    section               text, -- The outlet's section.
    keywords              text[] not null default '{}'::text[], -- The outlet's own keywords.
    lead_image            text, -- URL of the picture that stands for the article.
    paywalled             boolean, -- Whether the page says that it is not free to read; null if it does not say.
    body_source           news.body_source not null, -- Where the body comes from.
    page_kind             news.page_kind not null, -- What its page turned out to be.
    no_page_reason        text, -- Why the body is not from the page; null if it is.
    extraction_method     news.extraction_method, -- How the body was found; null if the text was given.
    extraction_confidence real, -- How well the body agrees with what else the page says of it, 0 to 1; null if the text was given.
    boilerplate           text[] not null default '{}'::text[], -- Lines taken off the edges of the text, since they stand on many pages of the host.
    fact_sources          jsonb not null default '{}'::jsonb, -- Fact to where it was read: json-ld, opengraph, meta, h1, title, byline, time, htmldate, standfirst or feed.
    first_seen_at         timestamp with time zone not null, -- When a feed first announced it to us.
    extracted_at          timestamp with time zone not null, -- When its body was extracted.
    revisit_at            timestamp with time zone, -- When its page is looked at again, since it may say more by then; null if it is not.
    deduplicated_at       timestamp with time zone, -- When it was decided whether it is a copy; null while it waits.
    flagged_at            timestamp with time zone, -- When topics were looked for; null while it waits.
    loaded_at             timestamp with time zone, -- When it was published to the analyst views; null while it waits.
    revised_at            timestamp with time zone, -- When its text was last replaced by a newer wording; null if never.
    run_id                bigint, -- The cycle that published it.
    publication           bigint, -- The number of the publication that brought it into the analyst views; null while it waits. Later commits have higher numbers.
    constraint article_pkey PRIMARY KEY (article_id),
    constraint article_canonical_url_key UNIQUE (canonical_url),
    constraint article_run_id_fkey FOREIGN KEY (run_id) REFERENCES news.run(run_id) ON DELETE SET NULL,
    constraint article_extraction_confidence_check CHECK (((extraction_confidence >= (0)::double precision) AND (extraction_confidence <= (1)::double precision)))
) with (autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_insert_scale_factor=0.01, autovacuum_analyze_scale_factor=0.01);
CREATE INDEX article_by_country ON news.article USING btree (country, first_seen_at DESC, article_id DESC);
CREATE INDEX article_by_language ON news.article USING btree (split_part(language, '-'::text, 1), first_seen_at DESC, article_id DESC);
CREATE INDEX article_by_loading ON news.article USING btree (loaded_at);
CREATE INDEX article_by_outlet ON news.article USING btree (outlet, first_seen_at DESC, article_id DESC);
CREATE INDEX article_by_publication ON news.article USING btree (publication);
CREATE INDEX article_by_run ON news.article USING btree (run_id);
CREATE INDEX article_by_time ON news.article USING btree (first_seen_at, article_id);
CREATE INDEX article_to_deduplicate ON news.article USING btree (article_id) WHERE (deduplicated_at IS NULL);
CREATE INDEX article_to_flag ON news.article USING btree (article_id) WHERE ((deduplicated_at IS NOT NULL) AND (flagged_at IS NULL));
CREATE INDEX article_to_load ON news.article USING btree (article_id) WHERE ((flagged_at IS NOT NULL) AND (loaded_at IS NULL));
CREATE INDEX article_to_revisit ON news.article USING btree (revisit_at) WHERE (revisit_at IS NOT NULL);

-- One issue of the brief, or of another rhythm, for one reader, as it was built.
create table news.edition (
    edition_id   bigint generated always as identity, -- Identity.
    subscriber   text not null, -- The reader's name at the time.
    local_date   date not null, -- The date in the reader's time zone when it was due.
    email        text not null, -- Where it goes, or went.
    built_at     timestamp with time zone not null, -- When it was built.
    subject      text not null, -- Subject of the mail.
    body_text    text not null, -- The plain-text part.
    body_html    text not null, -- The HTML part.
    stories      integer not null, -- How many stories it shows.
    covers_after bigint not null, -- The last publication that was told before: articles after it, and those before it that were not told yet, ...
    covers_up_to bigint not null, -- ... and up to this publication are in it.
    grouped_by   text not null, -- The model that its entries were made by, and the version of its figures; "words" where no model of sentences was at hand. Empty: it was built before there were entries.
    reader_id    bigint not null, -- Whom it is for.
    due_at       timestamp with time zone not null, -- When it was due: one edition of a rhythm each.
    page_html    text, -- The whole edition, as its web copy shows it; null where the mail has all of it, or leads to no copy.
    rhythm       news.rhythm not null, -- What made it due. Only what a daily brief tells counts as told to the next one.
    constraint edition_pkey PRIMARY KEY (edition_id),
    constraint edition_reader_id_rhythm_due_at_key UNIQUE (reader_id, rhythm, due_at),
    constraint edition_reader_id_fkey FOREIGN KEY (reader_id) REFERENCES news.reader(reader_id)
);
CREATE INDEX edition_by_day ON news.edition USING btree (reader_id, local_date);
CREATE INDEX edition_by_reader ON news.edition USING btree (reader_id, edition_id);
CREATE INDEX edition_by_time ON news.edition USING btree (built_at);

-- How many new entries each feed brought on each of the last 28 days: the band by which its silence is told.
create table news.feed_volume (
    feed_id    bigint not null, -- The feed.
    counted_at timestamp with time zone not null, -- The end of the last of the days.
    daily      integer[] not null, -- New entries a day, the oldest day first; days before the feed was known are left out.
    constraint feed_volume_pkey PRIMARY KEY (feed_id),
    constraint feed_volume_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES news.feed(feed_id) ON DELETE CASCADE
);

-- What a reader chose by the links of a brief, beside what subscribers.yaml says of them.
create table news.reader_choice (
    reader_id       bigint not null, -- The reader.
    unsubscribed_at timestamp with time zone, -- Since when they want no brief; null if they want it.
    topics          text[], -- Which of their topics they want; null: all.
    changed_at      timestamp with time zone not null, -- When they chose last.
    constraint reader_choice_pkey PRIMARY KEY (reader_id),
    constraint reader_choice_reader_id_fkey FOREIGN KEY (reader_id) REFERENCES news.reader(reader_id)
);

-- Of a topic and a day of news: what the sample of articles without a flag was drawn from.
create table news.recall_draw (
    draw_id       bigint generated always as identity, -- Identity.
    day           date not null, -- The UTC day on which the articles were first seen.
    topic         text not null, -- The topic.
    topic_version text not null, -- The definition that was in force at the draw.
    near          integer not null, -- How many originals without its flag a rule came near.
    others        integer not null, -- How many others hold words of the topic.
    drawn_at      timestamp with time zone not null, -- When it was drawn.
    constraint recall_draw_pkey PRIMARY KEY (draw_id),
    constraint recall_draw_topic_day_key UNIQUE (topic, day),
    constraint recall_draw_topic_topic_version_fkey FOREIGN KEY (topic, topic_version) REFERENCES news.topic_version(topic, version)
);
CREATE INDEX recall_draw_by_version ON news.recall_draw USING btree (topic, topic_version);

-- One execution of one stage, or of one shard of it; a retry is a row of its own.
create table news.stage_run (
    stage_run_id bigint generated always as identity, -- Identity.
    run_id       bigint not null, -- The cycle it belongs to.
    stage        news.stage not null, -- The stage, or the job.
    shard        integer, -- Which shard of hosts; null for a stage that runs as one.
    started_at   timestamp with time zone not null, -- Wall-clock start.
    ended_at     timestamp with time zone, -- Wall-clock end; null while it runs, or if it was killed.
    counts       jsonb, -- What it did: name to number.
    constraint stage_run_pkey PRIMARY KEY (stage_run_id),
    constraint stage_run_run_id_fkey FOREIGN KEY (run_id) REFERENCES news.run(run_id)
);
CREATE INDEX stage_run_by_run ON news.stage_run USING btree (run_id);
CREATE INDEX stage_run_by_stage ON news.stage_run USING btree (stage, started_at);
CREATE INDEX stage_run_by_time ON news.stage_run USING btree (started_at);

-- Articles that were moved from one story to another: nothing else changes the story of an article.
create table news.story_change (
    change_id     bigint generated always as identity, -- Identity, in the order of the changes.
    kind          news.story_change_kind not null, -- merge: all articles, and the story that they left is no more; split: some, to a new story; version: copies went with another original when a version of the deduplication was put in force.
    story_id      bigint not null, -- Where the articles went.
    from_story_id bigint not null, -- Where they were.
    article_ids   bigint[] not null, -- The articles, ascending.
    why           text not null, -- What the person who did it wrote; empty if nothing.
    changed_at    timestamp with time zone not null default now(), -- When.
    constraint story_change_pkey PRIMARY KEY (change_id),
    constraint story_change_from_story_id_fkey FOREIGN KEY (from_story_id) REFERENCES news.story(story_id),
    constraint story_change_story_id_fkey FOREIGN KEY (story_id) REFERENCES news.story(story_id),
    constraint story_change_article_ids_check CHECK ((article_ids <> '{}'::bigint[])),
    constraint story_change_check CHECK ((story_id <> from_story_id))
);
CREATE INDEX story_change_by_article ON news.story_change USING gin (article_ids);
CREATE INDEX story_change_by_from_story ON news.story_change USING btree (from_story_id);
CREATE INDEX story_change_by_story ON news.story_change USING btree (story_id);

-- The best terms and anchors of each story: what a new article finds it by.
create table news.story_term (
    term     text not null, -- A folded word, or an anchor: ~ and the consonants of a name, @ and a place, # and a number.
    story_id bigint not null, -- A story that has it among its best.
    constraint story_term_pkey PRIMARY KEY (term, story_id),
    constraint story_term_story_id_fkey FOREIGN KEY (story_id) REFERENCES news.story(story_id) ON DELETE CASCADE
);
CREATE INDEX story_term_by_story ON news.story_term USING btree (story_id);

-- What is published of each story, counted; a story of which nothing is has no row.
create table news.story_total (
    story_id      bigint not null, -- The story.
    first_seen_at timestamp with time zone not null, -- When the first of its published articles was seen.
    last_seen_at  timestamp with time zone not null, -- When the newest of them was.
    articles      integer not null, -- Published articles, copies included.
    originals     integer not null, -- Of these, originals.
    outlets       integer not null, -- Outlets of these articles.
    constraint story_total_pkey PRIMARY KEY (story_id),
    constraint story_total_story_id_fkey FOREIGN KEY (story_id) REFERENCES news.story(story_id) ON DELETE CASCADE
) with (autovacuum_vacuum_scale_factor=0.02, autovacuum_analyze_scale_factor=0.02);
CREATE INDEX story_total_by_time ON news.story_total USING btree (last_seen_at);

-- The words of each article, kept by a trigger of news.article: what full-text search finds it by.
create table news.article_search (
    article_id bigint not null, -- The article.
    words      tsvector not null, -- The words of headline (weight A), subtitle (B) and the first 100,000 characters of the text (D), as analyst.searchable makes them.
    constraint article_search_pkey PRIMARY KEY (article_id),
    constraint article_search_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE
) with (autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_insert_scale_factor=0.01);
CREATE INDEX article_search_headline ON news.article_search USING gin (ts_filter(words, '{a}'::"char"[]));
CREATE INDEX article_search_words ON news.article_search USING gin (words);

-- Each earlier wording of an article; news.article holds the newest.
create table news.article_version (
    article_id          bigint not null, -- The article.
    replaced_at         timestamp with time zone not null, -- When the next wording came into force.
    title               text not null, -- Headline, plain text.
    text                text not null, -- Body, plain text: what the spans of flags superseded then refer to.
    body_source         news.body_source not null, -- Where the body came from.
    coverage            real, -- Share of the next wording's word-4-grams that stand in this one; this and the other measures are null if it was replaced before they were taken.
    coverage_of_earlier real, -- Share of this wording's word-4-grams that stand in the next.
    jaccard             real, -- Shared over all word-4-grams of the two.
    passages            jsonb, -- The longest shared passages: [start, end, start_next, end_next] in code points.
    reason              text, -- What the next wording kept of this one, as a sentence.
    algorithm_version   smallint, -- Version of the algorithm that measured.
    constraint article_version_pkey PRIMARY KEY (article_id, replaced_at),
    constraint article_version_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint measured_as_a_whole CHECK ((num_nulls(coverage, coverage_of_earlier, jaccard, passages, reason, algorithm_version) = ANY (ARRAY[0, 6])))
);
CREATE INDEX article_version_by_time ON news.article_version USING btree (replaced_at);

-- Which flagged reports of two days an edition shows as one event, in any language. Made anew for each edition; stories have no part in it.
create table news.edition_entry (
    edition_id bigint not null, -- The edition.
    article_id bigint not null, -- A report that was flagged for the subscriber within the 48 hours before, or that the edition tells.
    number     bigint not null, -- Of the entry: equal for reports of one event, the same from one edition of a subscriber to the next.
    nearest    bigint, -- The earlier report of the entry that it most likely tells the same event as; null for the first.
    likelihood real, -- Of these two being of one event, 0 to 1; null for the first.
    signs      jsonb not null, -- Of these two: each sign with its value and what it adds to the logarithm of the odds.
    is_stated  boolean not null, -- Whether a person, or a copy, put the two together whatever the signs.
    constraint edition_entry_pkey PRIMARY KEY (edition_id, article_id),
    constraint edition_entry_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint edition_entry_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES news.edition(edition_id) ON DELETE CASCADE,
    constraint edition_entry_nearest_fkey FOREIGN KEY (nearest) REFERENCES news.article(article_id) ON DELETE SET NULL
);
CREATE INDEX edition_entry_by_article ON news.edition_entry USING btree (article_id);
CREATE INDEX edition_entry_by_nearest ON news.edition_entry USING btree (nearest) WHERE (nearest IS NOT NULL);

-- What an edition had to tell: the flagged articles that its reader had not been told of.
create table news.edition_story (
    edition_id bigint not null, -- The edition.
    topic      text not null, -- Under which topic.
    story_id   bigint not null, -- The story.
    article_id bigint not null, -- The article.
    headline   text not null, -- What the edition called it. Empty: it was built before this was kept.
    is_told    boolean not null, -- Whether the mail tells it or leads to it. If not, or if the mail was never handed over, the next edition has to.
    constraint edition_story_pkey PRIMARY KEY (edition_id, topic, story_id, article_id),
    constraint edition_story_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint edition_story_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES news.edition(edition_id) ON DELETE CASCADE,
    constraint edition_story_story_id_fkey FOREIGN KEY (story_id) REFERENCES news.story(story_id)
);
CREATE INDEX edition_story_by_article ON news.edition_story USING btree (article_id);
CREATE INDEX edition_story_by_story ON news.edition_story USING btree (story_id);

-- What a flagged original means, as vectors that texts in all languages have in common.
create table news.embedding (
    article_id  bigint not null, -- The article.
    model       text not null, -- The model of sentences: only vectors of one model can be compared.
    version     text not null, -- What computed the vectors, with its version.
    headline    bytea not null, -- Unit vector of the headline, as 16-bit floats, the low byte first.
    lead        bytea not null, -- The same of headline and lead together.
    embedded_at timestamp with time zone not null, -- When.
    constraint embedding_pkey PRIMARY KEY (article_id),
    constraint embedding_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE
);
CREATE INDEX embedding_by_time ON news.embedding USING btree (embedded_at);

-- An item as its feed published it, stored once whatever the feed re-sends.
create table news.entry (
    entry_id        bigint generated always as identity, -- Identity.
    feed_id         bigint not null, -- The feed that announced it.
    entry_key       text not null, -- Its identity within the feed: guid, else link, else a hash of title and content.
    guid            text, -- As published.
    url             text, -- Canonical form of the link.
    link            text, -- As published.
    host            text not null, -- Host of the link, or of the feed if it has none: what politeness counts by.
    shard_key       integer not null, -- A stable hash of the host, not negative.
    title           text not null, -- Headline, plain text.
    summary         text not null, -- Plain text.
    content_html    text, -- The body, where the feed carries it; sanitised HTML.
    authors         text[] not null default '{}'::text[], -- As the feed names them.
    language        text, -- As the feed claims it.
    published_at    timestamp with time zone, -- Clamped to not later than first_seen_at.
    published_raw   text, -- The date as the feed wrote it.
    content_hash    bytea not null, -- Hash of title, summary and content; tells a correction from a re-stamped date.
    first_seen_at   timestamp with time zone not null, -- When it was first polled.
    status          news.entry_status not null default 'pending'::text, -- How far it has come.
    attempts        integer not null default 0, -- How often extraction was begun since it was last parked.
    next_attempt_at timestamp with time zone not null, -- Not tried before this.
    reason          text, -- Why it waits, or why the page was not used.
    article_id      bigint, -- The article at its canonical URL.
    published_zone  news.zone_known, -- What the date as written says of its zone: without one UTC was assumed. Null: there is no date.
    constraint entry_pkey PRIMARY KEY (entry_id),
    constraint entry_feed_id_entry_key_key UNIQUE (feed_id, entry_key),
    constraint entry_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id),
    constraint entry_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES news.feed(feed_id) ON DELETE CASCADE
) with (autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_insert_scale_factor=0.01, autovacuum_analyze_scale_factor=0.01);
CREATE INDEX entry_by_article ON news.entry USING btree (article_id);
CREATE INDEX entry_by_link ON news.entry USING hash (link);
CREATE INDEX entry_by_time ON news.entry USING btree (first_seen_at);
CREATE INDEX entry_by_url ON news.entry USING btree (url);
CREATE INDEX entry_by_words ON news.entry USING btree (feed_id, content_hash);
CREATE INDEX entry_pending ON news.entry USING btree (next_attempt_at) WHERE ((status)::text = 'pending'::text);

-- What near-duplicates are told by: hashes of an article or a seed, in the order of decision.
create table news.fingerprint (
    document_id bigint generated always as identity, -- Identity; of two copies the lower one is the original.
    article_id  bigint, -- The article, or null.
    seed_id     bigint, -- The seed, or null.
    outlet      text not null, -- Who published it; empty if nobody knows.
    algorithm   smallint not null, -- The version of the algorithm that it was made by. Of each version that was tried an article has its first wording, and the latest of the later ones.
    revised_at  timestamp with time zone, -- Of a later wording of the article: when it came into force, and so when it was first seen. Null for the wording that was decided on, and for a seed.
    grams       bytea not null, -- Hashes of the word-4-grams in the order of the text, 4 bytes each, little-endian.
    numbers     bytea not null, -- Hashes of the distinct words with a digit, sorted, 4 bytes each.
    words       integer not null, -- Words in the text.
    text_hash   bigint not null, -- Hash of all words in order.
    title_hash  bigint not null, -- Hash of the headline's words; 0 without one.
    constraint fingerprint_pkey PRIMARY KEY (document_id),
    constraint fingerprint_seed_id_algorithm_key UNIQUE (seed_id, algorithm),
    constraint fingerprint_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint fingerprint_seed_id_fkey FOREIGN KEY (seed_id) REFERENCES news.seed(seed_id) ON DELETE CASCADE,
    constraint fingerprint_check CHECK ((num_nonnulls(article_id, seed_id) = 1)),
    constraint seeds_are_not_revised CHECK (((revised_at IS NULL) OR (article_id IS NOT NULL)))
);
CREATE INDEX fingerprint_by_outlet ON news.fingerprint USING btree (outlet, algorithm, document_id);
CREATE INDEX fingerprint_by_text ON news.fingerprint USING btree (text_hash);
CREATE INDEX fingerprint_by_title ON news.fingerprint USING btree (title_hash) WHERE (title_hash <> 0);
CREATE UNIQUE INDEX fingerprint_wordings ON news.fingerprint USING btree (article_id, algorithm, COALESCE(revised_at, '-infinity'::timestamp with time zone));

-- An article mentions a topic. History is kept: a re-flag supersedes, it does not delete.
create table news.flag (
    flag_id       bigint generated always as identity, -- Identity.
    article_id    bigint not null, -- The article.
    topic         text not null, -- The topic.
    version       text not null, -- The definition that flagged it.
    score         real not null, -- How much the article is about the topic, 0 to 1.
    salience      news.salience not null, -- Where the topic stands: headline, lead, body or passing.
    rule          text not null, -- The rule of the topic that fired.
    reason        text not null, -- Why, as a sentence.
    flagged_at    timestamp with time zone not null, -- When.
    superseded_at timestamp with time zone, -- When another version of the topic took over; null if in force.
    seen_at       timestamp with time zone not null, -- When the article was first seen, as there; kept by a trigger.
    constraint flag_pkey PRIMARY KEY (flag_id),
    constraint flag_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint flag_topic_version_fkey FOREIGN KEY (topic, version) REFERENCES news.topic_version(topic, version),
    constraint flag_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)))
) with (autovacuum_vacuum_insert_scale_factor=0.02, autovacuum_analyze_scale_factor=0.02);
CREATE INDEX flag_by_article ON news.flag USING btree (article_id);
CREATE INDEX flag_by_end ON news.flag USING btree (superseded_at) WHERE (superseded_at IS NOT NULL);
CREATE INDEX flag_by_time ON news.flag USING btree (topic, seen_at, article_id) WHERE (superseded_at IS NULL);
CREATE INDEX flag_by_topic ON news.flag USING btree (topic, article_id) WHERE (superseded_at IS NULL);
CREATE INDEX flag_by_version ON news.flag USING btree (topic, version);
CREATE UNIQUE INDEX flag_in_force ON news.flag USING btree (article_id, topic) WHERE (superseded_at IS NULL);

-- What people say of flags, memberships in stories, and copies. History is kept: a newer judgement of the same thing supersedes.
create table news.judgement (
    judgement_id  bigint generated always as identity, -- Identity.
    subject       news.judgement_subject not null, -- flag, story or copy.
    verdict       news.verdict not null, -- right, wrong; of what was not decided: missed, absent (rightly so), unsure.
    article_id    bigint not null, -- The article.
    topic         text, -- Of a flag: the topic.
    topic_version text, -- Of a flag that is there: the definition that flagged it.
    rule          text, -- Of a flag that is there: the rule that it rests on.
    story_id      bigint, -- Of a membership: the story.
    original_id   bigint, -- Of a copy: what it copies, or should be a copy of; null if that is a seed.
    why           text not null, -- In the words of who judged; empty if none.
    judged_by     text not null, -- Who judged.
    judged_at     timestamp with time zone not null, -- When.
    superseded_at timestamp with time zone, -- When a newer judgement of the same thing came, or it was taken back; null if in force.
    constraint judgement_pkey PRIMARY KEY (judgement_id),
    constraint judgement_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint judgement_original_id_fkey FOREIGN KEY (original_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint judgement_story_id_fkey FOREIGN KEY (story_id) REFERENCES news.story(story_id),
    constraint flags_have_a_topic CHECK ((((subject)::text = 'flag'::text) = (topic IS NOT NULL))),
    constraint memberships_have_a_story CHECK ((((subject)::text = 'story'::text) = (story_id IS NOT NULL))),
    constraint missed_copies_have_an_original CHECK ((((subject)::text <> 'copy'::text) OR ((verdict)::text <> 'missed'::text) OR (original_id IS NOT NULL))),
    constraint only_flags_are_absent CHECK ((((subject)::text = 'flag'::text) OR ((verdict)::text <> ALL (ARRAY['absent'::text, 'unsure'::text])))),
    constraint originals_are_of_copies CHECK ((((subject)::text = 'copy'::text) OR (original_id IS NULL)))
);
CREATE INDEX judgement_by_article ON news.judgement USING btree (article_id);
CREATE INDEX judgement_by_original ON news.judgement USING btree (original_id) WHERE (original_id IS NOT NULL);
CREATE INDEX judgement_by_story ON news.judgement USING btree (story_id) WHERE (story_id IS NOT NULL);
CREATE INDEX judgement_by_topic ON news.judgement USING btree (topic, judged_at) WHERE (superseded_at IS NULL);
CREATE UNIQUE INDEX judgement_in_force ON news.judgement USING btree (article_id, subject, COALESCE(topic, ''::text), COALESCE(story_id, (0)::bigint)) WHERE (superseded_at IS NULL);

-- An original that a topic does not flag, and the rule of the topic that came nearest. Looked for once, in the night after the article was first seen.
create table news.near_miss (
    article_id    bigint not null, -- The article.
    topic         text not null, -- The topic.
    topic_version text not null, -- The definition that it was looked at by.
    rule          text not null, -- The rule that came nearest; scorer, if the probability was too low.
    missed        text not null, -- What stopped it, as it is written in the rule.
    words         text[] not null, -- The words that it found without that condition.
    sentence      text not null, -- The sentence that the first of them stand in.
    nearness      real not null, -- Of a scorer the probability, of rules the score without the condition.
    looked_at     timestamp with time zone not null, -- When.
    constraint near_miss_pkey PRIMARY KEY (article_id, topic),
    constraint near_miss_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint near_miss_topic_topic_version_fkey FOREIGN KEY (topic, topic_version) REFERENCES news.topic_version(topic, version)
);
CREATE INDEX near_miss_by_time ON news.near_miss USING btree (looked_at);
CREATE INDEX near_miss_by_topic ON news.near_miss USING btree (topic, topic_version, looked_at);

-- The delivery of each edition: sent once, whatever is retried.
create table news.outbox (
    edition_id      bigint not null, -- The edition.
    message_id      text not null, -- Message-ID, derived from the edition.
    state           news.delivery_state not null default 'pending'::text, -- pending; sending; sent; deferred (tried again at next_try_at); refused (for good); carried-over (the next edition was due, and tells what it would have); unknown (broke after the hand-over, never sent again by itself); skipped (of a day long past).
    attempts        integer not null default 0, -- How often delivery was begun.
    changed_at      timestamp with time zone not null, -- When the state changed.
    sent_at         timestamp with time zone, -- When the server took it, last.
    last_error      text, -- What the server said.
    told_at         timestamp with time zone, -- When its reader counted as told: the server took it, or may have.
    next_try_at     timestamp with time zone, -- Not tried before this; null: at once.
    handing_over_at timestamp with time zone, -- When the text began to be given to the server in the last try; null: it certainly has nothing of it.
    asked_by        text, -- The run of approve_digest that asked the editor about it; null: no editor was asked.
    constraint outbox_pkey PRIMARY KEY (edition_id),
    constraint outbox_message_id_key UNIQUE (message_id),
    constraint outbox_edition_id_fkey FOREIGN KEY (edition_id) REFERENCES news.edition(edition_id) ON DELETE CASCADE
);
CREATE INDEX outbox_undelivered ON news.outbox USING btree (edition_id) WHERE ((state)::text <> ALL (ARRAY['sent'::text, 'skipped'::text]));
CREATE INDEX outbox_waiting ON news.outbox USING btree (edition_id) WHERE ((state)::text = ANY (ARRAY['pending'::text, 'sending'::text, 'deferred'::text]));

-- The originals of the same day that the topic flags, counted at the draw.
create table news.recall_flagged (
    draw_id  bigint not null, -- The draw.
    rule     text not null, -- The rule that their flags rest on.
    language text, -- Their language; null if it is not known.
    flagged  integer not null, -- How many.
    constraint recall_flagged_draw_id_rule_language_key UNIQUE NULLS NOT DISTINCT (draw_id, rule, language),
    constraint recall_flagged_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES news.recall_draw(draw_id) ON DELETE CASCADE
);

-- The articles that were drawn, for a person to judge: news.judgement has what was said.
create table news.recall_sample (
    draw_id    bigint not null, -- The draw.
    article_id bigint not null, -- The article.
    place      integer not null, -- In what order the night's are to be judged, all topics together.
    rule       text, -- The rule that came nearest; null: it only holds words of the topic.
    constraint recall_sample_pkey PRIMARY KEY (draw_id, article_id),
    constraint recall_sample_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint recall_sample_draw_id_fkey FOREIGN KEY (draw_id) REFERENCES news.recall_draw(draw_id) ON DELETE CASCADE
);
CREATE INDEX recall_sample_by_article ON news.recall_sample USING btree (article_id);

-- A newer wording of a published article, until flag puts it in force together with its flags.
create table news.revision (
    article_id            bigint not null, -- The article.
    title                 text not null, -- As in news.article.
    text                  text not null, -- As in news.article.
    summary               text, -- As in news.article.
    language              text, -- As in news.article.
    word_count            integer not null, -- As in news.article.
    modified_at           timestamp with time zone, -- As in news.article.
    body_source           news.body_source not null, -- As in news.article.
    page_kind             news.page_kind not null, -- As in news.article.
    no_page_reason        text, -- As in news.article.
    extraction_method     news.extraction_method, -- As in news.article.
    extraction_confidence real, -- As in news.article.
    seen_at               timestamp with time zone not null, -- When it was first seen.
    constraint revision_pkey PRIMARY KEY (article_id),
    constraint revision_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE
);

-- Whether an article is new, by each version of the algorithm that was asked; and, by the version in force, which story it belongs to.
create table news.version_decision (
    article_id            bigint not null, -- The article.
    kind                  news.duplicate_kind, -- exact, near or contained; revision: the text under a headline that its outlet gave without, which is a newer wording of that; null for an original.
    duplicate_of_article  bigint, -- The original it copies.
    duplicate_of_seed     bigint, -- The seed it copies.
    compared_with_article bigint, -- The article that coverages, Jaccard, passages and reason are about: mostly the original; where that is found through another copy, the copy; of an original, the earlier article that it shares most with. Null for a seed, and where nothing is shared.
    compared_with_seed    bigint, -- The same, if it is a seed.
    coverage              real not null default 0, -- Share of its word-4-grams that stand in the text it was compared with.
    coverage_of_original  real not null default 0, -- Share of the word-4-grams of the text that it was compared with that stand in it.
    jaccard               real not null default 0, -- Shared over all word-4-grams of the two.
    passages              jsonb not null default '[]'::jsonb, -- The longest passages shared with the text that it was compared with: [start_earlier, end_earlier, start, end] in code points.
    reason                text not null, -- The decision as a sentence.
    algorithm_version     smallint not null, -- Version of the algorithm.
    decided_at            timestamp with time zone not null, -- When.
    story_id              bigint, -- The story it belongs to; null where another version is in force.
    story_similarity      real, -- Cosine with the story it joined; null if it began it or came as a copy.
    story_terms           jsonb, -- The shared terms that made most of it, with their weights; for a story told in other languages its anchors, as both write them.
    role                  news.story_role, -- Its role in the story when it was decided: first, copy, development or independent; null if nobody has told it yet.
    new_sentences         text[] not null default '{}'::text[], -- Of a development: the sentences that tell what no earlier article of the story did, in the order of the text.
    relation              news.original_relation, -- Of an original: what it is to the text that it was compared with.
    added                 text[] not null default '{}'::text[], -- The sentences that tell what the text compared with does not; of a copy, what its outlet put in.
    changes               jsonb not null default '[]'::jsonb, -- The facts that the text compared with says otherwise: objects with kind (number, place, name, day, polarity), before, after and place (headline, lead, body).
    story_version         smallint, -- Version of the figures of stories by which its story was decided; null where none was.
    constraint version_decision_pkey PRIMARY KEY (article_id, algorithm_version),
    constraint decision_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint decision_compared_with_article_fkey FOREIGN KEY (compared_with_article) REFERENCES news.article(article_id) ON DELETE SET NULL,
    constraint decision_compared_with_seed_fkey FOREIGN KEY (compared_with_seed) REFERENCES news.seed(seed_id) ON DELETE SET NULL,
    constraint decision_duplicate_of_article_fkey FOREIGN KEY (duplicate_of_article) REFERENCES news.article(article_id) ON DELETE SET NULL,
    constraint decision_duplicate_of_seed_fkey FOREIGN KEY (duplicate_of_seed) REFERENCES news.seed(seed_id) ON DELETE SET NULL,
    constraint decision_story_id_fkey FOREIGN KEY (story_id) REFERENCES news.story(story_id),
    constraint compared_with_one CHECK ((num_nonnulls(compared_with_article, compared_with_seed) <= 1)),
    constraint copies_have_that_role CHECK (((role IS NULL) OR (((role)::text = 'copy'::text) = (kind IS NOT NULL)))),
    constraint new_sentences_of_developments CHECK (((new_sentences = '{}'::text[]) OR (NOT ((role)::text IS DISTINCT FROM 'development'::text)))),
    constraint relations_are_of_originals CHECK (((relation IS NULL) OR (kind IS NULL)))
) with (autovacuum_vacuum_scale_factor=0.01, autovacuum_vacuum_insert_scale_factor=0.01, autovacuum_analyze_scale_factor=0.01);
CREATE INDEX decision_by_compared ON news.version_decision USING btree (compared_with_article) WHERE (compared_with_article IS NOT NULL);
CREATE INDEX decision_by_compared_seed ON news.version_decision USING btree (compared_with_seed) WHERE (compared_with_seed IS NOT NULL);
CREATE INDEX decision_by_original ON news.version_decision USING btree (duplicate_of_article);
CREATE INDEX decision_by_seed ON news.version_decision USING btree (duplicate_of_seed) WHERE (duplicate_of_seed IS NOT NULL);
CREATE INDEX decision_by_story ON news.version_decision USING btree (story_id);
CREATE INDEX decision_reprints ON news.version_decision USING btree (story_id, duplicate_of_seed, article_id) WHERE (duplicate_of_seed IS NOT NULL);
CREATE INDEX decision_telling ON news.version_decision USING btree (story_id, article_id) WHERE (COALESCE((kind)::text, 'revision'::text) = 'revision'::text);

-- A longer article that holds an earlier document (a digest, an expanded story): an edge, never a merge. The version that found it is that of the document.
create table news.containment (
    article_id          bigint not null, -- The longer, newer article.
    document_id         bigint not null, -- The document that stands in it.
    coverage            real not null, -- How much of that document stands in it.
    coverage_of_article real not null, -- How much of the article that document makes.
    jaccard             real not null, -- Shared over all word-4-grams of the two.
    passages            jsonb not null, -- The longest shared passages: [start_earlier, end_earlier, start, end] in code points.
    reason              text not null, -- The containment as a sentence.
    constraint containment_pkey PRIMARY KEY (article_id, document_id),
    constraint containment_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint containment_document_id_fkey FOREIGN KEY (document_id) REFERENCES news.fingerprint(document_id) ON DELETE CASCADE
);
CREATE INDEX containment_by_document ON news.containment USING btree (document_id);

-- Each earlier wording of an entry that its outlet corrected; news.entry holds the newest.
create table news.entry_version (
    entry_id     bigint not null, -- The entry.
    content_hash bytea not null, -- Hash of title, summary and content: a wording is kept once, however often a feed goes back to it.
    title        text not null, -- Headline, plain text.
    summary      text not null, -- Plain text.
    content_html text, -- The body, where the feed carried it; sanitised HTML.
    replaced_at  timestamp with time zone not null, -- When another wording was first polled.
    constraint entry_version_pkey PRIMARY KEY (entry_id, content_hash),
    constraint entry_version_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES news.entry(entry_id) ON DELETE CASCADE
);
CREATE INDEX entry_version_by_time ON news.entry_version USING btree (replaced_at);

-- One occurrence of a topic's words, with its exact place.
create table news.mention (
    mention_id bigint generated always as identity, -- Identity.
    flag_id    bigint not null, -- The flag it supports.
    field      news.mention_field not null, -- title, text or subtitle.
    char_start integer not null, -- Offset in code points, from 0: substr(field, char_start + 1, char_end - char_start) is matched.
    char_end   integer not null, -- Exclusive.
    matched    text not null, -- The words as they stand there.
    sentence   text not null, -- The sentence around them.
    alias      text not null, -- The alias or group of the topic that they match.
    part       news.mention_part not null, -- subject, if it names what the topic is about, else support. Of flags from before it was told: support.
    constraint mention_pkey PRIMARY KEY (mention_id),
    constraint mention_flag_id_fkey FOREIGN KEY (flag_id) REFERENCES news.flag(flag_id) ON DELETE CASCADE,
    constraint mention_check CHECK ((char_end > char_start))
);
CREATE INDEX mention_by_flag ON news.mention USING btree (flag_id);

-- Each fetch of an article's page, kept for NEWSWATCH_KEEP_FETCHES_DAYS.
create table news.page (
    page_id       bigint generated always as identity, -- Identity.
    entry_id      bigint not null, -- The entry it was fetched for.
    run_id        bigint, -- The cycle.
    fetched_at    timestamp with time zone not null, -- When, by the clock of the decisions.
    url           text not null, -- The address requested.
    final_url     text not null, -- Where redirects led.
    outcome       news.fetch_outcome not null, -- What came of it.
    status        integer, -- HTTP status; null if there was no answer.
    kind          news.page_kind, -- What the page turned out to be; null if there is no page.
    detail        text not null default ''::text, -- What went wrong, as a sentence; empty if nothing.
    etag          text, -- Validator of the answer, opaque: sent when the page is looked at again.
    last_modified text, -- Validator of the answer, opaque.
    bytes         integer not null, -- Size of the decompressed body.
    elapsed_ms    integer not null, -- How long the request took.
    constraint page_pkey PRIMARY KEY (page_id),
    constraint page_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES news.entry(entry_id) ON DELETE CASCADE,
    constraint page_run_id_fkey FOREIGN KEY (run_id) REFERENCES news.run(run_id) ON DELETE SET NULL
) with (autovacuum_vacuum_scale_factor=0.02);
CREATE INDEX page_by_entry ON news.page USING btree (entry_id);
CREATE INDEX page_by_run ON news.page USING btree (run_id);
CREATE INDEX page_by_time ON news.page USING btree (fetched_at);

-- What a stage failed at: a feed, an item of a feed, an entry, an article, a subscriber's edition or a row of the watchlist. The stage goes on without it, and tries it again.
create table news.parked (
    stage       news.stage not null, -- The stage or job that failed at it.
    feed_id     bigint, -- The feed: of poll.
    entry_id    bigint, -- The entry: of extract.
    article_id  bigint, -- The article: of extract where its page was looked at again, else of a later stage.
    name        text, -- Of an item of a feed a hash of its key, of an edition its subscriber, of a row of the watchlist its file and place; else null.
    what        text not null, -- The item for people: an address, a headline or a name.
    kind        news.parked_kind not null, -- What it failed of.
    error       text not null, -- Class and message of the error, shortened, without passwords.
    attempts    integer not null default 1, -- How often it was tried since it first failed.
    version     text not null, -- A hash of the code and the rules that failed at it; others try it at once.
    first_at    timestamp with time zone not null, -- When it first failed, by the clock of the decisions.
    last_at     timestamp with time zone not null, -- When it last failed.
    next_try_at timestamp with time zone, -- Not tried before this, unless by another version; null: only by another version, or when a person has mended it.
    constraint parked_stage_feed_id_entry_id_article_id_name_key UNIQUE NULLS NOT DISTINCT (stage, feed_id, entry_id, article_id, name),
    constraint parked_article_id_fkey FOREIGN KEY (article_id) REFERENCES news.article(article_id) ON DELETE CASCADE,
    constraint parked_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES news.entry(entry_id) ON DELETE CASCADE,
    constraint parked_feed_id_fkey FOREIGN KEY (feed_id) REFERENCES news.feed(feed_id) ON DELETE CASCADE,
    constraint parked_check CHECK ((num_nonnulls(feed_id, entry_id, article_id) <= 1)),
    constraint parked_check1 CHECK ((num_nonnulls(feed_id, entry_id, article_id, name) >= 1))
);
CREATE INDEX parked_by_article ON news.parked USING btree (article_id) WHERE (article_id IS NOT NULL);
CREATE INDEX parked_by_entry ON news.parked USING btree (entry_id) WHERE (entry_id IS NOT NULL);
CREATE INDEX parked_by_feed ON news.parked USING btree (feed_id) WHERE (feed_id IS NOT NULL);
