create view ops.delivery as
select edition_id, subscriber, local_date, email, stories, subject, built_at, state, attempts,
       changed_at, sent_at, last_error, message_id, grouped_by
from news.edition
join news.outbox using (edition_id);
comment on view ops.delivery is 'Every edition and what became of it.';
comment on column ops.delivery.edition_id is 'Identity.';
comment on column ops.delivery.subscriber is 'Name in subscribers.yaml.';
comment on column ops.delivery.local_date is 'The subscriber''s date.';
comment on column ops.delivery.email is 'Where it goes.';
comment on column ops.delivery.stories is 'Stories in it.';
comment on column ops.delivery.subject is 'Subject of the mail.';
comment on column ops.delivery.built_at is 'When it was built.';
comment on column ops.delivery.state is 'pending, sending, sent, failed, unknown or skipped; unknown wants a person.';
comment on column ops.delivery.attempts is 'How often delivery was begun.';
comment on column ops.delivery.changed_at is 'When the state changed.';
comment on column ops.delivery.sent_at is 'When the server took it.';
comment on column ops.delivery.last_error is 'What the server said.';
comment on column ops.delivery.message_id is 'Message-ID of the mail.';
comment on column ops.delivery.grouped_by is 'The model that told which reports are of one event, and the version of its figures; words: no model of sentences was at hand, see NEWSWATCH_EMBEDDER.';
