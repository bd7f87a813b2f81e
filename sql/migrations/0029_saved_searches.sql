-- What people look for again and again, by a name.
create table news.saved_search (
    search_id bigint generated always as identity primary key,
    name      text not null,
    asked     jsonb not null,
    saved_by  text not null,
    saved_at  timestamptz not null,
    constraint asked_is_an_object check (jsonb_typeof(asked) = 'object')
);
comment on table news.saved_search is 'Searches of the newsroom page that somebody keeps; their feeds go out by their ids.';
comment on column news.saved_search.search_id is 'Identity; that of a deleted one is not given again.';
comment on column news.saved_search.name is 'What it is called; unlike every other, whatever the case of its letters.';
comment on column news.saved_search.asked is 'The fields of the page of search that are filled in, by their names: q, outlet, country, language, topic, since, until, kind, in.';
comment on column news.saved_search.saved_by is 'Who saved it.';
comment on column news.saved_search.saved_at is 'When.';
create unique index saved_search_by_name on news.saved_search (lower(name));
