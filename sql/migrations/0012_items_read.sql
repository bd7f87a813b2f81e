alter table news.feed add column item_hashes bytea not null default '';
comment on column news.feed.item_hashes is 'Hashes of the items of the last document, 8 bytes each: those are not parsed again. Empty where an item is not identified by its guid.';
