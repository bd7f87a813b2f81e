-- What an edition called each of its stories, which the next one may call otherwise.

alter table news.edition_story add column headline text not null default '';
alter table news.edition_story alter column headline drop default;
comment on column news.edition_story.headline is 'What the edition called it. Empty: it was built before this was kept.';
