create view news.decision as
select * from news.version_decision
where algorithm_version = (select version from news.dedupe_version);
comment on view news.decision is 'The decisions in force: what every reader of decisions reads. Rows may be changed through it.';
