-- The order in which articles were published: that of the commits, whatever the clock said.

create sequence news.publication_number as bigint;
comment on sequence news.publication_number is 'One number for each time that load publishes; taken under a lock that is held until the commit, so that numbers become visible in ascending order.';

alter table news.article add publication bigint;
comment on column news.article.publication is 'The number of the publication that brought it into the analyst views; null while it waits. Later commits have higher numbers.';
update news.article set publication = nextval('news.publication_number') where loaded_at is not null;
create index article_by_publication on news.article (publication);

alter table news.edition add covers_after bigint not null default 0;
alter table news.edition add covers_up_to bigint not null default 0;
alter table news.edition alter covers_after drop default;
alter table news.edition alter covers_up_to drop default;
alter table news.edition drop covers_from;
alter table news.edition drop covers_to;
comment on column news.edition.covers_after is 'Articles of publications after this number ...';
comment on column news.edition.covers_up_to is '... and up to this one are in it.';

alter table news.run add restarted_at timestamptz;
comment on column news.run.restarted_at is 'When it was run again more than an hour after it began, and decided_at became that time; null if it was not.';
