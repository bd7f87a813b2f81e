alter table news.containment
    add column coverage_of_article real,
    add column jaccard             real,
    add column passages            jsonb,
    add column reason              text,
    add constraint measured_as_a_whole
        check (num_nulls(coverage_of_article, jaccard, passages, reason) in (0, 4));
comment on column news.containment.coverage_of_article is 'How much of the article that document makes; this and what follows is null in edges older than these columns.';
comment on column news.containment.jaccard is 'Shared over all word-4-grams of the two.';
comment on column news.containment.passages is 'The longest shared passages: [start_earlier, end_earlier, start, end] in code points.';
comment on column news.containment.reason is 'The containment as a sentence.';

-- What is not in force is decided again, with all that edges have.
delete from news.decision_beside;
delete from news.fingerprint where algorithm <> (select version from news.dedupe_version);
comment on column news.decision_beside.contains is 'The rows of news.containment that it makes, as objects.';
