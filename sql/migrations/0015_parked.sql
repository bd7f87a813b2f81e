-- Items that failed and wait, of every stage, in one table.

create domain news.parked_kind as text
    check (value in ('raised', 'refused', 'time', 'memory', 'killed', 'wrong'));
comment on domain news.parked_kind is 'What an item failed of. Each value has its sentence in analyst.code.';

create table news.parked (
    stage       news.stage not null,
    feed_id     bigint references news.feed on delete cascade,
    entry_id    bigint references news.entry on delete cascade,
    article_id  bigint references news.article on delete cascade,
    name        text,
    what        text not null,
    kind        news.parked_kind not null,
    error       text not null,
    attempts    int not null default 1,
    version     text not null,
    first_at    timestamptz not null,
    last_at     timestamptz not null,
    next_try_at timestamptz,
    unique nulls not distinct (stage, feed_id, entry_id, article_id, name),
    check (num_nonnulls(feed_id, entry_id, article_id) <= 1),
    check (num_nonnulls(feed_id, entry_id, article_id, name) >= 1)
);
comment on table news.parked is 'What a stage failed at: a feed, an item of a feed, an entry, an article, a subscriber''s edition or a row of the watchlist. The stage goes on without it, and tries it again.';
comment on column news.parked.stage is 'The stage or job that failed at it.';
comment on column news.parked.feed_id is 'The feed: of poll.';
comment on column news.parked.entry_id is 'The entry: of extract.';
comment on column news.parked.article_id is 'The article: of extract where its page was looked at again, else of a later stage.';
comment on column news.parked.name is 'Of an item of a feed a hash of its key, of an edition its subscriber, of a row of the watchlist its file and place; else null.';
comment on column news.parked.what is 'The item for people: an address, a headline or a name.';
comment on column news.parked.kind is 'What it failed of.';
comment on column news.parked.error is 'Class and message of the error, shortened, without passwords.';
comment on column news.parked.attempts is 'How often it was tried since it first failed.';
comment on column news.parked.version is 'A hash of the code and the rules that failed at it; others try it at once.';
comment on column news.parked.first_at is 'When it first failed, by the clock of the decisions.';
comment on column news.parked.last_at is 'When it last failed.';
comment on column news.parked.next_try_at is 'Not tried before this, unless by another version; null: only by another version, or when a person has mended it.';
create index parked_by_feed on news.parked (feed_id) where feed_id is not null;
create index parked_by_entry on news.parked (entry_id) where entry_id is not null;
create index parked_by_article on news.parked (article_id) where article_id is not null;

insert into news.parked
    (stage, entry_id, what, kind, error, attempts, version, first_at, last_at, next_try_at)
select 'extract', entry_id, coalesce(nullif(left(coalesce(link, title), 300), ''), entry_id::text),
       'killed', coalesce(reason, 'given up'), greatest(attempts, 1), '', first_seen_at,
       first_seen_at, next_attempt_at
from news.entry where status = 'parked';
update news.entry set status = 'pending', attempts = 0 where status = 'parked';
drop index news.entry_parked;
alter domain news.entry_status drop constraint entry_status_check;
alter domain news.entry_status add constraint entry_status_check
    check (value in ('pending', 'extracted', 'same-url'));
comment on column news.entry.attempts is 'How often extraction was begun since it was last parked.';
comment on column news.entry.reason is 'Why it waits, or why the page was not used.';
