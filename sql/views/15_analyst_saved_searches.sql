create view analyst.saved_search as
select search_id, name, asked, saved_by, saved_at from news.saved_search;
comment on view analyst.saved_search is 'The searches that people keep on the newsroom page.';
comment on column analyst.saved_search.search_id is 'Identity: /saved/ID of the page.';
comment on column analyst.saved_search.name is 'What it is called.';
comment on column analyst.saved_search.asked is 'The fields that are filled in, by their names: q (the words), outlet, country, language, topic, since, until, kind, in.';
comment on column analyst.saved_search.saved_by is 'Who saved it.';
comment on column analyst.saved_search.saved_at is 'When.';
