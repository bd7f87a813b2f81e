alter table news.decision
    add column compared_with_article bigint references news.article on delete set null,
    add column compared_with_seed bigint references news.seed on delete set null,
    add constraint compared_with_one
        check (num_nonnulls(compared_with_article, compared_with_seed) <= 1);
comment on column news.decision.compared_with_article is 'The article that coverages, Jaccard, passages and reason are about: mostly the original; where that is found through another copy, the copy; of an original, the earlier article that it shares most with. Null for a seed, where nothing is shared, and in decisions older than this column.';
comment on column news.decision.compared_with_seed is 'The same, if it is a seed.';
comment on column news.decision.coverage_of_original is 'Share of the word-4-grams of the text that it was compared with that stand in it.';
comment on column news.decision.passages is 'The longest passages shared with the text that it was compared with: [start_earlier, end_earlier, start, end] in code points.';
create index decision_by_compared on news.decision (compared_with_article)
    where compared_with_article is not null;

alter table news.decision_beside
    add column compared_with_article bigint references news.article on delete set null,
    add column compared_with_seed bigint references news.seed on delete set null;
comment on column news.decision_beside.compared_with_article is 'As in news.decision.';
comment on column news.decision_beside.compared_with_seed is 'As in news.decision.';
