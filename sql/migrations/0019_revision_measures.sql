alter table news.article_version
    add column coverage            real,
    add column coverage_of_earlier real,
    add column jaccard             real,
    add column passages            jsonb,
    add column reason              text,
    add column algorithm_version   smallint,
    add constraint measured_as_a_whole check (
        num_nulls(coverage, coverage_of_earlier, jaccard, passages, reason, algorithm_version)
        in (0, 6)
    );
comment on column news.article_version.coverage is 'Share of the next wording''s word-4-grams that stand in this one; this and the other measures are null if it was replaced before they were taken.';
comment on column news.article_version.coverage_of_earlier is 'Share of this wording''s word-4-grams that stand in the next.';
comment on column news.article_version.jaccard is 'Shared over all word-4-grams of the two.';
comment on column news.article_version.passages is 'The longest shared passages: [start, end, start_next, end_next] in code points.';
comment on column news.article_version.reason is 'What the next wording kept of this one, as a sentence.';
comment on column news.article_version.algorithm_version is 'Version of the algorithm that measured.';

alter table news.fingerprint
    add column revised_at timestamptz,
    add constraint seeds_are_not_revised check (revised_at is null or article_id is not null);
comment on column news.fingerprint.revised_at is 'Of a later wording of the article: when it came into force, and so when it was first seen. Null for the wording that was decided on, and for a seed.';
comment on column news.fingerprint.algorithm is 'The version of the algorithm that it was made by. Of each version that was tried an article has its first wording, and the latest of the later ones.';
alter table news.fingerprint drop constraint fingerprint_article_id_algorithm_key;
create unique index fingerprint_wordings
    on news.fingerprint (article_id, algorithm, coalesce(revised_at, '-infinity'));
