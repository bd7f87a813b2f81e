-- What came near a flag; and the nightly sample of articles without one, by which it is told how much
-- is missed.

create table news.near_miss (
    article_id    bigint not null references news.article on delete cascade,
    topic         text not null,
    topic_version text not null,
    rule          text not null,
    missed        text not null,
    words         text[] not null,
    sentence      text not null,
    nearness      real not null,
    looked_at     timestamptz not null,
    primary key (article_id, topic),
    foreign key (topic, topic_version) references news.topic_version
);
comment on table news.near_miss is 'An original that a topic does not flag, and the rule of the topic that came nearest. Looked for once, in the night after the article was first seen.';
comment on column news.near_miss.article_id is 'The article.';
comment on column news.near_miss.topic is 'The topic.';
comment on column news.near_miss.topic_version is 'The definition that it was looked at by.';
comment on column news.near_miss.rule is 'The rule that came nearest; scorer, if the probability was too low.';
comment on column news.near_miss.missed is 'What stopped it, as it is written in the rule.';
comment on column news.near_miss.words is 'The words that it found without that condition.';
comment on column news.near_miss.sentence is 'The sentence that the first of them stand in.';
comment on column news.near_miss.nearness is 'Of a scorer the probability, of rules the score without the condition.';
comment on column news.near_miss.looked_at is 'When.';
create index near_miss_by_topic on news.near_miss (topic, topic_version, looked_at);
create index near_miss_by_time on news.near_miss (looked_at);

create table news.recall_draw (
    draw_id       bigint generated always as identity primary key,
    day           date not null,
    topic         text not null,
    topic_version text not null,
    near          int not null,
    others        int not null,
    drawn_at      timestamptz not null,
    unique (topic, day),
    foreign key (topic, topic_version) references news.topic_version
);
comment on table news.recall_draw is 'Of a topic and a day of news: what the sample of articles without a flag was drawn from.';
comment on column news.recall_draw.draw_id is 'Identity.';
comment on column news.recall_draw.day is 'The UTC day on which the articles were first seen.';
comment on column news.recall_draw.topic is 'The topic.';
comment on column news.recall_draw.topic_version is 'The definition that was in force at the draw.';
comment on column news.recall_draw.near is 'How many originals without its flag a rule came near.';
comment on column news.recall_draw.others is 'How many others hold words of the topic.';
comment on column news.recall_draw.drawn_at is 'When it was drawn.';
create index recall_draw_by_version on news.recall_draw (topic, topic_version);

create table news.recall_sample (
    draw_id    bigint not null references news.recall_draw on delete cascade,
    article_id bigint not null references news.article on delete cascade,
    place      int not null,
    rule       text,
    primary key (draw_id, article_id)
);
comment on table news.recall_sample is 'The articles that were drawn, for a person to judge: news.judgement has what was said.';
comment on column news.recall_sample.draw_id is 'The draw.';
comment on column news.recall_sample.article_id is 'The article.';
comment on column news.recall_sample.place is 'In what order the night''s are to be judged, all topics together.';
comment on column news.recall_sample.rule is 'The rule that came nearest; null: it only holds words of the topic.';
create index recall_sample_by_article on news.recall_sample (article_id);

create table news.recall_flagged (
    draw_id  bigint not null references news.recall_draw on delete cascade,
    rule     text not null,
    language text,
    flagged  int not null,
    unique nulls not distinct (draw_id, rule, language)
);
comment on table news.recall_flagged is 'The originals of the same day that the topic flags, counted at the draw.';
comment on column news.recall_flagged.draw_id is 'The draw.';
comment on column news.recall_flagged.rule is 'The rule that their flags rest on.';
comment on column news.recall_flagged.language is 'Their language; null if it is not known.';
comment on column news.recall_flagged.flagged is 'How many.';

alter domain news.verdict drop constraint verdict_check;
alter domain news.verdict add constraint verdict_check
    check (value in ('right', 'wrong', 'missed', 'absent', 'unsure'));
alter table news.judgement add constraint only_flags_are_absent
    check (subject = 'flag' or verdict not in ('absent', 'unsure'));
comment on column news.judgement.verdict is 'right, wrong; of what was not decided: missed, absent (rightly so), unsure.';

create function analyst.wilson(share double precision, cases double precision, side integer)
returns double precision
language sql immutable parallel safe
return case
    when cases > 0 then greatest(0.0, least(1.0,
        (share + 3.841459 / (2 * cases)
            + side * 1.959964 * sqrt(share * (1 - share) / cases + 3.841459 / (4 * cases * cases)))
        / (1 + 3.841459 / cases)))
end;
comment on function analyst.wilson(double precision, double precision, integer) is
    'Wilson''s 95 % interval of a share that was found among so many cases: its lower bound (side -1) or its upper (1).';
