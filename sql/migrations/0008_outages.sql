create table news.outage (
    outage_id    bigint generated always as identity primary key,
    shard        int not null,
    began_at     timestamptz not null,
    ended_at     timestamptz,
    hosts_polled int not null,
    hosts_failed int not null,
    alerted_at   timestamptz
);
comment on table news.outage is 'Times in which most hosts of a shard could not be reached: it was we who were offline.';
comment on column news.outage.outage_id is 'Identity.';
comment on column news.outage.shard is 'The shard of hosts that saw it.';
comment on column news.outage.began_at is 'The first poll that saw it.';
comment on column news.outage.ended_at is 'The first poll that reached most hosts again; null while it lasts.';
comment on column news.outage.hosts_polled is 'How many hosts that first poll asked.';
comment on column news.outage.hosts_failed is 'How many of them could not be reached.';
comment on column news.outage.alerted_at is 'When a person was told; null if that was not needed, or failed.';
create unique index outage_open on news.outage (shard) where ended_at is null;
