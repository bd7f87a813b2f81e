-- Editions in several rhythms: the daily brief, a review of the week, an alert.

create domain news.rhythm as text check (value in ('daily', 'weekly', 'alert'));
comment on domain news.rhythm is 'What makes an edition due. Each value has its sentence in analyst.code.';
alter table news.edition add rhythm news.rhythm not null default 'daily';
alter table news.edition alter rhythm drop default;
alter table news.edition drop constraint edition_reader_id_due_at_key;
alter table news.edition add unique (reader_id, rhythm, due_at);
comment on table news.edition is 'One issue of the brief, or of another rhythm, for one reader, as it was built.';
comment on column news.edition.rhythm is 'What made it due. Only what a daily brief tells counts as told to the next one.';
comment on column news.edition.due_at is 'When it was due: one edition of a rhythm each.';

alter domain news.stage drop constraint stage_check;
alter domain news.stage add constraint stage_check check (value in (
    'poll', 'extract', 'deduplicate', 'flag', 'load', 'send_digest', 'send_alerts', 'maintain', 'reflag'
));
