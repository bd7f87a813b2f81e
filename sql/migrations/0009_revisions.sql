alter table news.article add column revised_at timestamptz;
comment on column news.article.revised_at is 'When its text was last replaced by a newer wording; null if never.';
alter table news.article add column revisit_at timestamptz;
comment on column news.article.revisit_at is 'When its page is looked at again, since it may say more by then; null if it is not.';
create index article_to_revisit on news.article (revisit_at) where revisit_at is not null;

alter table news.page add column etag text;
comment on column news.page.etag is 'Validator of the answer, opaque: sent when the page is looked at again.';
alter table news.page add column last_modified text;
comment on column news.page.last_modified is 'Validator of the answer, opaque.';

create table news.revision (
    article_id     bigint primary key references news.article on delete cascade,
    title          text not null,
    text           text not null,
    summary        text,
    language       text,
    body_source    text not null
        check (body_source in ('page', 'json-ld', 'feed-content', 'feed-summary', 'headline')),
    page_kind      text not null,
    no_page_reason text,
    word_count     int not null,
    seen_at        timestamptz not null
);
comment on table news.revision is 'A newer wording of a published article, until flag puts it in force together with its flags.';
comment on column news.revision.article_id is 'The article.';
comment on column news.revision.title is 'As in news.article.';
comment on column news.revision.text is 'As in news.article.';
comment on column news.revision.summary is 'As in news.article.';
comment on column news.revision.language is 'As in news.article.';
comment on column news.revision.body_source is 'As in news.article.';
comment on column news.revision.page_kind is 'As in news.article.';
comment on column news.revision.no_page_reason is 'As in news.article.';
comment on column news.revision.word_count is 'As in news.article.';
comment on column news.revision.seen_at is 'When it was first seen.';

create table news.article_version (
    article_id  bigint not null references news.article on delete cascade,
    replaced_at timestamptz not null,
    title       text not null,
    text        text not null,
    body_source text not null,
    primary key (article_id, replaced_at)
);
comment on table news.article_version is 'Each earlier wording of an article; news.article holds the newest.';
comment on column news.article_version.article_id is 'The article.';
comment on column news.article_version.replaced_at is 'When the next wording came into force.';
comment on column news.article_version.title is 'Headline, plain text.';
comment on column news.article_version.text is 'Body, plain text: what the spans of flags superseded then refer to.';
comment on column news.article_version.body_source is 'Where the body came from.';
