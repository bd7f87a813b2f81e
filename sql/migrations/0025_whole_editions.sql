-- What an edition has beside what fits into its mail.

alter table news.edition add column page_html text;
comment on column news.edition.page_html is 'The whole edition, as its web copy shows it; null where the mail has all of it, or leads to no copy.';
