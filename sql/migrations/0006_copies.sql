-- What copies are found by: the seed corpus, fingerprints, and which text stands in which.

create table news.seed (
    seed_id  bigint generated always as identity primary key,
    name     text not null unique,
    outlet   text,
    language text,
    subject  text,
    url      text,
    text     text,
    added_at timestamptz not null
);
comment on table news.seed is 'The seed corpus: documents that count as already known.';
comment on column news.seed.seed_id is 'Identity.';
comment on column news.seed.name is 'What decisions call it.';
comment on column news.seed.outlet is 'Who published it.';
comment on column news.seed.language is 'BCP 47 tag.';
comment on column news.seed.subject is 'What it is about, in our words.';
comment on column news.seed.url is 'Where it was published.';
comment on column news.seed.text is 'The text, where it was loaded from one; null where only its fingerprint is known.';
comment on column news.seed.added_at is 'When it was loaded.';

create table news.fingerprint (
    document_id bigint generated always as identity primary key,
    article_id  bigint references news.article on delete cascade,
    seed_id     bigint references news.seed on delete cascade,
    outlet      text not null,
    algorithm   smallint not null,
    revised_at  timestamptz,
    grams       bytea not null,
    numbers     bytea not null,
    words       int not null,
    text_hash   bigint not null,
    title_hash  bigint not null,
    unique (seed_id, algorithm),
    check (num_nonnulls(article_id, seed_id) = 1),
    constraint seeds_are_not_revised check (
        revised_at is null or article_id is not null
    )
);
comment on table news.fingerprint is 'What near-duplicates are told by: hashes of an article or a seed, in the order of decision.';
comment on column news.fingerprint.document_id is 'Identity; of two copies the lower one is the original.';
comment on column news.fingerprint.article_id is 'The article, or null.';
comment on column news.fingerprint.seed_id is 'The seed, or null.';
comment on column news.fingerprint.outlet is 'Who published it; empty if nobody knows.';
comment on column news.fingerprint.algorithm is 'The version of the algorithm that it was made by. Of each version that was tried an article has its first wording, and the latest of the later ones.';
comment on column news.fingerprint.revised_at is 'Of a later wording of the article: when it came into force, and so when it was first seen. Null for the wording that was decided on, and for a seed.';
comment on column news.fingerprint.grams is 'Hashes of the word-4-grams in the order of the text, 8 bytes each, little-endian.';
comment on column news.fingerprint.numbers is 'Hashes of the distinct words with a digit, sorted, 8 bytes each.';
comment on column news.fingerprint.words is 'Words in the text.';
comment on column news.fingerprint.text_hash is 'Hash of all words in order.';
comment on column news.fingerprint.title_hash is 'Hash of the headline''s words; 0 without one.';
create index fingerprint_by_text on news.fingerprint (text_hash);
create index fingerprint_by_title on news.fingerprint (title_hash) where title_hash <> 0;
create index fingerprint_by_outlet on news.fingerprint (outlet, algorithm, document_id);
create unique index fingerprint_wordings
    on news.fingerprint (article_id, algorithm, coalesce(revised_at, '-infinity'));

create table news.posting (
    hash        bigint not null,
    document_id bigint not null,
    primary key (hash, document_id)
);
comment on table news.posting is 'The sketch of each document as a posting list, less what the document that it copies holds: two shared hashes make a candidate.';
comment on column news.posting.hash is 'One of the lowest hashes of its word-4-grams.';
comment on column news.posting.document_id is 'The document; one that is gone is passed over. A foreign key would be checked 64 times an article, and have no index to cascade by.';

create table news.containment (
    article_id          bigint not null references news.article on delete cascade,
    document_id         bigint not null references news.fingerprint on delete cascade,
    coverage            real not null,
    coverage_of_article real not null,
    jaccard             real not null,
    passages            jsonb not null,
    reason              text not null,
    primary key (article_id, document_id)
);
comment on table news.containment is 'A longer article that holds an earlier document (a digest, an expanded story): an edge, never a merge.';
comment on column news.containment.article_id is 'The longer, newer article.';
comment on column news.containment.document_id is 'The document that stands in it.';
comment on column news.containment.coverage is 'How much of that document stands in it.';
comment on column news.containment.coverage_of_article is 'How much of the article that document makes.';
comment on column news.containment.jaccard is 'Shared over all word-4-grams of the two.';
comment on column news.containment.passages is 'The longest shared passages: [start_earlier, end_earlier, start, end] in code points.';
comment on column news.containment.reason is 'The containment as a sentence.';
create index containment_by_document on news.containment (document_id);
