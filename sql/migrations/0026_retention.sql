-- What `maintain` finds by time what it forgets by, and counts by.

create index entry_by_time on news.entry (first_seen_at);
create index page_with_body on news.page (fetched_at) where body is not null;
create index flag_by_end on news.flag (superseded_at) where superseded_at is not null;
create index article_version_by_time on news.article_version (replaced_at);
create index embedding_by_time on news.embedding (embedded_at);
create index edition_by_time on news.edition (built_at);
create index outage_by_end on news.outage (ended_at);
create index story_with_strands on news.story (last_seen_at) where strands <> '{}';
