alter table news.feed add column first_entry_at timestamptz;
comment on column news.feed.first_entry_at is 'When the oldest entry of its first document was published: a page that claims to be older than all of its outlet''s feeds is not believed.';
create index on news.feed (outlet, first_entry_at);
