alter table news.article
    add column subtitle text,
    add column claimed_language text,
    add column organisations text[] not null default '{}',
    add column agency text,
    add column dateline text,
    add column modified_at timestamptz,
    add column site_name text,
    add column section text,
    add column keywords text[] not null default '{}',
    add column lead_image text,
    add column paywalled boolean,
    add column extraction_method text
        check (extraction_method in ('rules', 'comparison', 'json-ld', 'live-posts', 'feed')),
    add column extraction_confidence real check (extraction_confidence between 0 and 1),
    add column fact_sources jsonb not null default '{}';

comment on column news.article.authors is 'People who sign it.';
comment on column news.article.subtitle is 'The line below the headline.';
comment on column news.article.claimed_language is 'The language that the page or feed claims, as written there.';
comment on column news.article.organisations is 'Who signs it and is no person: agencies, desks, the outlet.';
comment on column news.article.agency is 'The news agency whose report it is, by byline or dateline.';
comment on column news.article.dateline is 'The place that the body begins with, as agencies write it.';
comment on column news.article.modified_at is 'When the outlet says it was last changed.';
comment on column news.article.site_name is 'The site''s name, as the page has it.';
comment on column news.article.section is 'The outlet''s section.';
comment on column news.article.keywords is 'The outlet''s own keywords.';
comment on column news.article.lead_image is 'URL of the picture that stands for the article.';
comment on column news.article.paywalled is 'Whether the page says that it is not free to read; null if it does not say.';
comment on column news.article.extraction_method is 'How the body was found: rules, comparison, json-ld, live-posts or feed; null if the text was given.';
comment on column news.article.extraction_confidence is 'How well the body agrees with what else the page says of it, 0 to 1; null if the text was given.';
comment on column news.article.fact_sources is 'Fact to where it was read: json-ld, opengraph, meta, h1, title, byline, time, htmldate, standfirst or feed.';

alter table news.revision
    add column modified_at timestamptz,
    add column extraction_method text,
    add column extraction_confidence real;

comment on column news.revision.modified_at is 'As in news.article.';
comment on column news.revision.extraction_method is 'As in news.article.';
comment on column news.revision.extraction_confidence is 'As in news.article.';
