-- An index of words has no weights: where a word of many texts stands in few headlines, each text would
-- be read.

create index article_search_headline on news.article_search using gin (ts_filter(words, '{a}'));
