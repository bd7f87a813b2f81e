create view analyst.edition_entry as
select edition_id, edition.subscriber, edition.local_date, edition_entry.number,
       edition_entry.article_id, article.outlet, article.language, article.title, article.canonical_url as url,
       article.first_seen_at as seen_at, nearest, near.title as nearest_title, likelihood, signs,
       is_stated, edition.grouped_by
from news.edition_entry
join news.edition using (edition_id)
join news.article on article.article_id = edition_entry.article_id
left join news.article as near on near.article_id = edition_entry.nearest;
comment on view analyst.edition_entry is 'Which reports an edition shows as one event, and why each is among them.';
comment on column analyst.edition_entry.edition_id is 'The edition.';
comment on column analyst.edition_entry.subscriber is 'Whose it is.';
comment on column analyst.edition_entry.local_date is 'Their date.';
comment on column analyst.edition_entry.number is 'Of the entry: equal for reports of one event, the same from one edition of a subscriber to the next.';
comment on column analyst.edition_entry.article_id is 'The report.';
comment on column analyst.edition_entry.outlet is 'Who publishes it.';
comment on column analyst.edition_entry.language is 'Its language.';
comment on column analyst.edition_entry.title is 'Its headline.';
comment on column analyst.edition_entry.url is 'Where it stands.';
comment on column analyst.edition_entry.seen_at is 'When it was first seen.';
comment on column analyst.edition_entry.nearest is 'The earlier report of the entry that it most likely tells the same event as; null for the first.';
comment on column analyst.edition_entry.nearest_title is 'The headline of that.';
comment on column analyst.edition_entry.likelihood is 'Of these two being of one event, 0 to 1.';
comment on column analyst.edition_entry.signs is 'Of these two: each sign with its value and what it adds to the logarithm of the odds.';
comment on column analyst.edition_entry.is_stated is 'Whether a person, or a copy, put the two together whatever the signs.';
comment on column analyst.edition_entry.grouped_by is 'The model that did, and the version of its figures.';
