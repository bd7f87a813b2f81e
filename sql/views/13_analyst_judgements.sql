create view analyst.article_search as
select article_search.article_id, article.first_seen_at as seen_at, article_search.words
from news.article_search
join news.article using (article_id)
where article.loaded_at is not null;
comment on view analyst.article_search is 'The words of every published article, in any script: where words @@ phraseto_tsquery(''simple'', analyst.searchable(''谈判'')).';
comment on column analyst.article_search.article_id is 'The article.';
comment on column analyst.article_search.seen_at is 'When it was first seen.';
comment on column analyst.article_search.words is 'The words of headline (weight A), subtitle (B) and the first 100,000 characters of the text (D), as analyst.searchable makes them.';

create view analyst.judgement as
select
    judgement.judgement_id,
    judgement.subject,
    judgement.verdict,
    judgement.article_id,
    article.outlet,
    article.language,
    article.title,
    article.first_seen_at as seen_at,
    judgement.topic,
    judgement.topic_version,
    judgement.rule,
    judgement.story_id,
    judgement.original_id,
    judgement.why,
    judgement.judged_by,
    judgement.judged_at
from news.judgement
join news.article using (article_id)
where judgement.superseded_at is null and article.loaded_at is not null;
comment on view analyst.judgement is 'What people say of flags, memberships in stories, and copies: of each thing the newest judgement.';
comment on column analyst.judgement.judgement_id is 'Identity.';
comment on column analyst.judgement.subject is 'flag, story or copy.';
comment on column analyst.judgement.verdict is 'right, wrong; of what was not decided: missed (it should have been), absent (rightly so), unsure.';
comment on column analyst.judgement.article_id is 'The article.';
comment on column analyst.judgement.outlet is 'Who published it.';
comment on column analyst.judgement.language is 'Its language.';
comment on column analyst.judgement.title is 'Its headline.';
comment on column analyst.judgement.seen_at is 'When it was first seen.';
comment on column analyst.judgement.topic is 'Of a flag: the topic.';
comment on column analyst.judgement.topic_version is 'Of a flag that was there: the definition that flagged it.';
comment on column analyst.judgement.rule is 'Of a flag that was there: the rule that it rested on.';
comment on column analyst.judgement.story_id is 'Of a membership: the story.';
comment on column analyst.judgement.original_id is 'Of a copy: what it copies, or should be a copy of.';
comment on column analyst.judgement.why is 'In the words of who judged; empty if none.';
comment on column analyst.judgement.judged_by is 'Who judged.';
comment on column analyst.judgement.judged_at is 'When.';

create view analyst.topic_precision as
select
    judgement.topic,
    judgement.topic_version,
    judgement.rule,
    article.language,
    count(*) filter (where judgement.verdict = 'right') as "right",
    count(*) filter (where judgement.verdict = 'wrong') as wrong,
    count(*) filter (where judgement.verdict = 'missed') as missed,
    count(*) filter (where judgement.verdict = 'right')::double precision
        / nullif(count(*) filter (where judgement.verdict in ('right', 'wrong')), 0) as precision,
    min(judgement.judged_at) as first_judged_at,
    max(judgement.judged_at) as last_judged_at
from news.judgement
join news.article using (article_id)
where judgement.subject = 'flag' and judgement.superseded_at is null and article.loaded_at is not null
  and judgement.verdict not in ('absent', 'unsure')
group by judgement.topic, judgement.topic_version, judgement.rule, article.language;
comment on view analyst.topic_precision is 'How many of the judged flags are right, by topic, definition, rule and language. Of flags that somebody chose to judge: no random sample.';
comment on column analyst.topic_precision.topic is 'The topic.';
comment on column analyst.topic_precision.topic_version is 'The definition that flagged; null for what was missed.';
comment on column analyst.topic_precision.rule is 'The rule that the flags rest on; null for what was missed.';
comment on column analyst.topic_precision.language is 'Language of the articles.';
comment on column analyst.topic_precision."right" is 'Flags that are right.';
comment on column analyst.topic_precision.wrong is 'Flags that are wrong.';
comment on column analyst.topic_precision.missed is 'Articles that should have been flagged.';
comment on column analyst.topic_precision.precision is 'Right ones among the judged flags, 0 to 1; null where only misses were judged.';
comment on column analyst.topic_precision.first_judged_at is 'When the first of these judgements was made.';
comment on column analyst.topic_precision.last_judged_at is 'When the last one was.';

create view analyst.near_miss as
select
    near_miss.article_id,
    near_miss.topic,
    near_miss.topic_version,
    near_miss.rule,
    near_miss.missed,
    near_miss.words,
    near_miss.sentence,
    near_miss.nearness,
    near_miss.looked_at,
    article.first_seen_at as seen_at,
    article.outlet,
    article.language,
    article.title
from news.near_miss
join news.article using (article_id)
where article.loaded_at is not null and not exists (
    select from news.flag
    where flag.article_id = near_miss.article_id and flag.topic = near_miss.topic
      and flag.superseded_at is null
);
comment on view analyst.near_miss is 'Originals that a topic does not flag, with the rule that came nearest and the condition that stopped it. Those of a day are looked at in the night after it, and kept as long as the logs.';
comment on column analyst.near_miss.article_id is 'The article.';
comment on column analyst.near_miss.topic is 'The topic.';
comment on column analyst.near_miss.topic_version is 'The definition that it was looked at by; see analyst.topic.';
comment on column analyst.near_miss.rule is 'The rule that came nearest; scorer, if the probability was too low; where, if the topic asks for other articles.';
comment on column analyst.near_miss.missed is 'What stopped it, as it is written in the rule.';
comment on column analyst.near_miss.words is 'The words that it found without that condition.';
comment on column analyst.near_miss.sentence is 'The sentence that the first of them stand in.';
comment on column analyst.near_miss.nearness is 'Of a scorer the probability, of rules the score without the condition; the nearest first.';
comment on column analyst.near_miss.looked_at is 'When it was looked at.';
comment on column analyst.near_miss.seen_at is 'When the article was first seen.';
comment on column analyst.near_miss.outlet is 'Who published it.';
comment on column analyst.near_miss.language is 'Its language.';
comment on column analyst.near_miss.title is 'Its headline.';

create view analyst.recall_sample as
select
    recall_draw.day,
    recall_draw.topic,
    recall_draw.topic_version,
    recall_sample.place,
    recall_sample.article_id,
    article.outlet,
    article.language,
    article.title,
    article.first_seen_at as seen_at,
    recall_sample.rule,
    near_miss.missed,
    near_miss.sentence,
    exists (
        select from news.flag
        where flag.article_id = recall_sample.article_id and flag.topic = recall_draw.topic
          and flag.superseded_at is null
    ) as is_flagged,
    judgement.verdict,
    judgement.judged_by,
    judgement.judged_at
from news.recall_sample
join news.recall_draw using (draw_id)
join news.article using (article_id)
left join news.near_miss
  on near_miss.article_id = recall_sample.article_id and near_miss.topic = recall_draw.topic
left join news.judgement
  on judgement.article_id = recall_sample.article_id and judgement.topic = recall_draw.topic
 and judgement.subject = 'flag' and judgement.superseded_at is null
where article.loaded_at is not null;
comment on view analyst.recall_sample is 'The nightly sample: originals without a flag that hold words of a topic, for a person to judge. Half of them a rule came near; who judges in the order of place keeps it a random sample.';
comment on column analyst.recall_sample.day is 'The UTC day on which the articles were first seen.';
comment on column analyst.recall_sample.topic is 'The topic that did not flag it.';
comment on column analyst.recall_sample.topic_version is 'The definition that was in force at the draw.';
comment on column analyst.recall_sample.place is 'In what order the day''s are to be judged, all topics together.';
comment on column analyst.recall_sample.article_id is 'The article.';
comment on column analyst.recall_sample.outlet is 'Who published it.';
comment on column analyst.recall_sample.language is 'Its language.';
comment on column analyst.recall_sample.title is 'Its headline.';
comment on column analyst.recall_sample.seen_at is 'When it was first seen.';
comment on column analyst.recall_sample.rule is 'The rule that came nearest; null: it only holds words of the topic.';
comment on column analyst.recall_sample.missed is 'What stopped that rule, while near misses are kept.';
comment on column analyst.recall_sample.sentence is 'Where it came near.';
comment on column analyst.recall_sample.is_flagged is 'Whether the topic flags it by now, as after a reflag.';
comment on column analyst.recall_sample.verdict is 'What a person says of the topic''s flag of it; null: nobody has judged it. missed and right: it tells of the topic; absent and wrong: it does not; unsure is left out of estimates.';
comment on column analyst.recall_sample.judged_by is 'Who judged.';
comment on column analyst.recall_sample.judged_at is 'When.';

create view analyst.topic_quality as
with draw as (
    select draw_id, topic, topic_version, date_trunc('week', day)::date as week, near, others
    from news.recall_draw
),
said as (
    select draw.topic, draw.topic_version, draw.week, recall_sample.rule, article.language,
           recall_sample.rule is not null as is_near,
           judgement.verdict in ('missed', 'right') as is_missed
    from news.recall_sample
    join draw using (draw_id)
    join news.article using (article_id)
    join news.judgement
      on judgement.article_id = recall_sample.article_id and judgement.topic = draw.topic
     and judgement.subject = 'flag' and judgement.superseded_at is null
     and judgement.verdict <> 'unsure'
),
stratum as (
    select drawn.*, coalesce(judged.cases, 0) as cases
    from (
        select topic, topic_version, week, is_near, sum(articles)::double precision as articles
        from draw
        cross join lateral (values (true, near), (false, others)) as half (is_near, articles)
        group by topic, topic_version, week, is_near
    ) as drawn
    left join (
        select topic, topic_version, week, is_near, count(*) as cases from said
        group by topic, topic_version, week, is_near
    ) as judged using (topic, topic_version, week, is_near)
    where drawn.articles > 0
),
-- A half of which nothing is judged says nothing: such a week is left out, with what it flagged.
judged_week as (
    select topic, topic_version, week from stratum
    group by topic, topic_version, week having min(cases) > 0
),
fact as (
    select topic, topic_version, week, recall_flagged.rule, recall_flagged.language,
           recall_flagged.flagged, 0 as "right", 0 as wrong, 0 as judged, 0 as missed,
           0.0::double precision as weight, 0.0::double precision as missed_weight,
           0.0::double precision as squared_weight
    from news.recall_flagged
    join draw using (draw_id)
    join judged_week using (topic, topic_version, week)
    union all
    select said.topic, said.topic_version, said.week, said.rule, said.language,
           0, 0, 0, 1, said.is_missed::int,
           articles / cases,
           case when said.is_missed then articles / cases else 0 end,
           (articles / cases) * (articles / cases)
    from said
    join judged_week using (topic, topic_version, week)
    join stratum using (topic, topic_version, week, is_near)
    union all
    select judgement.topic, judgement.topic_version,
           date_trunc('week', article.first_seen_at at time zone 'UTC')::date,
           judgement.rule, article.language, 0,
           (judgement.verdict = 'right')::int, (judgement.verdict = 'wrong')::int, 0, 0, 0, 0, 0
    from news.judgement
    join news.article using (article_id)
    where judgement.subject = 'flag' and judgement.superseded_at is null
      and judgement.verdict in ('right', 'wrong') and article.loaded_at is not null
),
summed as (
    select
        topic,
        case
            when grouping(topic_version) = 0 then 'version'
            when grouping(week) = 0 then 'week'
            when grouping(rule) = 0 then 'rule'
            when grouping(language) = 0 then 'language'
            else 'topic'
        end as split_by,
        case
            when grouping(topic_version) = 0 then topic_version
            when grouping(week) = 0 then week::text
            when grouping(rule) = 0 then rule
            when grouping(language) = 0 then language
            else topic
        end as part,
        sum("right")::int as "right", sum(wrong)::int as wrong,
        sum(flagged)::int as flagged, sum(judged)::int as judged, sum(missed)::int as missed,
        sum(weight) as weight, sum(missed_weight) as missed_weight,
        sum("right") / nullif(sum("right" + wrong), 0)::double precision as precision,
        sum(missed_weight) / nullif(sum(weight), 0) as missed_share,
        sum(weight) * sum(weight) / nullif(sum(squared_weight), 0) as cases
    from fact
    group by grouping sets (
        (topic), (topic, topic_version), (topic, week), (topic, rule), (topic, language)
    )
),
counted as (
    select *, case when judged > 0 then flagged * coalesce(precision, 1) end as found from summed
)
select
    topic,
    split_by,
    part,
    "right",
    wrong,
    precision,
    analyst.wilson(precision, "right" + wrong, -1) as precision_low,
    analyst.wilson(precision, "right" + wrong, 1) as precision_high,
    judged,
    missed,
    flagged,
    case when judged > 0 then missed_weight end as missed_estimate,
    found / nullif(found + missed_weight, 0) as recall,
    found / nullif(found + weight * analyst.wilson(missed_share, cases, 1), 0) as recall_low,
    found / nullif(found + weight * analyst.wilson(missed_share, cases, -1), 0) as recall_high
from counted;
comment on view analyst.topic_quality is 'Precision and estimated recall of each topic, in all and by version, week, rule and language. Precision is of flags that somebody chose to judge. Recall is estimated from the judged part of the nightly sample: each judged article stands for as many of its topic, version, week and half (a rule came near, or not) as were drawn from; the interval is Wilson''s, 95 %, for Kish''s effective number of cases. A miss that holds none of the topic''s words cannot be drawn: recall is of those that do.';
comment on column analyst.topic_quality.topic is 'The topic.';
comment on column analyst.topic_quality.split_by is 'What the row is one part of: topic (all of it), version, week, rule or language.';
comment on column analyst.topic_quality.part is 'Which: a version, the Monday of a week, a rule, a language; of all the topic. Of rules null: nothing came near.';
comment on column analyst.topic_quality."right" is 'Judged flags that are right.';
comment on column analyst.topic_quality.wrong is 'Judged flags that are wrong.';
comment on column analyst.topic_quality.precision is 'The share of the right ones, 0 to 1; null where none is judged.';
comment on column analyst.topic_quality.precision_low is 'The lower bound of its interval, as if what was judged were a random sample.';
comment on column analyst.topic_quality.precision_high is 'The upper bound.';
comment on column analyst.topic_quality.judged is 'Judged articles of the nightly sample, in weeks of which both halves were judged.';
comment on column analyst.topic_quality.missed is 'Those among them that should have been flagged.';
comment on column analyst.topic_quality.flagged is 'Originals that were flagged on the days of those weeks.';
comment on column analyst.topic_quality.missed_estimate is 'How many were missed on those days, estimated; null where nothing is judged.';
comment on column analyst.topic_quality.recall is 'flagged times precision (1 if no flag is judged), as a share of that and missed_estimate.';
comment on column analyst.topic_quality.recall_low is 'The lower bound of its interval: of the misses that were drawn, not of precision.';
comment on column analyst.topic_quality.recall_high is 'The upper bound.';
