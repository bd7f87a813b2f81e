create view analyst.topic_draft as
select draft_id, topic, definition, written_by, written_at, ended_at, published_by
from news.topic_draft;
comment on view analyst.topic_draft is 'What people write of topics on the page: the draft in progress, and what became of earlier ones.';
comment on column analyst.topic_draft.draft_id is 'Identity; grows with time.';
comment on column analyst.topic_draft.topic is 'Id of the topic: the name of its file.';
comment on column analyst.topic_draft.definition is 'The YAML, whether it can be read or not.';
comment on column analyst.topic_draft.written_by is 'Who saved it.';
comment on column analyst.topic_draft.written_at is 'When.';
comment on column analyst.topic_draft.ended_at is 'When it was published, thrown away, or saved anew; null: in progress.';
comment on column analyst.topic_draft.published_by is 'Who wrote it into the watchlist; null if nobody did.';
