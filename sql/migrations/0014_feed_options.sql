-- What some feeds need beyond an address, what is known of the zone of an entry's date, and an index
-- for entries that are known by their words only.

create domain news.feed_identity as text check (value in ('guid', 'link', 'title'));
comment on domain news.feed_identity is 'By what a feed''s items are told apart. Each value has its sentence in analyst.code.';
create domain news.zone_known as text check (value in ('given', 'none', 'unknown'));
comment on domain news.zone_known is 'What a date says of its zone. Each value has its sentence in analyst.code.';

alter table news.feed
    add column identity   news.feed_identity,
    add column login      text,
    add column cookies    text,
    add column user_agent text,
    add column pages      boolean not null default true;
comment on column news.feed.identity is 'By what its items are told apart; null: by what the document itself shows to be their own.';
comment on column news.feed.login is 'The name of its user and password in NEWSWATCH_FEED_LOGINS; null: it is open to all.';
comment on column news.feed.cookies is 'Cookies that its host is sent, name=value, parted by semicolons.';
comment on column news.feed.user_agent is 'What it and its pages are told that we are; null: what all are told.';
comment on column news.feed.pages is 'False: its own texts are enough, the pages behind them are not fetched.';

alter table news.entry add column published_zone news.zone_known;
comment on column news.entry.published_zone is 'What the date as written says of its zone: without one UTC was assumed. Null: there is no date.';
create index entry_by_words on news.entry (feed_id, content_hash);
