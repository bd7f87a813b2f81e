alter table news.story add column merged_into bigint references news.story;
comment on column news.story.merged_into is 'The story that its articles belong to since it was merged away; null while it lives.';
create index story_by_merged_into on news.story (merged_into) where merged_into is not null;

create table news.story_change (
    change_id     bigint generated always as identity primary key,
    kind          text not null check (kind in ('merge', 'split', 'version')),
    story_id      bigint not null references news.story,
    from_story_id bigint not null references news.story,
    article_ids   bigint[] not null check (article_ids <> '{}'),
    why           text not null,
    changed_at    timestamptz not null default now(),
    check (story_id <> from_story_id)
);
comment on table news.story_change is 'Articles that were moved from one story to another: nothing else changes the story of an article.';
comment on column news.story_change.change_id is 'Identity, in the order of the changes.';
comment on column news.story_change.kind is 'merge: all articles, and the story that they left is no more; split: some, to a new story; version: copies went with another original when a version of the deduplication was put in force.';
comment on column news.story_change.story_id is 'Where the articles went.';
comment on column news.story_change.from_story_id is 'Where they were.';
comment on column news.story_change.article_ids is 'The articles, ascending.';
comment on column news.story_change.why is 'What the person who did it wrote; empty if nothing.';
comment on column news.story_change.changed_at is 'When.';
create index story_change_by_story on news.story_change (story_id);
create index story_change_by_from_story on news.story_change (from_story_id);
create index story_change_by_article on news.story_change using gin (article_ids);

-- A story that was merged brings its own article into an edition that carried both.
alter table news.edition_story drop constraint edition_story_pkey;
alter table news.edition_story add primary key (edition_id, topic, story_id, article_id);
