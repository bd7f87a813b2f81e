-- Hashes of 32 bits: the upper half of what was stored. A row of postings has up to eight of a
-- document's hashes, each in the column of its remainder by eight.

create function news.upper_halves(hashes bytea) returns bytea language sql immutable
return (
    select coalesce(string_agg(substr(hashes, 8 * place + 5, 4), ''::bytea order by place), '')
    from generate_series(0, length(hashes) / 8 - 1) as place
);
alter table news.fingerprint
    alter column grams type bytea using news.upper_halves(grams),
    alter column numbers type bytea using news.upper_halves(numbers);
drop function news.upper_halves;
alter table news.fingerprint alter column grams set storage external;  -- nothing compresses hashes
comment on column news.fingerprint.grams is 'Hashes of the word-4-grams in the order of the text, 4 bytes each, little-endian.';
comment on column news.fingerprint.numbers is 'Hashes of the distinct words with a digit, sorted, 4 bytes each.';

alter table news.posting rename to posting_before;
create table news.posting (
    document_id int not null,
    hash_0 int,
    hash_1 int,
    hash_2 int,
    hash_3 int,
    hash_4 int,
    hash_5 int,
    hash_6 int,
    hash_7 int
);
insert into news.posting
select document_id,
       max(hash) filter (where hash & 7 = 0),
       max(hash) filter (where hash & 7 = 1),
       max(hash) filter (where hash & 7 = 2),
       max(hash) filter (where hash & 7 = 3),
       max(hash) filter (where hash & 7 = 4),
       max(hash) filter (where hash & 7 = 5),
       max(hash) filter (where hash & 7 = 6),
       max(hash) filter (where hash & 7 = 7)
from (
    select document_id, hash, row_number() over (partition by document_id, hash & 7 order by hash) as place
    from (select distinct document_id, (hash >> 32)::int as hash from news.posting_before) as halved
) as placed
group by document_id, place
order by document_id, place;
drop table news.posting_before;
alter table news.posting set (
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02
);
create index posting_by_hash_0 on news.posting (hash_0, document_id) where hash_0 is not null;
create index posting_by_hash_1 on news.posting (hash_1, document_id) where hash_1 is not null;
create index posting_by_hash_2 on news.posting (hash_2, document_id) where hash_2 is not null;
create index posting_by_hash_3 on news.posting (hash_3, document_id) where hash_3 is not null;
create index posting_by_hash_4 on news.posting (hash_4, document_id) where hash_4 is not null;
create index posting_by_hash_5 on news.posting (hash_5, document_id) where hash_5 is not null;
create index posting_by_hash_6 on news.posting (hash_6, document_id) where hash_6 is not null;
create index posting_by_hash_7 on news.posting (hash_7, document_id) where hash_7 is not null;
comment on table news.posting is 'The sketch of each document as posting lists, less what the document that it copies holds: two shared hashes make a candidate. A row has up to eight hashes of one document.';
comment on column news.posting.document_id is 'The document; one that is gone is passed over. A foreign key would be checked at each row, and have no index to cascade by.';
comment on column news.posting.hash_0 is 'One of the lowest hashes of its word-4-grams, divisible by eight.';
comment on column news.posting.hash_1 is 'Another, with the remainder 1.';
comment on column news.posting.hash_2 is 'Another, with the remainder 2.';
comment on column news.posting.hash_3 is 'Another, with the remainder 3.';
comment on column news.posting.hash_4 is 'Another, with the remainder 4.';
comment on column news.posting.hash_5 is 'Another, with the remainder 5.';
comment on column news.posting.hash_6 is 'Another, with the remainder 6.';
comment on column news.posting.hash_7 is 'Another, with the remainder 7.';
