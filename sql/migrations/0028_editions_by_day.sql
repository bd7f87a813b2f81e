-- The editions of one reader are asked for by day: whether that day's is made, and which is shown.

create index edition_by_day on news.edition (reader_id, local_date);
