-- What maintain gives another chance.
create index entry_parked on news.entry (next_attempt_at) where status = 'parked';
