create view ops.delivery as
select edition_id, reader.name as subscriber, rhythm, local_date, due_at, edition.email, stories, subject,
       built_at, state, attempts, changed_at, next_try_at, told_at, sent_at, last_error, message_id,
       grouped_by, reader.left_at as reader_left_at,
       state in ('sent', 'skipped') or reader.left_at is not null or exists (
           select from news.edition as later
           join news.outbox as later_delivery on later_delivery.edition_id = later.edition_id
           where later.reader_id = edition.reader_id and later.edition_id > edition.edition_id
             and (later.rhythm = edition.rhythm or edition.rhythm = 'alert')
             and later_delivery.state = 'sent'
       ) as is_settled
from news.edition
join news.reader using (reader_id)
join news.outbox using (edition_id);
comment on view ops.delivery is 'Every edition and what became of it.';
comment on column ops.delivery.edition_id is 'Identity.';
comment on column ops.delivery.subscriber is 'Name of the reader in subscribers.yaml, by now.';
comment on column ops.delivery.rhythm is 'What made it due: daily, weekly or alert.';
comment on column ops.delivery.local_date is 'The reader''s date.';
comment on column ops.delivery.due_at is 'When it was due.';
comment on column ops.delivery.email is 'Where it goes, or went.';
comment on column ops.delivery.stories is 'Stories in it.';
comment on column ops.delivery.subject is 'Subject of the mail.';
comment on column ops.delivery.built_at is 'When it was built.';
comment on column ops.delivery.state is 'pending, sending, sent, deferred, refused, carried-over, unknown or skipped; refused and unknown want a person.';
comment on column ops.delivery.attempts is 'How often delivery was begun.';
comment on column ops.delivery.changed_at is 'When the state changed.';
comment on column ops.delivery.next_try_at is 'Not before that a deferred one is tried again, or one that waits for the editor is sent: at the next run of send_digest, or of send_alerts.';
comment on column ops.delivery.told_at is 'When its reader counted as told: what it tells is not told to them again. Null: the next edition tells it.';
comment on column ops.delivery.sent_at is 'When the server took it.';
comment on column ops.delivery.last_error is 'What the server said.';
comment on column ops.delivery.message_id is 'Message-ID of the mail.';
comment on column ops.delivery.grouped_by is 'The model that told which reports are of one event, and the version of its figures; words: no model of sentences was at hand, see NEWSWATCH_EMBEDDER.';
comment on column ops.delivery.reader_left_at is 'Since when its reader is inactive or out of subscribers.yaml: they are sent nothing more.';
comment on column ops.delivery.is_settled is 'Whether nobody has to see to it any more: it was sent, is not to be, or a later edition of its rhythm, after an alert of any, was sent to its reader.';

-- Addresses of readers, and what servers said of them.
revoke select on ops.delivery from newswatch_analyst;
grant select on ops.delivery to newswatch_operator;
