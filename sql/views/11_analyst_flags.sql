create view analyst.flag as
select
    flag.flag_id,
    flag.article_id,
    flag.topic,
    flag.score,
    flag.salience,
    flag.reason,
    flag.rule,
    flag.version as topic_version,
    flag.flagged_at,
    article.publication,
    article.first_seen_at as seen_at,
    article.published_at,
    article.outlet,
    article.country,
    article.language,
    article.title,
    article.canonical_url as url,
    decision.story_id,
    (select mention.sentence
     from news.mention
     where mention.flag_id = flag.flag_id
     order by mention.field = 'text' desc, mention.mention_id
     limit 1) as evidence
from news.flag
join news.article using (article_id)
join news.decision using (article_id)
where article.loaded_at is not null and flag.superseded_at is null;
comment on view analyst.flag is 'Which original article mentions which topic, by the topic''s definition in force. The truth to count by.';
comment on column analyst.flag.flag_id is 'Identity; joins to analyst.mention.';
comment on column analyst.flag.article_id is 'The article.';
comment on column analyst.flag.topic is 'Id of the topic.';
comment on column analyst.flag.score is 'How much the article is about the topic, 0 to 1.';
comment on column analyst.flag.salience is 'headline, lead, body or passing.';
comment on column analyst.flag.reason is 'Why it was flagged, as a sentence.';
comment on column analyst.flag.rule is 'The rule of the topic that fired.';
comment on column analyst.flag.topic_version is 'Which definition of the topic; see analyst.topic.';
comment on column analyst.flag.flagged_at is 'When it was flagged.';
comment on column analyst.flag.publication is 'Number of the publication that brought the article here: ask for what is new by this, as in analyst.article.';
comment on column analyst.flag.seen_at is 'When the article was first seen.';
comment on column analyst.flag.published_at is 'When the outlet says it was published.';
comment on column analyst.flag.outlet is 'Who published it.';
comment on column analyst.flag.country is 'The outlet''s country.';
comment on column analyst.flag.language is 'Language of the text.';
comment on column analyst.flag.title is 'Headline.';
comment on column analyst.flag.url is 'Canonical URL.';
comment on column analyst.flag.story_id is 'The story it belongs to.';
comment on column analyst.flag.evidence is 'The sentence of the first mention in the text, else the headline.';

create view analyst.mention as
select
    mention.mention_id,
    mention.flag_id,
    flag.article_id,
    flag.topic,
    mention.field,
    mention.char_start,
    mention.char_end,
    mention.matched,
    mention.sentence,
    mention.alias
from news.mention
join news.flag using (flag_id)
join news.article using (article_id)
where article.loaded_at is not null and flag.superseded_at is null;
comment on view analyst.mention is 'Every occurrence behind a flag, with its exact place.';
comment on column analyst.mention.mention_id is 'Identity.';
comment on column analyst.mention.flag_id is 'The flag it supports.';
comment on column analyst.mention.article_id is 'The article.';
comment on column analyst.mention.topic is 'Id of the topic.';
comment on column analyst.mention.field is 'title or text: the column of analyst.article that the offsets count in.';
comment on column analyst.mention.char_start is 'Offset in code points from 0: substr(field, char_start + 1, char_end - char_start) is matched.';
comment on column analyst.mention.char_end is 'Exclusive.';
comment on column analyst.mention.matched is 'The words as they stand there.';
comment on column analyst.mention.sentence is 'The sentence around them.';
comment on column analyst.mention.alias is 'The alias or group of the topic that they match.';

create view analyst.topic as
select
    topic_version.topic,
    topic_version.version,
    topic_version.name,
    topic_version.definition,
    topic_version.first_used_at,
    topic_version.first_used_at = max(topic_version.first_used_at) over (partition by topic_version.topic)
        as is_newest
from news.topic_version;
comment on view analyst.topic is 'Every definition of a topic that was ever used.';
comment on column analyst.topic.topic is 'Id of the topic.';
comment on column analyst.topic.version is 'Hash of the definition.';
comment on column analyst.topic.name is 'Name for people.';
comment on column analyst.topic.definition is 'The YAML as it was.';
comment on column analyst.topic.first_used_at is 'When it first flagged.';
comment on column analyst.topic.is_newest is 'True for the newest definition of the topic.';

create view analyst.topic_day as
with bounds as (
    select min(first_seen_at at time zone 'UTC')::date as first_day,
           max(first_seen_at at time zone 'UTC')::date as last_day
    from news.article
    where loaded_at is not null
),
day as (
    select generate_series(first_day, last_day, interval '1 day')::date as day from bounds
),
total as (
    select (article.first_seen_at at time zone 'UTC')::date as day, count(*) as originals
    from news.article
    join news.decision using (article_id)
    where article.loaded_at is not null and decision.kind is null
    group by 1
),
hit as (
    select (seen_at at time zone 'UTC')::date as day, topic,
           count(*) as flagged,
           count(*) filter (where salience <> 'passing') as flagged_not_passing,
           count(distinct outlet) as outlets
    from analyst.flag
    group by 1, 2
)
select
    day.day,
    topic.topic,
    coalesce(hit.flagged, 0) as flagged,
    coalesce(hit.flagged_not_passing, 0) as flagged_not_passing,
    coalesce(hit.outlets, 0) as outlets,
    coalesce(total.originals, 0) as originals,
    coalesce(hit.flagged, 0)::double precision / nullif(total.originals, 0) as ratio
from day
cross join (select distinct topic from news.topic_version) as topic
left join total using (day)
left join hit on hit.day = day.day and hit.topic = topic.topic;
comment on view analyst.topic_day is 'Flagged originals per topic and UTC day, zero-filled, beside all originals of the day.';
comment on column analyst.topic_day.day is 'UTC day on which the articles were first seen.';
comment on column analyst.topic_day.topic is 'Id of the topic.';
comment on column analyst.topic_day.flagged is 'Original articles that mention it.';
comment on column analyst.topic_day.flagged_not_passing is 'Those in which it is more than a passing mention.';
comment on column analyst.topic_day.outlets is 'Outlets of those articles.';
comment on column analyst.topic_day.originals is 'All original articles of the day.';
comment on column analyst.topic_day.ratio is 'flagged / originals; null on a day without articles.';
