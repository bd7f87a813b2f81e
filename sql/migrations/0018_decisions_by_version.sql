-- All decisions in one table, by the version of the algorithm that made them. The view
-- news.decision (sql/views) has those in force.

alter table news.decision rename to version_decision;
alter table news.version_decision drop constraint decision_pkey;
alter table news.version_decision add primary key (article_id, algorithm_version);

insert into news.version_decision (
    article_id, algorithm_version, kind, duplicate_of_article, duplicate_of_seed,
    compared_with_article, compared_with_seed, coverage, coverage_of_original, jaccard, passages,
    reason, relation, added, changes, decided_at
)
select
    article_id, algorithm_version, kind, duplicate_of_article, duplicate_of_seed,
    compared_with_article, compared_with_seed, coverage, coverage_of_original, jaccard, passages,
    reason, relation, added, changes, decided_at
from news.decision_beside;

insert into news.containment (
    article_id, document_id, coverage, coverage_of_article, jaccard, passages, reason
)
select
    beside.article_id, edge.document_id, edge.coverage, edge.coverage_of_article, edge.jaccard,
    edge.passages, edge.reason
from news.decision_beside as beside
cross join jsonb_populate_recordset(null::news.containment, beside.contains) as edge
join news.fingerprint on fingerprint.document_id = edge.document_id;

drop table news.decision_beside;

comment on table news.version_decision is 'Whether an article is new, by each version of the algorithm that was asked; and, by the version in force, which story it belongs to.';
comment on column news.version_decision.story_id is 'The story it belongs to; null where another version is in force.';
comment on table news.dedupe_version is 'The version of the algorithm whose decisions are in force.';
comment on table news.containment is 'A longer article that holds an earlier document (a digest, an expanded story): an edge, never a merge. The version that found it is that of the document.';
