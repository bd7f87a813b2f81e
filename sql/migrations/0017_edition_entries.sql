-- What an edition shows as one event, and what flagged originals mean.

create table news.embedding (
    article_id  bigint primary key references news.article on delete cascade,
    model       text not null,
    version     text not null,
    headline    bytea not null,
    lead        bytea not null,
    embedded_at timestamptz not null
);
comment on table news.embedding is 'What a flagged original means, as vectors that texts in all languages have in common.';
comment on column news.embedding.article_id is 'The article.';
comment on column news.embedding.model is 'The model of sentences: only vectors of one model can be compared.';
comment on column news.embedding.version is 'What computed the vectors, with its version.';
comment on column news.embedding.headline is 'Unit vector of the headline, as 16-bit floats, the low byte first.';
comment on column news.embedding.lead is 'The same of headline and lead together.';
comment on column news.embedding.embedded_at is 'When.';

create sequence news.edition_entry_number;

create table news.edition_entry (
    edition_id bigint not null references news.edition on delete cascade,
    article_id bigint not null references news.article on delete cascade,
    number     bigint not null,
    nearest    bigint references news.article on delete set null,
    likelihood real,
    signs      jsonb not null,
    is_stated  boolean not null,
    primary key (edition_id, article_id)
);
comment on table news.edition_entry is 'Which flagged reports of two days an edition shows as one event, in any language. Made anew for each edition; stories have no part in it.';
comment on column news.edition_entry.edition_id is 'The edition.';
comment on column news.edition_entry.article_id is 'A report that was flagged for the subscriber within the 48 hours before, or that the edition tells.';
comment on column news.edition_entry.number is 'Of the entry: equal for reports of one event, the same from one edition of a subscriber to the next.';
comment on column news.edition_entry.nearest is 'The earlier report of the entry that it most likely tells the same event as; null for the first.';
comment on column news.edition_entry.likelihood is 'Of these two being of one event, 0 to 1; null for the first.';
comment on column news.edition_entry.signs is 'Of these two: each sign with its value and what it adds to the logarithm of the odds.';
comment on column news.edition_entry.is_stated is 'Whether a person, or a copy, put the two together whatever the signs.';
create index edition_entry_by_article on news.edition_entry (article_id);
create index edition_entry_by_nearest on news.edition_entry (nearest) where nearest is not null;

alter table news.edition add column grouped_by text not null default '';
alter table news.edition alter column grouped_by drop default;
comment on column news.edition.grouped_by is 'The model that its entries were made by, and the version of its figures; "words" where no model of sentences was at hand. Empty: it was built before there were entries.';
