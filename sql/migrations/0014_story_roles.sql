alter table news.decision
    add column role text check (role in ('first', 'copy', 'development', 'independent')),
    add column new_sentences text[] not null default '{}',
    add constraint new_sentences_of_developments
        check (new_sentences = '{}' or role is not distinct from 'development'),
    add constraint copies_have_that_role
        check (role is null or (role = 'copy') = (kind is not null));
comment on column news.decision.role is 'Its role in the story when it was decided: first, copy, development or independent; null if it was decided before roles were kept.';
comment on column news.decision.new_sentences is 'Of a development: the sentences that tell what no earlier article of the story did, in the order of the text.';

update news.decision set role = 'copy' where kind is not null;
update news.decision set role = 'first'
where article_id in (
    select distinct on (decision.story_id) decision.article_id
    from news.decision
    join news.fingerprint using (article_id)
    where decision.story_id is not null
    order by decision.story_id, fingerprint.document_id
) and kind is null;

-- What a further article of a story is compared with: its latest originals, and of each seed the
-- first reprint.
create index decision_originals on news.decision (story_id, article_id) where kind is null;
create index decision_reprints on news.decision (story_id, duplicate_of_seed, article_id)
    where duplicate_of_seed is not null;
