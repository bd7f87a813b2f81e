create view ops.outage as
select
    outage.shard,
    outage.began_at,
    outage.ended_at,
    outage.ended_at - outage.began_at as lasted,
    outage.hosts_polled,
    outage.hosts_failed
from news.outage;
comment on view ops.outage is 'When most hosts of a shard could not be reached: it was we who were offline.';
comment on column ops.outage.shard is 'The shard of hosts that saw it.';
comment on column ops.outage.began_at is 'The first poll that saw it.';
comment on column ops.outage.ended_at is 'The first poll that reached most hosts again; null while it lasts.';
comment on column ops.outage.lasted is 'From the one to the other; null while it lasts.';
comment on column ops.outage.hosts_polled is 'How many hosts that first poll asked.';
comment on column ops.outage.hosts_failed is 'How many of them could not be reached.';
