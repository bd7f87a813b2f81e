-- What an article tells beyond the text that it was made from: its relation to that, the sentences
-- that it adds, and the facts that it says otherwise.

create domain news.original_relation as text check (
    value in ('update', 'template', 'contains', 'part', 'related')
);
comment on domain news.original_relation is 'What an original is to the earlier text that it shares most with: analyst.code has a sentence on each.';

alter table news.decision
    add column relation news.original_relation,
    add column added    text[] not null default '{}',
    add column changes  jsonb not null default '[]',
    add constraint relations_are_of_originals check (relation is null or kind is null);
comment on column news.decision.relation is 'Of an original: what it is to the text that it was compared with.';
comment on column news.decision.added is 'The sentences that tell what the text compared with does not; of a copy, what its outlet put in.';
comment on column news.decision.changes is 'The facts that the text compared with says otherwise: objects with kind (number, place, name, day, polarity), before, after and place (headline, lead, body).';

alter table news.decision_beside
    add column relation news.original_relation,
    add column added    text[] not null default '{}',
    add column changes  jsonb not null default '[]';
comment on column news.decision_beside.relation is 'As in news.decision.';
comment on column news.decision_beside.added is 'As in news.decision.';
comment on column news.decision_beside.changes is 'As in news.decision.';
