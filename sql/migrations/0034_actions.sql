-- What operators do to feeds and to what is parked, and who did it.

create domain news.action_kind as text check (value in ('retry', 'disable', 'enable', 'retry-parked'));
comment on domain news.action_kind is 'What an operator did. Each value has its sentence in analyst.code.';

create table news.action (
    action_id bigint generated always as identity primary key,
    kind      news.action_kind not null,
    feed_id   bigint references news.feed on delete cascade,
    what      text not null,
    why       text not null,
    acted_by  text not null,
    acted_at  timestamptz not null,
    constraint actions_on_feeds_have_one check (kind = 'retry-parked' or feed_id is not null)
);
comment on table news.action is 'What operators did, from the page or the command line: it changes how what feeds.yaml lists is polled, never what it lists.';
comment on column news.action.action_id is 'Identity.';
comment on column news.action.kind is 'retry, disable or enable a feed; retry-parked.';
comment on column news.action.feed_id is 'The feed; null of what is parked.';
comment on column news.action.what is 'The feed''s address, or stage and name of what is parked.';
comment on column news.action.why is 'In the words of who did it; empty if none.';
comment on column news.action.acted_by is 'Who did it.';
comment on column news.action.acted_at is 'When.';
create index action_by_feed on news.action (feed_id, action_id) where feed_id is not null;
