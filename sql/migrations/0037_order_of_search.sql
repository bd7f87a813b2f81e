-- The order of search is the time and, within a time, the id: what is stored by one cycle has one time,
-- and a page of results must not sort all of it.

drop index news.article_by_time;
create index article_by_time on news.article (first_seen_at, article_id);
drop index news.article_by_outlet;
create index article_by_outlet on news.article (outlet, first_seen_at desc, article_id desc);
drop index news.article_by_country;
create index article_by_country on news.article (country, first_seen_at desc, article_id desc);
drop index news.article_by_language;
create index article_by_language on news.article
    (split_part(language, '-', 1), first_seen_at desc, article_id desc);
drop index news.flag_by_time;
create index flag_by_time on news.flag (topic, seen_at, article_id) where superseded_at is null;

create function analyst.stretch(
    before_at timestamptz, before_id bigint, since timestamptz, most integer,
    out oldest_at timestamptz, out oldest_id bigint, out lowest_id bigint, out highest_id bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
    with newest as not materialized (
        select first_seen_at, article_id from news.article
        where (first_seen_at, article_id) < (before_at, before_id) and first_seen_at >= since
        order by first_seen_at desc, article_id desc
    )
    select oldest.first_seen_at, oldest.article_id, ids.lowest, ids.highest
    from (
        select min(article_id) as lowest, max(article_id) as highest
        from (select article_id from newest limit most) as all_of_them
    ) as ids
    left join lateral (select * from newest offset most - 1 limit 1) as oldest on true;
end;
comment on function analyst.stretch is
    'Of the newest articles before a place in the order of seen_at and article_id, so many: the place of the last one, null if there are fewer, and between which ids all of them lie.';
