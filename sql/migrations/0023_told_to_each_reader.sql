-- An edition tells a reader what they were not told yet; a delivery lives until the next one is due.

create table news.reader (
    reader_id    bigint generated always as identity primary key,
    name         text not null unique,
    email        text not null,
    since_at     timestamptz not null,
    starts_after bigint not null,
    left_at      timestamptz
);
comment on table news.reader is 'Who gets the brief, as subscribers.yaml said last.';
comment on column news.reader.reader_id is 'Identity: it stays when the name or the address changes.';
comment on column news.reader.name is 'Name in subscribers.yaml.';
comment on column news.reader.email is 'Address there; a host outside ASCII in its ASCII form.';
comment on column news.reader.since_at is 'When they were first seen there, or again after more than a day of absence.';
comment on column news.reader.starts_after is 'They are told of publications after this number: those of the day before since_at, and later ones.';
comment on column news.reader.left_at is 'Since when they are inactive or out of the file; null while they get the brief.';
insert into news.reader (name, email, since_at, starts_after)
select distinct on (subscriber) subscriber, email,
       min(built_at) over (partition by subscriber), min(covers_after) over (partition by subscriber)
from news.edition order by subscriber, edition_id desc;

alter table news.edition add reader_id bigint references news.reader;
alter table news.edition add due_at timestamptz;
update news.edition set due_at = numbered.due_at, reader_id = reader.reader_id
from news.reader, (
    select edition_id, built_at + interval '1 microsecond'
        * (row_number() over (partition by subscriber, built_at order by edition_id) - 1) as due_at
    from news.edition
) as numbered
where reader.name = subscriber and numbered.edition_id = edition.edition_id;
alter table news.edition alter reader_id set not null;
alter table news.edition alter due_at set not null;
alter table news.edition drop constraint edition_subscriber_local_date_key;
alter table news.edition add unique (reader_id, due_at);
create index edition_by_reader on news.edition (reader_id, edition_id);
comment on table news.edition is 'One issue of the brief for one reader, as it was built: what was published for them and not told to them yet.';
comment on column news.edition.reader_id is 'Whom it is for.';
comment on column news.edition.due_at is 'When it was due: one edition each.';
comment on column news.edition.subscriber is 'The reader''s name at the time.';
comment on column news.edition.local_date is 'The date in the reader''s time zone when it was due.';
comment on column news.edition.email is 'Where it goes, or went.';
comment on column news.edition.covers_after is 'The last publication that was told before: articles after it, and those before it that were not told yet, ...';
comment on column news.edition.covers_up_to is '... and up to this publication are in it.';

alter table news.edition_story add is_told boolean not null default true;
alter table news.edition_story alter is_told drop default;
comment on table news.edition_story is 'What an edition had to tell: the flagged articles that its reader had not been told of.';
comment on column news.edition_story.article_id is 'The article.';
comment on column news.edition_story.is_told is 'Whether the mail tells it or leads to it. If not, or if the mail was never handed over, the next edition has to.';

alter table news.outbox add told_at timestamptz;
alter table news.outbox add next_try_at timestamptz;
alter table news.outbox add handing_over_at timestamptz;
alter domain news.delivery_state drop constraint delivery_state_check;
update news.outbox set told_at = coalesce(sent_at, changed_at) where state in ('sent', 'unknown');
update news.outbox set next_try_at = changed_at, state = 'deferred' where state = 'failed';
update news.outbox set state = 'carried-over'
where state in ('pending', 'deferred') and edition_id not in (
    select max(edition_id) from news.edition group by reader_id
);
alter domain news.delivery_state add constraint delivery_state_check check (value in (
    'pending', 'sending', 'sent', 'deferred', 'refused', 'carried-over', 'unknown', 'skipped'
));
drop index news.outbox_waiting;
create index outbox_waiting on news.outbox (edition_id)
    where state in ('pending', 'sending', 'deferred');
create index outbox_undelivered on news.outbox (edition_id) where state not in ('sent', 'skipped');
comment on column news.outbox.state is 'pending; sending; sent; deferred (tried again at next_try_at); refused (for good); carried-over (the next edition was due, and tells what it would have); unknown (broke after the hand-over, never sent again by itself); skipped (of a day long past).';
comment on column news.outbox.told_at is 'When its reader counted as told: the server took it, or may have.';
comment on column news.outbox.next_try_at is 'Not tried before this; null: at once.';
comment on column news.outbox.handing_over_at is 'When the text began to be given to the server in the last try; null: it certainly has nothing of it.';
comment on column news.outbox.sent_at is 'When the server took it, last.';
comment on column news.outbox.changed_at is 'When the state changed.';
