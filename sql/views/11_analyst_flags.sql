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
    flag.seen_at,
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
     order by mention.part = 'subject' desc, mention.field = 'text' desc, mention.mention_id
     limit 1) as evidence
from news.flag
left join news.article using (article_id)  -- each has one: not read where nothing of it is asked for
join news.decision using (article_id)
where flag.superseded_at is null
  and flag.article_id not in (select article_id from news.article where loaded_at is null);
comment on view analyst.flag is 'Which article mentions which topic, by the topic''s definition in force; of a copy only what its original does not mention. The truth to count by; analyst.coverage has the copies of flagged articles as well.';
comment on column analyst.flag.flag_id is 'Identity; joins to analyst.mention.';
comment on column analyst.flag.article_id is 'The article.';
comment on column analyst.flag.topic is 'Id of the topic.';
comment on column analyst.flag.score is '0 to 1: of a topic that a scorer decides, how probable it is that the article mentions it; of others, how much the article is about it.';
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
comment on column analyst.flag.evidence is 'The sentence of the first mention that names the subject, in the text if it stands there.';

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
    mention.alias,
    mention.part,
    article.first_seen_at as seen_at
from news.mention
join news.flag using (flag_id)
join news.article using (article_id)
where article.loaded_at is not null and flag.superseded_at is null;
comment on view analyst.mention is 'Every occurrence behind a flag, with its exact place.';
comment on column analyst.mention.mention_id is 'Identity.';
comment on column analyst.mention.flag_id is 'The flag it supports.';
comment on column analyst.mention.article_id is 'The article.';
comment on column analyst.mention.topic is 'Id of the topic.';
comment on column analyst.mention.field is 'title, text or subtitle: the column of analyst.article that the offsets count in.';
comment on column analyst.mention.char_start is 'Offset in code points from 0: substr(field, char_start + 1, char_end - char_start) is matched.';
comment on column analyst.mention.char_end is 'Exclusive.';
comment on column analyst.mention.matched is 'The words as they stand there.';
comment on column analyst.mention.sentence is 'The sentence around them.';
comment on column analyst.mention.alias is 'The alias or group of the topic that they match.';
comment on column analyst.mention.part is 'subject, if they name what the topic is about; support, if they bear out the rule.';
comment on column analyst.mention.seen_at is 'When the article was first seen.';

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
select
    day.day,
    topic.topic,
    hit.flagged,
    hit.flagged_not_passing,
    hit.outlets,
    total.originals,
    hit.flagged::double precision / nullif(total.originals, 0) as ratio
from (
    select generate_series(min(day), max(day), interval '1 day')::date as day from analyst.outlet_day
) as day
cross join lateral (
    select coalesce(sum(outlet_day.originals), 0) as originals
    from news.outlet_day where outlet_day.day = day.day
) as total
cross join (select distinct topic from news.topic_version) as topic
cross join lateral (
    select count(*) as flagged,
           count(*) filter (where flag.salience <> 'passing') as flagged_not_passing,
           count(distinct article.outlet) as outlets
    from news.flag
    join news.article using (article_id)
    where flag.topic = topic.topic and flag.superseded_at is null and article.loaded_at is not null
      and flag.seen_at >= day.day::timestamp at time zone 'UTC'
      and flag.seen_at < (day.day + 1)::timestamp at time zone 'UTC'
) as hit;
comment on view analyst.topic_day is 'Flagged originals per topic and UTC day, zero-filled, beside all originals of the day.';
comment on column analyst.topic_day.day is 'UTC day on which the articles were first seen.';
comment on column analyst.topic_day.topic is 'Id of the topic.';
comment on column analyst.topic_day.flagged is 'Original articles that mention it.';
comment on column analyst.topic_day.flagged_not_passing is 'Those in which it is more than a passing mention.';
comment on column analyst.topic_day.outlets is 'Outlets of those articles.';
comment on column analyst.topic_day.originals is 'All original articles of the day.';
comment on column analyst.topic_day.ratio is 'flagged / originals; null on a day without articles.';

create view analyst.coverage as
select
    flag.topic,
    carrier.article_id,
    flag.article_id as flagged_article_id,
    carrier.article_id = flag.article_id as is_flagged,
    carrier_decision.kind as duplicate_kind,
    flag.score,
    flag.salience,
    carrier.outlet,
    carrier.country,
    carrier.language,
    carrier.first_seen_at as seen_at,
    carrier.published_at,
    carrier.title,
    carrier.canonical_url as url,
    carrier_decision.story_id
from news.flag
join news.article as flagged on flagged.article_id = flag.article_id
cross join lateral (
    select own.article_id, own.kind, own.story_id
    from news.decision as own where own.article_id = flag.article_id
    union all
    select copy.article_id, copy.kind, copy.story_id
    from news.decision as copy where copy.duplicate_of_article = flag.article_id
) as carrier_decision
join news.article as carrier on carrier.article_id = carrier_decision.article_id
where flag.superseded_at is null and carrier.loaded_at is not null and flagged.loaded_at is not null;
comment on view analyst.coverage is 'Who carried a topic: every article that is flagged, and every copy of one.';
comment on column analyst.coverage.topic is 'Id of the topic.';
comment on column analyst.coverage.article_id is 'The article that carried it.';
comment on column analyst.coverage.flagged_article_id is 'The article with the flag: this one, or the original that it copies.';
comment on column analyst.coverage.is_flagged is 'True if the flag is its own.';
comment on column analyst.coverage.duplicate_kind is 'How it copies an earlier text; null for an original.';
comment on column analyst.coverage.score is 'Of the flag, 0 to 1.';
comment on column analyst.coverage.salience is 'Of the flag: headline, lead, body or passing.';
comment on column analyst.coverage.outlet is 'Who published it.';
comment on column analyst.coverage.country is 'The outlet''s country.';
comment on column analyst.coverage.language is 'Language of the text.';
comment on column analyst.coverage.seen_at is 'When it was first seen.';
comment on column analyst.coverage.published_at is 'When the outlet says it was published.';
comment on column analyst.coverage.title is 'Headline.';
comment on column analyst.coverage.url is 'Canonical URL.';
comment on column analyst.coverage.story_id is 'The story it belongs to.';

create view analyst.story_topic as
select
    on_topic.topic,
    on_topic.story_id,
    member.article_id,
    case
        when own.flag_id is not null then 'flagged'
        when of_original.flag_id is not null then 'copy'
        else 'told'
    end as how,
    on_topic.flagged,
    on_topic.score,
    on_topic.first_flagged_at,
    member.role,
    carrier.outlet,
    carrier.country,
    carrier.language,
    carrier.first_seen_at as seen_at,
    carrier.published_at,
    carrier.title,
    carrier.canonical_url as url
from (
    select flag.topic, decision.story_id, count(*) as flagged, max(flag.score) as score,
           min(flag.flagged_at) as first_flagged_at
    from news.flag
    join news.decision using (article_id)
    join news.article using (article_id)
    where flag.superseded_at is null and article.loaded_at is not null
    group by flag.topic, decision.story_id
) as on_topic
join news.decision as member on member.story_id = on_topic.story_id
join news.article as carrier on carrier.article_id = member.article_id
left join news.flag as own
    on own.article_id = member.article_id and own.topic = on_topic.topic
   and own.superseded_at is null
left join news.flag as of_original
    on of_original.article_id = member.duplicate_of_article and of_original.topic = on_topic.topic
   and of_original.superseded_at is null
where carrier.loaded_at is not null;
comment on view analyst.story_topic is 'Every article of each story in which a topic is flagged, and how the topic is known of it: so a headline that names nobody is found by the story that it belongs to.';
comment on column analyst.story_topic.topic is 'Id of the topic.';
comment on column analyst.story_topic.story_id is 'The story.';
comment on column analyst.story_topic.article_id is 'An article of the story.';
comment on column analyst.story_topic.how is 'flagged: by its own words; copy: of a flagged article; told: by the story alone.';
comment on column analyst.story_topic.flagged is 'Articles of the story that are flagged for the topic: one of many says less than most.';
comment on column analyst.story_topic.score is 'The highest score of those flags, 0 to 1.';
comment on column analyst.story_topic.first_flagged_at is 'When the first of them was flagged.';
comment on column analyst.story_topic.role is 'The article''s part in its story; analyst.code has a sentence on each.';
comment on column analyst.story_topic.outlet is 'Who published it.';
comment on column analyst.story_topic.country is 'The outlet''s country.';
comment on column analyst.story_topic.language is 'Language of the text.';
comment on column analyst.story_topic.seen_at is 'When it was first seen.';
comment on column analyst.story_topic.published_at is 'When the outlet says it was published.';
comment on column analyst.story_topic.title is 'Headline.';
comment on column analyst.story_topic.url is 'Canonical URL.';
