-- What was executed: cycles and jobs, and in each run its stages.

create domain news.stage as text
    check (value in (
        'poll', 'extract', 'deduplicate', 'flag', 'load', 'send_digest', 'maintain',
        'reflag'
    ));
comment on domain news.stage is 'A stage of the cycle, or a job that runs beside it. Each value has its sentence in analyst.code.';

create table news.run (
    run_id      bigint generated always as identity primary key,
    started_at  timestamptz not null,
    finished_at timestamptz,
    decided_at  timestamptz not null,
    trigger     text not null,
    summary     jsonb
);
comment on table news.run is 'One cycle of the five stages, whoever started it.';
comment on column news.run.run_id is 'Identity.';
comment on column news.run.started_at is 'Wall-clock time at which the cycle began.';
comment on column news.run.finished_at is 'Wall-clock time at which load published it; null while it runs, or if it was killed.';
comment on column news.run.decided_at is 'The time that every decision of the cycle took as now (a replay moves it).';
comment on column news.run.trigger is 'Who started it: the Airflow run id, or cli.';
comment on column news.run.summary is 'The run summary as load wrote it.';
create unique index run_trigger on news.run (trigger) where trigger <> 'cli';

create table news.stage_run (
    stage_run_id bigint generated always as identity primary key,
    run_id       bigint not null references news.run,
    stage        news.stage not null,
    shard        int,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    counts       jsonb
);
comment on table news.stage_run is 'One execution of one stage, or of one shard of it; a retry is a row of its own.';
comment on column news.stage_run.stage_run_id is 'Identity.';
comment on column news.stage_run.run_id is 'The cycle it belongs to.';
comment on column news.stage_run.stage is 'The stage, or the job.';
comment on column news.stage_run.shard is 'Which shard of hosts; null for a stage that runs as one.';
comment on column news.stage_run.started_at is 'Wall-clock start.';
comment on column news.stage_run.ended_at is 'Wall-clock end; null while it runs, or if it was killed.';
comment on column news.stage_run.counts is 'What it did: name to number.';
create index stage_run_by_run on news.stage_run (run_id);
