create view ops.alert as
select check_name, subject, severity, what, began_at, seen_at, ended_at, told, told_over
from news.alert;
comment on view ops.alert is 'What was found wrong with the running product, open or over, and who was told; docs/runbook.md has what to do by check_name.';
comment on column ops.alert.check_name is 'The check that found it: the heading of the runbook.';
comment on column ops.alert.subject is 'Which of many feeds, editions, components; empty: the whole.';
comment on column ops.alert.severity is 'notice (shown to who looks), warning (a person is told), critical (a person is woken).';
comment on column ops.alert.what is 'What is wrong, as a sentence.';
comment on column ops.alert.began_at is 'When it was first seen.';
comment on column ops.alert.seen_at is 'When it was last seen.';
comment on column ops.alert.ended_at is 'When it was last seen, once it is over; null while it lasts.';
comment on column ops.alert.told is 'The channels that took the message, by their names.';
comment on column ops.alert.told_over is 'The channels that were told that it is over.';

-- Addresses of readers, and what servers said of them.
revoke select on ops.alert from newswatch_analyst;
grant select on ops.alert to newswatch_operator;
