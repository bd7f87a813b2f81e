-- By which version of the figures of stories an article came to its story.

alter table news.version_decision add column story_version smallint;
comment on column news.version_decision.story_version is 'Version of the figures of stories by which its story was decided; null where none was.';
