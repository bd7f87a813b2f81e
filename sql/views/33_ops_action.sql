create view ops.action as
select action.action_id, action.kind, action.feed_id, action.what, action.why, action.acted_by, action.acted_at
from news.action;
comment on view ops.action is 'What operators did to feeds and to what is parked, from the page or the command line.';
comment on column ops.action.action_id is 'Identity; grows with time.';
comment on column ops.action.kind is 'retry, disable or enable a feed; retry-parked.';
comment on column ops.action.feed_id is 'The feed; null of what is parked.';
comment on column ops.action.what is 'The feed''s address, or stage and name of what is parked.';
comment on column ops.action.why is 'In the words of who did it; empty if none.';
comment on column ops.action.acted_by is 'Who did it.';
comment on column ops.action.acted_at is 'When.';
