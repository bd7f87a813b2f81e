create view ops.deliveries as
select edition_id, subscriber, local_date, email, stories, subject, built_at, state, attempts,
       changed_at, sent_at, last_error, message_id
from news.edition
join news.outbox using (edition_id);
comment on view ops.deliveries is 'Every edition and what became of it.';
comment on column ops.deliveries.edition_id is 'Identity.';
comment on column ops.deliveries.subscriber is 'Name in subscribers.yaml.';
comment on column ops.deliveries.local_date is 'The subscriber''s date.';
comment on column ops.deliveries.email is 'Where it goes.';
comment on column ops.deliveries.stories is 'Stories in it.';
comment on column ops.deliveries.subject is 'Subject of the mail.';
comment on column ops.deliveries.built_at is 'When it was built.';
comment on column ops.deliveries.state is 'pending, sending, sent, failed, unknown or skipped; unknown wants a person.';
comment on column ops.deliveries.attempts is 'How often delivery was begun.';
comment on column ops.deliveries.changed_at is 'When the state changed.';
comment on column ops.deliveries.sent_at is 'When the server took it.';
comment on column ops.deliveries.last_error is 'What the server said.';
comment on column ops.deliveries.message_id is 'Message-ID of the mail.';
