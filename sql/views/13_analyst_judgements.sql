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
comment on column analyst.judgement.verdict is 'right, wrong, or missed: it should have been decided so, and was not.';
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
        / nullif(count(*) filter (where judgement.verdict <> 'missed'), 0) as precision,
    min(judgement.judged_at) as first_judged_at,
    max(judgement.judged_at) as last_judged_at
from news.judgement
join news.article using (article_id)
where judgement.subject = 'flag' and judgement.superseded_at is null and article.loaded_at is not null
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
