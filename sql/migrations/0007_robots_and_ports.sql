alter table news.feed add column ports int[] not null default '{}';
comment on column news.feed.ports is 'Ports that it and its pages may use beside 80 and 443.';

create table news.robots (
    site          text primary key,
    rules         text not null,
    checked_at    timestamptz not null,
    etag          text,
    last_modified text
);
comment on table news.robots is 'Each site''s robots.txt, as it was last read.';
comment on column news.robots.site is 'Scheme, host and, if it is not the usual one, port.';
comment on column news.robots.rules is 'The file; empty where the site has none.';
comment on column news.robots.checked_at is 'When it was last asked for; after a day it is asked for again.';
comment on column news.robots.etag is 'Validator of the last answer, opaque.';
comment on column news.robots.last_modified is 'Validator of the last answer, opaque.';
