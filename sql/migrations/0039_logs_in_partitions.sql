-- The log of polls, a partition a week, and the bodies of pages, a partition a day: what is too old is
-- dropped with its partition. Neither has a foreign key: to make a partition would lock the table that
-- it refers to against its writers, and each run that is forgotten would change all of its polls.

create function news.parts_of(parent regclass)
returns table (part regclass, since timestamptz, until timestamptz)
language sql stable set search_path = pg_catalog, pg_temp
begin atomic
    select pg_class.oid::regclass,
           (regexp_match(bounds, 'FROM \(''([^'']+)'))[1]::timestamptz,
           (regexp_match(bounds, 'TO \(''([^'']+)'))[1]::timestamptz
    from pg_inherits join pg_class on pg_class.oid = inhrelid
    cross join lateral pg_get_expr(relpartbound, pg_class.oid) as bounds
    where inhparent = parent;
end;
comment on function news.parts_of is
    'The partitions of a table by time, each from when and until when; the one for what has no partition of its own has neither.';

-- The two below are the owner's: the program itself may change rows and no table. They lock the table first,
-- and wait for that no longer than others may wait behind them; a vacuum stands aside after a second.

create function news.make_parts(parent regclass, width interval, since timestamptz, number int)
returns int language plpgsql security definer
set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s'
as $$
declare
    of_the_rest regclass := (
        select part from news.parts_of(parent) as known where known.since is null and known.until is null
    );
    name text := (select relname from pg_class where oid = parent);
    first timestamptz := date_bin(width, since, '2024-01-01');  -- a Monday
    start timestamptz;
    is_taken boolean;
    made int := 0;
begin
    -- Readers go on. A row on its way to the partition of the rest would be refused there afterwards.
    execute format('lock table %s in share row exclusive mode', parent);
    for start in select first + nth * width from generate_series(0, number - 1) as nth loop
        continue when exists (
            select from news.parts_of(parent) as known
            where (known.since is not null or known.until is not null)
              and coalesce(known.since < start + width, true) and coalesce(known.until > start, true)
        );
        execute format('select exists (select from %s where fetched_at >= %L and fetched_at < %L)',
                       of_the_rest, start, start + width) into is_taken;
        continue when is_taken;
        -- Made apart and then attached, which lets readers go on.
        execute format('create table news.%I (like %s including all excluding identity)',
                       name || to_char(start, '_YYYYMMDD'), parent);
        execute format('alter table %s attach partition news.%I for values from (%L) to (%L)',
                       parent, name || to_char(start, '_YYYYMMDD'), start, start + width);
        made := made + 1;
    end loop;
    return made;
end
$$;
comment on function news.make_parts is
    'Makes the partitions that a table lacks: so many of that width, from the one on that this time lies in. One whose rows lie in the partition of the rest already is left out. How many.';

create function news.drop_part(parent regclass, before timestamptz)
returns boolean language plpgsql security definer
set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
    oldest regclass;
begin
    if not exists (select from news.parts_of(parent) as known where known.until <= before) then
        return false;
    end if;
    execute format('lock table %s in access exclusive mode', parent);
    select part into oldest from news.parts_of(parent) as known where known.until <= before
    order by known.until limit 1;
    if oldest is null then  -- somebody else came first
        return false;
    end if;
    execute format('drop table %s', oldest);
    return true;
end
$$;
comment on function news.drop_part is
    'Drops the oldest partition of a table, if all that belongs in it is older than that time; whether there was one.';

revoke execute on function news.make_parts, news.drop_part, news.parts_of from public;
grant execute on function news.make_parts, news.drop_part, news.parts_of to newswatch_writer;

-- What there is stays where it is: the table becomes the partition of all that was before the next week.
do $$
declare
    last_id bigint := coalesce(pg_sequence_last_value('news.feed_fetch_feed_fetch_id_seq'), 0);
    next_week timestamptz := date_bin('7 days', now(), '2024-01-01 00:00+00') + interval '7 days';
begin
    alter table news.feed_fetch rename to feed_fetch_before;
    alter table news.feed_fetch_before
        alter column feed_fetch_id drop identity,
        drop constraint feed_fetch_pkey,
        drop constraint feed_fetch_feed_id_fkey,
        drop constraint feed_fetch_run_id_fkey;
    drop index news.feed_fetch_by_run, news.feed_fetch_by_time;
    alter index news.feed_fetch_by_feed rename to feed_fetch_before_by_feed;

    create table news.feed_fetch (
        like news.feed_fetch_before including defaults including comments
    ) partition by range (fetched_at);
    alter table news.feed_fetch add primary key (fetched_at, feed_fetch_id);
    create index feed_fetch_by_feed on news.feed_fetch (feed_id, fetched_at desc);
    execute format(
        'alter table news.feed_fetch'
        ' alter column feed_fetch_id add generated always as identity (start with %s)', last_id + 1
    );
    create table news.feed_fetch_rest partition of news.feed_fetch default
        with (autovacuum_vacuum_scale_factor = 0.02);

    with ahead as (
        delete from news.feed_fetch_before where fetched_at >= next_week returning *
    )
    insert into news.feed_fetch overriding system value select * from ahead;
    if exists (select from news.feed_fetch_before) then
        execute format(
            'alter table news.feed_fetch attach partition news.feed_fetch_before'
            ' for values from (minvalue) to (%L)', next_week
        );
    else
        drop table news.feed_fetch_before;
    end if;
end
$$;
comment on table news.feed_fetch is 'The log of polls, kept for NEWSWATCH_KEEP_FETCHES_DAYS by whole weeks.';
comment on column news.feed_fetch.feed_id is 'The feed. A foreign key would lock all feeds whenever a partition is made.';
comment on column news.feed_fetch.run_id is 'The cycle; it may be forgotten before the poll is.';

-- The bodies stay where they are: it is the log of the fetches that moves.
do $$
declare
    last_id bigint := coalesce(pg_sequence_last_value('news.page_page_id_seq'), 0);
    tomorrow timestamptz := date_bin('1 day', now(), '2024-01-01 00:00+00') + interval '1 day';
begin
    alter table news.page rename to page_body_before;
    alter table news.page_body_before
        alter column page_id drop identity,
        drop constraint page_pkey,
        drop constraint page_entry_id_fkey,
        drop constraint page_run_id_fkey;
    drop index news.page_by_entry, news.page_by_run, news.page_by_time, news.page_with_body;

    create table news.page (like news.page_body_before including defaults including comments)
        with (autovacuum_vacuum_scale_factor = 0.02);
    alter table news.page drop column body;
    insert into news.page
    select page_id, entry_id, run_id, fetched_at, url, final_url, outcome, status, kind, detail, etag,
           last_modified, bytes, elapsed_ms
    from news.page_body_before;
    execute format(
        'alter table news.page'
        ' alter column page_id add generated always as identity (start with %s)', last_id + 1
    );
    alter table news.page
        add primary key (page_id),
        add foreign key (entry_id) references news.entry on delete cascade,
        add foreign key (run_id) references news.run on delete set null;
    create index page_by_entry on news.page (entry_id);
    create index page_by_run on news.page (run_id);
    create index page_by_time on news.page (fetched_at);

    create table news.page_body (
        page_id    bigint not null,
        fetched_at timestamptz not null,
        body       bytea not null,
        primary key (fetched_at, page_id)
    ) partition by range (fetched_at);
    create table news.page_body_rest partition of news.page_body default
        with (autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_scale_factor = 0.02);

    delete from news.page_body_before where body is null;
    alter table news.page_body_before
        drop column entry_id, drop column run_id, drop column url, drop column final_url,
        drop column outcome, drop column status, drop column kind, drop column detail,
        drop column etag, drop column last_modified, drop column bytes, drop column elapsed_ms,
        alter column body set not null;
    with ahead as (
        delete from news.page_body_before where fetched_at >= tomorrow returning *
    )
    insert into news.page_body select page_id, fetched_at, body from ahead;
    if exists (select from news.page_body_before) then
        execute format(
            'alter table news.page_body attach partition news.page_body_before'
            ' for values from (minvalue) to (%L)', tomorrow
        );
    else
        drop table news.page_body_before;
    end if;
end
$$;
comment on table news.page is 'Each fetch of an article''s page, kept for NEWSWATCH_KEEP_FETCHES_DAYS.';
comment on table news.page_body is 'The pages as they were fetched, kept for NEWSWATCH_KEEP_PAGES_DAYS by whole days. Nothing of the program reads them: they are for people.';
comment on column news.page_body.page_id is 'The fetch, a row of news.page.';
comment on column news.page_body.fetched_at is 'When, as there.';
comment on column news.page_body.body is 'The page.';

select news.make_parts('news.feed_fetch', '7 days', now(), 7);
select news.make_parts('news.page_body', '1 day', now(), 7);
