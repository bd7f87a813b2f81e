-- Drafts of topics that people write on the page, and who published them.

create table news.topic_draft (
    draft_id     bigint generated always as identity primary key,
    topic        text not null,
    definition   text not null,
    written_by   text not null,
    written_at   timestamptz not null,
    ended_at     timestamptz,
    published_by text,
    constraint published_drafts_are_ended check (published_by is null or ended_at is not null)
);
comment on table news.topic_draft is 'What people write of topics on the page. Of each topic one is in progress at most; it ends when it is published or thrown away, and saving it again ends the earlier wording.';
comment on column news.topic_draft.draft_id is 'Identity.';
comment on column news.topic_draft.topic is 'Id of the topic: the name of its file.';
comment on column news.topic_draft.definition is 'The YAML, whether it can be read or not.';
comment on column news.topic_draft.written_by is 'Who saved it.';
comment on column news.topic_draft.written_at is 'When.';
comment on column news.topic_draft.ended_at is 'When it was published, thrown away, or saved anew; null: in progress.';
comment on column news.topic_draft.published_by is 'Who wrote it into the watchlist; null if nobody did.';
create unique index topic_draft_in_progress on news.topic_draft (topic) where ended_at is null;
create index topic_draft_by_topic on news.topic_draft (topic, draft_id);
