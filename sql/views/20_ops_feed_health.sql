create view ops.feed_health as
with recent as (
    select
        feed_id,
        count(*) filter (where first_seen_at > polled.latest - interval '1 day') as entries_24h,
        count(*) as entries_7d
    from news.entry
    cross join (select max(last_polled_at) as latest from news.feed) as polled
    where first_seen_at > polled.latest - interval '7 days'
    group by feed_id
)
select
    feed.feed_id,
    feed.outlet,
    feed.url,
    feed.country,
    feed.language,
    feed.kind,
    feed.urgent,
    feed.enabled,
    feed.disabled_by,
    feed.origin,
    feed.state,
    feed.state_since,
    feed.state_reason,
    feed.failures,
    feed.next_poll_at,
    feed.next_poll_reason,
    feed.last_polled_at,
    feed.last_outcome,
    feed.last_status,
    feed.last_success_at,
    feed.last_entry_at,
    coalesce(recent.entries_24h, 0) as entries_24h,
    coalesce(recent.entries_7d, 0) as entries_7d,
    feed.entries_per_day,
    feed.problem,
    feed.fetch_url,
    feed.redirect_target,
    feed.created_at
from news.feed
left join recent using (feed_id);
comment on view ops.feed_health is 'Every feed: how it fares, since when, and what happens next.';
comment on column ops.feed_health.feed_id is 'Identity.';
comment on column ops.feed_health.outlet is 'Who publishes it.';
comment on column ops.feed_health.url is 'The address in the watchlist.';
comment on column ops.feed_health.country is 'ISO 3166-1 alpha-2 code.';
comment on column ops.feed_health.language is 'BCP 47 tag.';
comment on column ops.feed_health.kind is 'What kind of outlet it is.';
comment on column ops.feed_health.urgent is 'Polled at every cycle.';
comment on column ops.feed_health.enabled is 'False: it is not polled.';
comment on column ops.feed_health.disabled_by is 'hand, or watchlist (it no longer stands there); null while enabled.';
comment on column ops.feed_health.origin is 'watchlist or import.';
comment on column ops.feed_health.state is 'active; moved (works, at another address); throttled (the host asked to wait); backing-off (failing); broken (failing, and needs a person); gone (410).';
comment on column ops.feed_health.state_since is 'When it came into this state.';
comment on column ops.feed_health.state_reason is 'Why, as a sentence; null while active.';
comment on column ops.feed_health.failures is 'Failed polls in a row.';
comment on column ops.feed_health.next_poll_at is 'When it is polled next; no state is for ever.';
comment on column ops.feed_health.next_poll_reason is 'Why then.';
comment on column ops.feed_health.last_polled_at is 'When it was last requested.';
comment on column ops.feed_health.last_outcome is 'What came of that.';
comment on column ops.feed_health.last_status is 'Its HTTP status; null if there was no answer.';
comment on column ops.feed_health.last_success_at is 'When it last answered with a feed, or with 304.';
comment on column ops.feed_health.last_entry_at is 'When it last brought a new entry.';
comment on column ops.feed_health.entries_24h is 'New entries in the day before the newest poll of any feed.';
comment on column ops.feed_health.entries_7d is 'The same for seven days.';
comment on column ops.feed_health.entries_per_day is 'Its pace, smoothed.';
comment on column ops.feed_health.problem is 'What was wrong with its last document, although it could be read.';
comment on column ops.feed_health.fetch_url is 'The address that is requested.';
comment on column ops.feed_health.redirect_target is 'Where it redirects for good, until that is believed.';
comment on column ops.feed_health.created_at is 'When it was added.';

create view ops.feed_failure as
select
    feed.outlet,
    feed.url,
    poll.outcome,
    poll.status,
    count(*) as polls,
    min(poll.fetched_at) as first_at,
    max(poll.fetched_at) as last_at,
    (array_agg(poll.detail order by poll.feed_fetch_id desc))[1] as detail
from news.feed_fetch as poll
join news.feed using (feed_id)
where poll.outcome not in ('ok', 'not-modified', 'unchanged')
group by feed.feed_id, poll.outcome, poll.status;
comment on view ops.feed_failure is 'Failed polls by feed and reason, as far back as the log is kept.';
comment on column ops.feed_failure.outlet is 'Who publishes the feed.';
comment on column ops.feed_failure.url is 'The feed.';
comment on column ops.feed_failure.outcome is 'Why it failed: http-error, timeout, parse-failure ...';
comment on column ops.feed_failure.status is 'HTTP status; null if there was no answer.';
comment on column ops.feed_failure.polls is 'How many polls failed so.';
comment on column ops.feed_failure.first_at is 'When first.';
comment on column ops.feed_failure.last_at is 'When last.';
comment on column ops.feed_failure.detail is 'What the newest of them says.';
