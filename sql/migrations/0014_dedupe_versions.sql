alter table news.fingerprint drop constraint fingerprint_article_id_key;
alter table news.fingerprint drop constraint fingerprint_seed_id_key;
alter table news.fingerprint add unique (article_id, algorithm);
alter table news.fingerprint add unique (seed_id, algorithm);
drop index news.fingerprint_by_outlet;
create index fingerprint_by_outlet on news.fingerprint (outlet, algorithm, document_id);
comment on column news.fingerprint.algorithm is 'The version of the algorithm that it was made by; an article has one of each version that was tried.';

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
    algorithm_version    smallint not null,
    article_id           bigint not null references news.article on delete cascade,
    kind                 text check (kind in ('exact', 'near', 'contained')),
    duplicate_of_article bigint references news.article on delete set null,
    duplicate_of_seed    bigint references news.seed on delete set null,
    coverage             real not null,
    coverage_of_original real not null,
    jaccard              real not null,
    passages             jsonb not null,
    reason               text not null,
    contains             jsonb not null,
    decided_at           timestamptz not null,
    primary key (algorithm_version, article_id)
);
comment on table news.decision_beside is 'What versions of the algorithm that are not in force decide: to be compared, and put in force.';
comment on column news.decision_beside.algorithm_version is 'The version.';
comment on column news.decision_beside.article_id is 'The article.';
comment on column news.decision_beside.kind is 'As in news.decision.';
comment on column news.decision_beside.duplicate_of_article is 'As in news.decision.';
comment on column news.decision_beside.duplicate_of_seed is 'As in news.decision.';
comment on column news.decision_beside.coverage is 'As in news.decision.';
comment on column news.decision_beside.coverage_of_original is 'As in news.decision.';
comment on column news.decision_beside.jaccard is 'As in news.decision.';
comment on column news.decision_beside.passages is 'As in news.decision.';
comment on column news.decision_beside.reason is 'As in news.decision.';
comment on column news.decision_beside.contains is 'The rows of news.containment that it makes: [document_id, coverage].';
comment on column news.decision_beside.decided_at is 'As in news.decision.';

alter table news.posting drop constraint posting_document_id_fkey;
comment on column news.posting.document_id is 'The document; one that is gone is passed over. A foreign key would be checked 64 times an article, and have no index to cascade by.';
