-- Stories, and the decision on each article: whether it is new, and which story it belongs to.

create domain news.duplicate_kind as text
    check (value in ('exact', 'near', 'contained', 'revision'));
comment on domain news.duplicate_kind is 'How a copy is one. Each value has its sentence in analyst.code.';

create domain news.story_role as text
    check (value in ('first', 'copy', 'development', 'independent'));
comment on domain news.story_role is 'What an article is to its story. Each value has its sentence in analyst.code.';

create domain news.story_change_kind as text
    check (value in ('merge', 'split', 'version'));
comment on domain news.story_change_kind is 'Why articles moved from one story to another. Each value has its sentence in analyst.code.';

create table news.story (
    story_id      bigint generated always as identity primary key,
    headline      text not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    article_count int not null,
    strands       jsonb not null default '{}',
    merged_into   bigint references news.story
);
comment on table news.story is 'Articles on one event.';
comment on column news.story.story_id is 'Identity.';
comment on column news.story.headline is 'Headline of its first article.';
comment on column news.story.first_seen_at is 'When its first article was seen.';
comment on column news.story.last_seen_at is 'When its newest article was seen.';
comment on column news.story.article_count is 'Its articles, copies included.';
comment on column news.story.strands is 'By language, "" where nobody knows it: sums of its originals'' unit vectors. terms: term to weight; anchors (names, places, numbers): key to weight and a form.';
comment on column news.story.merged_into is 'The story that its articles belong to since it was merged away; null while it lives.';
create index story_by_time on news.story (last_seen_at);
create index story_by_merged_into on news.story (merged_into) where merged_into is not null;

create table news.story_term (
    term     text not null,
    story_id bigint not null references news.story on delete cascade,
    primary key (term, story_id)
);
comment on table news.story_term is 'The best terms and anchors of each story: what a new article finds it by.';
comment on column news.story_term.term is 'A folded word, or an anchor: ~ and the consonants of a name, @ and a place, # and a number.';
comment on column news.story_term.story_id is 'A story that has it among its best.';
create index story_term_by_story on news.story_term (story_id);

create table news.term (
    term     text primary key,
    articles bigint not null
) with (fillfactor = 70);
comment on table news.term is 'In how many originals each term stands: its rarity. The empty term counts them all.';
comment on column news.term.term is 'A folded word, or an anchor as in news.story_term.';
comment on column news.term.articles is 'How many originals hold it.';

create table news.story_change (
    change_id     bigint generated always as identity primary key,
    kind          news.story_change_kind not null,
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

create table news.decision (
    article_id            bigint primary key references news.article on delete cascade,
    kind                  news.duplicate_kind,
    duplicate_of_article  bigint references news.article on delete set null,
    duplicate_of_seed     bigint references news.seed on delete set null,
    compared_with_article bigint references news.article on delete set null,
    compared_with_seed    bigint references news.seed on delete set null,
    coverage              real not null default 0,
    coverage_of_original  real not null default 0,
    jaccard               real not null default 0,
    passages              jsonb not null default '[]',
    reason                text not null,
    algorithm_version     smallint not null,
    decided_at            timestamptz not null,
    story_id              bigint references news.story,
    story_similarity      real,
    story_terms           jsonb,
    role                  news.story_role,
    new_sentences         text[] not null default '{}',
    constraint compared_with_one check (
        num_nonnulls(compared_with_article, compared_with_seed) <= 1
    ),
    constraint copies_have_that_role check (
        role is null or (role = 'copy') = (kind is not null)
    ),
    constraint new_sentences_of_developments check (
        new_sentences = '{}' or role is not distinct from 'development'
    )
);
comment on table news.decision is 'Whether an article is new, and which story it belongs to.';
comment on column news.decision.article_id is 'The article.';
comment on column news.decision.kind is 'exact, near or contained; revision: the text under a headline that its outlet gave without, which is a newer wording of that; null for an original.';
comment on column news.decision.duplicate_of_article is 'The original it copies.';
comment on column news.decision.duplicate_of_seed is 'The seed it copies.';
comment on column news.decision.compared_with_article is 'The article that coverages, Jaccard, passages and reason are about: mostly the original; where that is found through another copy, the copy; of an original, the earlier article that it shares most with. Null for a seed, and where nothing is shared.';
comment on column news.decision.compared_with_seed is 'The same, if it is a seed.';
comment on column news.decision.coverage is 'Share of its word-4-grams that stand in the text it was compared with.';
comment on column news.decision.coverage_of_original is 'Share of the word-4-grams of the text that it was compared with that stand in it.';
comment on column news.decision.jaccard is 'Shared over all word-4-grams of the two.';
comment on column news.decision.passages is 'The longest passages shared with the text that it was compared with: [start_earlier, end_earlier, start, end] in code points.';
comment on column news.decision.reason is 'The decision as a sentence.';
comment on column news.decision.algorithm_version is 'Version of the algorithm.';
comment on column news.decision.decided_at is 'When.';
comment on column news.decision.story_id is 'The story it belongs to.';
comment on column news.decision.story_similarity is 'Cosine with the story it joined; null if it began it or came as a copy.';
comment on column news.decision.story_terms is 'The shared terms that made most of it, with their weights; for a story told in other languages its anchors, as both write them.';
comment on column news.decision.role is 'Its role in the story when it was decided: first, copy, development or independent; null if nobody has told it yet.';
comment on column news.decision.new_sentences is 'Of a development: the sentences that tell what no earlier article of the story did, in the order of the text.';
create index decision_by_original on news.decision (duplicate_of_article);
create index decision_by_seed on news.decision (duplicate_of_seed)
    where duplicate_of_seed is not null;
create index decision_by_story on news.decision (story_id);
-- Of each seed the first reprint in a story.
create index decision_reprints on news.decision (story_id, duplicate_of_seed, article_id)
    where duplicate_of_seed is not null;
create index decision_by_compared on news.decision (compared_with_article)
    where compared_with_article is not null;
create index decision_by_compared_seed on news.decision (compared_with_seed)
    where compared_with_seed is not null;
-- What a further article of a story is compared with.
create index decision_telling on news.decision (story_id, article_id)
    where coalesce(kind, 'revision') = 'revision';

create table news.dedupe_version (
    version  smallint not null,
    since    timestamptz not null default now(),
    only_row boolean primary key default true check (only_row)
);
comment on table news.dedupe_version is 'The version of the algorithm whose decisions are in news.decision.';
comment on column news.dedupe_version.version is 'Its number.';
comment on column news.dedupe_version.since is 'When it was put in force.';
comment on column news.dedupe_version.only_row is 'There is one row.';
insert into news.dedupe_version (version) values (1);

create table news.decision_beside (
    algorithm_version     smallint not null,
    article_id            bigint not null references news.article on delete cascade,
    kind                  news.duplicate_kind,
    duplicate_of_article  bigint references news.article on delete set null,
    duplicate_of_seed     bigint references news.seed on delete set null,
    compared_with_article bigint references news.article on delete set null,
    compared_with_seed    bigint references news.seed on delete set null,
    coverage              real not null,
    coverage_of_original  real not null,
    jaccard               real not null,
    passages              jsonb not null,
    reason                text not null,
    contains              jsonb not null,
    decided_at            timestamptz not null,
    primary key (algorithm_version, article_id)
);
comment on table news.decision_beside is 'What versions of the algorithm that are not in force decide: to be compared, and put in force.';
comment on column news.decision_beside.algorithm_version is 'The version.';
comment on column news.decision_beside.article_id is 'The article.';
comment on column news.decision_beside.kind is 'As in news.decision.';
comment on column news.decision_beside.duplicate_of_article is 'As in news.decision.';
comment on column news.decision_beside.duplicate_of_seed is 'As in news.decision.';
comment on column news.decision_beside.compared_with_article is 'As in news.decision.';
comment on column news.decision_beside.compared_with_seed is 'As in news.decision.';
comment on column news.decision_beside.coverage is 'As in news.decision.';
comment on column news.decision_beside.coverage_of_original is 'As in news.decision.';
comment on column news.decision_beside.jaccard is 'As in news.decision.';
comment on column news.decision_beside.passages is 'As in news.decision.';
comment on column news.decision_beside.reason is 'As in news.decision.';
comment on column news.decision_beside.contains is 'The rows of news.containment that it makes, as objects.';
comment on column news.decision_beside.decided_at is 'As in news.decision.';
create index decision_beside_by_article on news.decision_beside (article_id);
create index decision_beside_by_original on news.decision_beside (duplicate_of_article)
    where duplicate_of_article is not null;
create index decision_beside_by_seed on news.decision_beside (duplicate_of_seed)
    where duplicate_of_seed is not null;
create index decision_beside_by_compared on news.decision_beside (compared_with_article)
    where compared_with_article is not null;
create index decision_beside_by_compared_seed on news.decision_beside (compared_with_seed)
    where compared_with_seed is not null;
