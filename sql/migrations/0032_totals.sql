-- What is counted of all that is published, kept by load so that no question counts it again; the
-- time of a flag, so that the flags of a time are found without their articles; and indexes for what
-- is looked for without words.

create table news.outlet_day (
    day       date not null,
    outlet    text not null,
    country   text,
    language  text,
    articles  int not null,
    originals int not null,
    unique nulls not distinct (day, outlet, country, language)
) with (fillfactor = 70);
comment on table news.outlet_day is 'How much each outlet published on each day: kept by load, and by what changes published articles.';
comment on column news.outlet_day.day is 'UTC day on which the articles were first seen.';
comment on column news.outlet_day.outlet is 'The outlet.';
comment on column news.outlet_day.country is 'Its country, as in news.article.';
comment on column news.outlet_day.language is 'The language of the articles.';
comment on column news.outlet_day.articles is 'Published articles, copies included; 0 where they went elsewhere.';
comment on column news.outlet_day.originals is 'Of these, originals.';
create index outlet_day_by_outlet on news.outlet_day (outlet, day);

create table news.story_total (
    story_id      bigint primary key references news.story on delete cascade,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    articles      int not null,
    originals     int not null,
    outlets       int not null
);
comment on table news.story_total is 'What is published of each story, counted; a story of which nothing is has no row.';
comment on column news.story_total.story_id is 'The story.';
comment on column news.story_total.first_seen_at is 'When the first of its published articles was seen.';
comment on column news.story_total.last_seen_at is 'When the newest of them was.';
comment on column news.story_total.articles is 'Published articles, copies included.';
comment on column news.story_total.originals is 'Of these, originals.';
comment on column news.story_total.outlets is 'Outlets of these articles.';
create index story_total_by_time on news.story_total (last_seen_at);

insert into news.outlet_day
select (first_seen_at at time zone 'UTC')::date, outlet, country, language, count(*),
       count(*) filter (where kind is null)
from news.article
join news.version_decision using (article_id)
join news.dedupe_version on dedupe_version.version = version_decision.algorithm_version
where loaded_at is not null
group by 1, 2, 3, 4
order by 1, 2, 3, 4;

insert into news.story_total
select story_id, min(first_seen_at), max(first_seen_at), count(*), count(*) filter (where kind is null),
       count(distinct outlet)
from news.article
join news.version_decision using (article_id)
join news.dedupe_version on dedupe_version.version = version_decision.algorithm_version
where loaded_at is not null and story_id is not null
group by 1;

alter table news.flag add seen_at timestamptz;
update news.flag set seen_at = first_seen_at from news.article where article.article_id = flag.article_id;
alter table news.flag alter seen_at set not null;
comment on column news.flag.seen_at is 'When the article was first seen, as there; kept by a trigger.';
create function news.keep_flag_time() returns trigger
language plpgsql as $$
begin
    new.seen_at := (select first_seen_at from news.article where article_id = new.article_id);
    return new;
end
$$;
create trigger flag_time before insert on news.flag
    for each row when (new.seen_at is null) execute function news.keep_flag_time();
create index flag_by_time on news.flag (topic, seen_at) where superseded_at is null;

create index article_by_country on news.article (country, first_seen_at desc);
create index article_by_language on news.article (split_part(language, '-', 1), first_seen_at desc);

-- A question about the last week asks from when on once, and the planner knows the answer: a time that
-- is looked up in a subquery it does not know, and takes for any.
create function analyst.newest_at() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    select first_seen_at from news.article
    where loaded_at is not null
    order by first_seen_at desc limit 1;
end;
comment on function analyst.newest_at() is
    'When the article was seen that was seen last: the time up to which today goes.';

-- Of a million articles a few copy a seed: a sample of the usual size has none of them, and the planner
-- takes them for many.
alter table news.version_decision alter duplicate_of_seed set statistics 1000;
alter table news.version_decision alter compared_with_seed set statistics 1000;

-- A fifth of a table that holds years is changed in months; these change at each cycle.
alter table news.article set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01,
    autovacuum_analyze_scale_factor = 0.01
);
alter table news.entry set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01,
    autovacuum_analyze_scale_factor = 0.01
);
alter table news.article_search set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01
);
alter table news.version_decision set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01,
    autovacuum_analyze_scale_factor = 0.01
);
alter table news.posting set (
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02
);
alter table news.flag set (
    autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02
);
alter table news.story set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table news.story_total set (
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02
);
alter table news.term set (autovacuum_vacuum_scale_factor = 0.02);
alter table news.page set (
    autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_scale_factor = 0.02
);
alter table news.feed_fetch set (autovacuum_vacuum_scale_factor = 0.02);
-- One row a feed, changed at each poll.
alter table news.feed set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
