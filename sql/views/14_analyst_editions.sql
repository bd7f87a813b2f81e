create view analyst.edition as
select
    edition.edition_id,
    edition.subscriber,
    edition.rhythm,
    edition.local_date,
    edition.due_at,
    edition.built_at,
    edition.subject,
    edition.stories,
    edition.covers_after,
    edition.covers_up_to,
    edition.grouped_by,
    outbox.state,
    outbox.told_at
from news.edition
join news.outbox using (edition_id);
comment on view analyst.edition is 'Every issue of the brief and whether its reader got it; ops.delivery has the addresses.';
comment on column analyst.edition.edition_id is 'Identity.';
comment on column analyst.edition.subscriber is 'The reader''s name at the time.';
comment on column analyst.edition.rhythm is 'What made it due: daily, weekly or alert.';
comment on column analyst.edition.local_date is 'The date in the reader''s time zone when it was due.';
comment on column analyst.edition.due_at is 'When it was due.';
comment on column analyst.edition.built_at is 'When it was built.';
comment on column analyst.edition.subject is 'Subject of the mail.';
comment on column analyst.edition.stories is 'How many stories it shows.';
comment on column analyst.edition.covers_after is 'The last publication that was told before.';
comment on column analyst.edition.covers_up_to is 'The last publication that is in it.';
comment on column analyst.edition.grouped_by is 'The model that told which reports are of one event, and the version of its figures.';
comment on column analyst.edition.state is 'What became of it.';
comment on column analyst.edition.told_at is 'When its reader counted as told; null: they are told by a later one.';

create view analyst.edition_story as
select
    edition_story.edition_id,
    edition.subscriber,
    edition.rhythm,
    edition.local_date,
    edition_story.topic,
    edition_story.story_id,
    edition_story.article_id,
    edition_story.headline,
    edition_story.is_told,
    article.outlet,
    article.language,
    article.title,
    article.canonical_url as url
from news.edition_story
join news.edition using (edition_id)
join news.article using (article_id);
comment on view analyst.edition_story is 'What each edition had to tell: the flagged articles that its reader had not been told of, and what was left out; of an alert, what it tells.';
comment on column analyst.edition_story.edition_id is 'The edition.';
comment on column analyst.edition_story.subscriber is 'Whose it is.';
comment on column analyst.edition_story.rhythm is 'What made it due: daily, weekly or alert.';
comment on column analyst.edition_story.local_date is 'Their date.';
comment on column analyst.edition_story.topic is 'Under which topic.';
comment on column analyst.edition_story.story_id is 'The story.';
comment on column analyst.edition_story.article_id is 'The article.';
comment on column analyst.edition_story.headline is 'What the edition called the story; empty if it does not show it.';
comment on column analyst.edition_story.is_told is 'Whether the mail tells it or leads to it; if not, the next edition has to.';
comment on column analyst.edition_story.outlet is 'Who published the article.';
comment on column analyst.edition_story.language is 'Its language.';
comment on column analyst.edition_story.title is 'Its headline.';
comment on column analyst.edition_story.url is 'Where it stands.';

create view analyst.first_report as
select
    story.story_id,
    story.headline,
    seen.article_id,
    seen.outlet,
    seen.seen_at,
    published.article_id as published_article_id,
    published.outlet as published_outlet,
    published.published_at
from news.story
cross join lateral (
    select article.article_id, article.outlet, article.first_seen_at as seen_at
    from news.decision
    join news.article using (article_id)
    where decision.story_id = story.story_id and article.loaded_at is not null
    order by article.first_seen_at, article.published_at nulls last, article.article_id limit 1
) as seen
left join lateral (
    select article.article_id, article.outlet, article.published_at
    from news.decision
    join news.article using (article_id)
    where decision.story_id = story.story_id and article.loaded_at is not null
      and article.published_at is not null
    order by article.published_at, article.article_id limit 1
) as published on true;
comment on view analyst.first_report is 'Who told each story first, by both clocks: ours, and the one that outlets set.';
comment on column analyst.first_report.story_id is 'The story.';
comment on column analyst.first_report.headline is 'Headline of its first article.';
comment on column analyst.first_report.article_id is 'The article that was seen first; of those of one cycle the one that says it was published first.';
comment on column analyst.first_report.outlet is 'Who published that.';
comment on column analyst.first_report.seen_at is 'When it was seen.';
comment on column analyst.first_report.published_article_id is 'The article that says it was published first; null if none says when.';
comment on column analyst.first_report.published_outlet is 'Who published that.';
comment on column analyst.first_report.published_at is 'When, as the outlet says.';
