-- What operators are told, and what is needed to tell and to forget in time.

create domain news.severity as text check (value in ('notice', 'warning', 'critical'));
comment on domain news.severity is 'How urgent what is wrong is. Each value has its sentence in analyst.code.';

create domain news.run_failure_kind as text check (value in ('failed', 'late'));
comment on domain news.run_failure_kind is 'What is wrong with a run. Each value has its sentence in analyst.code.';

create table news.alert (
    check_name    text not null,
    subject       text not null,
    severity      news.severity not null,
    what          text not null,
    began_at      timestamptz not null,
    seen_at       timestamptz not null,
    told          text[] not null default '{}',
    told_severity news.severity not null default 'notice',
    ended_at      timestamptz,
    told_over     text[] not null default '{}',
    primary key (check_name, subject, began_at)
);
comment on table news.alert is 'What was found wrong with the running product, from when it was seen until it was over, and who was told.';
comment on column news.alert.check_name is 'The check that found it: the heading of the runbook.';
comment on column news.alert.subject is 'Which of many feeds, editions, components; empty: the whole.';
comment on column news.alert.severity is 'notice (shown to who looks), warning (a person is told), critical (a person is woken).';
comment on column news.alert.what is 'What is wrong, as a sentence.';
comment on column news.alert.began_at is 'When it was first seen.';
comment on column news.alert.seen_at is 'When it was last seen.';
comment on column news.alert.told is 'The channels that took the message, by their names.';
comment on column news.alert.told_severity is 'How severe it was then: what becomes more severe is told again.';
comment on column news.alert.ended_at is 'When it was over; null while it lasts.';
comment on column news.alert.told_over is 'The channels that were told that it is over.';
create index alert_open on news.alert (check_name, subject) where ended_at is null;
create index alert_by_end on news.alert (ended_at);

create table news.run_failure (
    dag       text not null,
    kind      news.run_failure_kind not null,
    what      text not null,
    failed_at timestamptz not null,
    mended_at timestamptz
);
comment on table news.run_failure is 'Runs of DAGs that failed or were late, as Airflow told, until a later run of the DAG went well.';
comment on column news.run_failure.dag is 'The DAG.';
comment on column news.run_failure.kind is 'failed or late.';
comment on column news.run_failure.what is 'Which run, and of what it failed.';
comment on column news.run_failure.failed_at is 'When the first of them was told.';
comment on column news.run_failure.mended_at is 'When a run of the DAG went well again; null until then.';
create unique index run_failure_open on news.run_failure (dag, kind) where mended_at is null;
create index run_failure_by_end on news.run_failure (mended_at);

create table news.feed_volume (
    feed_id    bigint primary key references news.feed on delete cascade,
    counted_at timestamptz not null,
    daily      int[] not null
);
comment on table news.feed_volume is 'How many new entries each feed brought on each of the last 28 days: the band by which its silence is told.';
comment on column news.feed_volume.feed_id is 'The feed.';
comment on column news.feed_volume.counted_at is 'The end of the last of the days.';
comment on column news.feed_volume.daily is 'New entries a day, the oldest day first; days before the feed was known are left out.';

-- Operators are told of an outage as of anything else: see news.alert.
alter table news.outage drop column alerted_at;

create index stage_run_by_stage on news.stage_run (stage, started_at);
create index stage_run_by_time on news.stage_run (started_at);
create index run_by_finish on news.run (finished_at);
create index run_by_start on news.run (started_at);
