-- Each batch counts most terms that it meets up: a new count fits into the page of the old one, and
-- the index stays as it is.
alter table news.term set (fillfactor = 70);
