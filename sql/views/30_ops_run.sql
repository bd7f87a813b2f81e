create view ops.run as
select
    run.run_id,
    run.trigger,
    run.decided_at,
    run.restarted_at,
    run.started_at,
    run.finished_at,
    extract(epoch from run.finished_at - run.started_at)::double precision as seconds,
    (run.summary -> 'load' ->> 'articles')::int as articles,
    (run.summary -> 'load' ->> 'copies')::int as copies,
    (run.summary -> 'load' ->> 'flagged')::int as flagged,
    (select coalesce(sum((counts ->> 'parked')::int), 0)::int
     from jsonb_path_query(run.summary, 'strict $.*') as counts) as parked,
    run.summary
from news.run;
comment on view ops.run is 'Every cycle or job, newest by run_id.';
comment on column ops.run.run_id is 'Identity.';
comment on column ops.run.trigger is 'The Airflow run id, or cli.';
comment on column ops.run.decided_at is 'What every decision took as now.';
comment on column ops.run.restarted_at is 'When it was cleared more than an hour after it began, and took that time as now; null if it was not.';
comment on column ops.run.started_at is 'Wall-clock start.';
comment on column ops.run.finished_at is 'Wall-clock end; null while it runs, if it was killed, or if it did not come to load.';
comment on column ops.run.seconds is 'Wall-clock duration.';
comment on column ops.run.articles is 'Articles published.';
comment on column ops.run.copies is 'Of these, copies.';
comment on column ops.run.flagged is 'Of these, flagged originals.';
comment on column ops.run.parked is 'Items that its stages failed at and parked: see ops.parked.';
comment on column ops.run.summary is 'Per stage what it counted.';

create view ops.stage_run as
select
    stage_run.stage_run_id,
    stage_run.run_id,
    stage_run.stage,
    stage_run.shard,
    stage_run.started_at,
    stage_run.ended_at,
    extract(epoch from stage_run.ended_at - stage_run.started_at)::double precision as seconds,
    stage_run.counts
from news.stage_run;
comment on view ops.stage_run is 'Every execution of a stage; one that never ended was killed or runs still.';
comment on column ops.stage_run.stage_run_id is 'Identity.';
comment on column ops.stage_run.run_id is 'The run it belongs to.';
comment on column ops.stage_run.stage is 'The stage or job.';
comment on column ops.stage_run.shard is 'The shard of hosts; null for a stage that runs as one.';
comment on column ops.stage_run.started_at is 'Wall-clock start.';
comment on column ops.stage_run.ended_at is 'Wall-clock end; null if it never ended.';
comment on column ops.stage_run.seconds is 'Wall-clock duration.';
comment on column ops.stage_run.counts is 'What it did: name to number.';

create view ops.backlog as
select 'extract' as stage, count(*) as waiting, min(first_seen_at) as oldest
from news.entry where status = 'pending'
  and not exists (select from news.parked where stage = 'extract' and parked.entry_id = entry.entry_id)
union all
select 'deduplicate', count(*), min(first_seen_at)
from news.article where deduplicated_at is null
  and not exists (select from news.parked where stage = 'deduplicate' and parked.article_id = article.article_id)
union all
select 'flag', count(*), min(first_seen_at)
from news.article where deduplicated_at is not null and flagged_at is null
  and not exists (select from news.parked where stage = 'flag' and parked.article_id = article.article_id)
union all
select 'load', count(*), min(first_seen_at)
from news.article where flagged_at is not null and loaded_at is null
  and not exists (select from news.parked where stage = 'load' and parked.article_id = article.article_id)
union all
select 'parked', count(*), min(first_at)
from news.parked where kind <> 'wrong';
comment on view ops.backlog is 'What waits before each stage; it should be near nothing after a run.';
comment on column ops.backlog.stage is 'The stage that has to take it, parked items aside; these are one row of their own.';
comment on column ops.backlog.waiting is 'How many entries or articles wait.';
comment on column ops.backlog.oldest is 'When the oldest of them was first seen.';

create view ops.page_failure as
select
    entry.host,
    coalesce(page.kind, page.outcome || coalesce(' ' || page.status, '')) as reason,
    count(*) as pages,
    max(page.fetched_at) as last_at,
    (array_agg(page.url order by page.page_id desc))[1] as example
from news.page
join news.entry using (entry_id)
where page.outcome <> 'ok' or page.kind is distinct from 'article'
group by 1, 2;
comment on view ops.page_failure is 'Pages that gave no article, by host and reason.';
comment on column ops.page_failure.host is 'Host of the page.';
comment on column ops.page_failure.reason is 'Page kind, or why it could not be fetched.';
comment on column ops.page_failure.pages is 'How many.';
comment on column ops.page_failure.last_at is 'When last.';
comment on column ops.page_failure.example is 'The newest such address.';
