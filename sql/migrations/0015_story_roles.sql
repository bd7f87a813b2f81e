alter table news.decision
    add column role text check (role in ('first', 'copy', 'development', 'independent')),
    add column new_sentences text[] not null default '{}',
    add constraint new_sentences_of_developments
        check (new_sentences = '{}' or role is not distinct from 'development'),
    add constraint copies_have_that_role
        check (role is null or (role = 'copy') = (kind is not null));
comment on column news.decision.role is 'Its role in the story when it was decided: first, copy, development or independent; null if nobody has told it yet.';
comment on column news.decision.new_sentences is 'Of a development: the sentences that tell what no earlier article of the story did, in the order of the text.';

-- What a further article of a story is compared with: its latest originals, and of each seed the
-- first reprint.
create index decision_originals on news.decision (story_id, article_id) where kind is null;
create index decision_reprints on news.decision (story_id, duplicate_of_seed, article_id)
    where duplicate_of_seed is not null;
