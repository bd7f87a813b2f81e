create view ops.parked as
select
    parked.stage,
    parked.what,
    parked.kind,
    parked.error,
    parked.attempts,
    parked.first_at,
    parked.last_at,
    parked.next_try_at,
    parked.feed_id,
    parked.entry_id,
    parked.article_id,
    parked.name
from news.parked;
comment on view ops.parked is 'What a stage failed at and goes on without: tried again with growing pauses, at once by another version of the code or its rules, and gone from here when it succeeds.';
comment on column ops.parked.stage is 'The stage or job that failed at it.';
comment on column ops.parked.what is 'The item: an address, a headline, a name, or the place of a row of the watchlist.';
comment on column ops.parked.kind is 'What it failed of; wrong is for a person to mend.';
comment on column ops.parked.error is 'Class and message of the error, shortened, without passwords.';
comment on column ops.parked.attempts is 'How often it was tried since it first failed.';
comment on column ops.parked.first_at is 'When it first failed.';
comment on column ops.parked.last_at is 'When it last failed.';
comment on column ops.parked.next_try_at is 'When it is tried again; null: only by another version, or when a person has mended it.';
comment on column ops.parked.feed_id is 'The feed, or the feed of the item: of poll.';
comment on column ops.parked.entry_id is 'The entry: of extract.';
comment on column ops.parked.article_id is 'The article: of extract where its page was looked at again, else of a later stage.';
comment on column ops.parked.name is 'Of an item of a feed a hash of its key, of an edition its subscriber, of a row of the watchlist its file and place; else null.';
