-- What send_digest takes up or gives up, and what maintain forgets.
create index outbox_waiting on news.outbox (edition_id) where state in ('pending', 'sending', 'failed');
create index entry_version_by_time on news.entry_version (replaced_at);
