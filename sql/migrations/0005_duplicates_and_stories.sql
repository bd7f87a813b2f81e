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

create table news.story (
    story_id      bigint generated always as identity primary key,
    headline      text not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    article_count int not null,
    vector        jsonb not null
);
comment on table news.story is 'Articles on one event.';
comment on column news.story.story_id is 'Identity.';
comment on column news.story.headline is 'Headline of its first article.';
comment on column news.story.first_seen_at is 'When its first article was seen.';
comment on column news.story.last_seen_at is 'When its newest article was seen.';
comment on column news.story.article_count is 'Its articles, copies included.';
comment on column news.story.vector is 'Sum of its originals'' unit TF-IDF vectors: term to weight.';
create index story_by_time on news.story (last_seen_at);

create table news.story_term (
    term     text not null,
    story_id bigint not null references news.story on delete cascade,
    primary key (term, story_id)
);
comment on table news.story_term is 'The best terms of each story: what a new article finds it by.';
comment on column news.story_term.term is 'A folded word.';
comment on column news.story_term.story_id is 'A story whose vector holds it among its best.';
create index story_term_by_story on news.story_term (story_id);

create table news.term (
    term     text primary key,
    articles bigint not null
);
comment on table news.term is 'In how many originals each term stands: its rarity. The empty term counts them all.';
comment on column news.term.term is 'A folded word.';
comment on column news.term.articles is 'How many originals hold it.';

create table news.fingerprint (
    document_id bigint generated always as identity primary key,
    article_id  bigint unique references news.article on delete cascade,
    seed_id     bigint unique references news.seed on delete cascade,
    outlet      text not null,
    algorithm   smallint not null,
    grams       bytea not null,
    numbers     bytea not null,
    words       int not null,
    text_hash   bigint not null,
    title_hash  bigint not null,
    check (num_nonnulls(article_id, seed_id) = 1)
);
comment on table news.fingerprint is 'What near-duplicates are told by: hashes of an article or a seed, in the order of decision.';
comment on column news.fingerprint.document_id is 'Identity; of two copies the lower one is the original.';
comment on column news.fingerprint.article_id is 'The article, or null.';
comment on column news.fingerprint.seed_id is 'The seed, or null.';
comment on column news.fingerprint.outlet is 'Who published it; empty if nobody knows.';
comment on column news.fingerprint.algorithm is 'Version of tokens and hashes.';
comment on column news.fingerprint.grams is 'Hashes of the word-4-grams in the order of the text, 8 bytes each, little-endian.';
comment on column news.fingerprint.numbers is 'Hashes of the distinct words with a digit, sorted, 8 bytes each.';
comment on column news.fingerprint.words is 'Words in the text.';
comment on column news.fingerprint.text_hash is 'Hash of all words in order.';
comment on column news.fingerprint.title_hash is 'Hash of the headline''s words; 0 without one.';
create index fingerprint_by_text on news.fingerprint (text_hash);
create index fingerprint_by_title on news.fingerprint (title_hash) where title_hash <> 0;
create index fingerprint_by_outlet on news.fingerprint (outlet, document_id);

create table news.posting (
    hash        bigint not null,
    document_id bigint not null references news.fingerprint on delete cascade,
    primary key (hash, document_id)
);
comment on table news.posting is 'The sketch of each document as a posting list, less what the document that it copies holds: two shared hashes make a candidate.';
comment on column news.posting.hash is 'One of the lowest hashes of its word-4-grams.';
comment on column news.posting.document_id is 'The document.';

create table news.decision (
    article_id           bigint primary key references news.article on delete cascade,
    kind                 text check (kind in ('exact', 'near', 'contained')),
    duplicate_of_article bigint references news.article on delete set null,
    duplicate_of_seed    bigint references news.seed on delete set null,
    coverage             real not null default 0,
    coverage_of_original real not null default 0,
    jaccard              real not null default 0,
    passages             jsonb not null default '[]',
    reason               text not null,
    algorithm_version    smallint not null,
    decided_at           timestamptz not null,
    story_id             bigint references news.story,
    story_similarity     real,
    story_terms          jsonb
);
comment on table news.decision is 'Whether an article is new, and which story it belongs to.';
comment on column news.decision.article_id is 'The article.';
comment on column news.decision.kind is 'exact, near or contained; null for an original.';
comment on column news.decision.duplicate_of_article is 'The original it copies.';
comment on column news.decision.duplicate_of_seed is 'The seed it copies.';
comment on column news.decision.coverage is 'Share of its word-4-grams that stand in the text it was compared with.';
comment on column news.decision.coverage_of_original is 'Share of that text''s word-4-grams that stand in it.';
comment on column news.decision.jaccard is 'Shared over all word-4-grams of the two.';
comment on column news.decision.passages is 'The longest shared passages: [start_original, end_original, start, end] in code points.';
comment on column news.decision.reason is 'The decision as a sentence.';
comment on column news.decision.algorithm_version is 'Version of the algorithm.';
comment on column news.decision.decided_at is 'When.';
comment on column news.decision.story_id is 'The story it belongs to.';
comment on column news.decision.story_similarity is 'Cosine with the story it joined; null if it began it or came as a copy.';
comment on column news.decision.story_terms is 'The shared terms that made most of it, with their weights.';
create index decision_by_original on news.decision (duplicate_of_article);
create index decision_by_seed on news.decision (duplicate_of_seed) where duplicate_of_seed is not null;
create index decision_by_story on news.decision (story_id);

create table news.containment (
    article_id      bigint not null references news.article on delete cascade,
    document_id     bigint not null references news.fingerprint on delete cascade,
    coverage        real not null,
    primary key (article_id, document_id)
);
comment on table news.containment is 'A longer article that holds an earlier document (a digest, an expanded story): an edge, never a merge.';
comment on column news.containment.article_id is 'The longer, newer article.';
comment on column news.containment.document_id is 'The document that stands in it.';
comment on column news.containment.coverage is 'How much of that document stands in it.';
