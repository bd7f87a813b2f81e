-- Which article mentions which topic, by which definition, and where.

create domain news.salience as text
    check (value in ('headline', 'lead', 'body', 'passing'));
comment on domain news.salience is 'Where in an article a topic stands. Each value has its sentence in analyst.code.';

create domain news.mention_field as text
    check (value in ('title', 'text'));
comment on domain news.mention_field is 'The field of an article that a mention stands in. Each value has its sentence in analyst.code.';

create table news.topic_version (
    topic         text not null,
    version       text not null,
    name          text not null,
    definition    text not null,
    first_used_at timestamptz not null,
    primary key (topic, version)
);
comment on table news.topic_version is 'Every definition of a topic that was ever used to flag.';
comment on column news.topic_version.topic is 'Id of the topic: the name of its file.';
comment on column news.topic_version.version is 'Hash of the definition.';
comment on column news.topic_version.name is 'The topic''s name for people.';
comment on column news.topic_version.definition is 'The YAML as it was.';
comment on column news.topic_version.first_used_at is 'When it first flagged.';

create table news.flag (
    flag_id       bigint generated always as identity primary key,
    article_id    bigint not null references news.article on delete cascade,
    topic         text not null,
    version       text not null,
    score         real not null check (score between 0 and 1),
    salience      news.salience not null,
    rule          text not null,
    reason        text not null,
    flagged_at    timestamptz not null,
    superseded_at timestamptz,
    foreign key (topic, version) references news.topic_version
);
comment on table news.flag is 'An article mentions a topic. History is kept: a re-flag supersedes, it does not delete.';
comment on column news.flag.flag_id is 'Identity.';
comment on column news.flag.article_id is 'The article.';
comment on column news.flag.topic is 'The topic.';
comment on column news.flag.version is 'The definition that flagged it.';
comment on column news.flag.score is 'How much the article is about the topic, 0 to 1.';
comment on column news.flag.salience is 'Where the topic stands: headline, lead, body or passing.';
comment on column news.flag.rule is 'The rule of the topic that fired.';
comment on column news.flag.reason is 'Why, as a sentence.';
comment on column news.flag.flagged_at is 'When.';
comment on column news.flag.superseded_at is 'When another version of the topic took over; null if in force.';
create unique index flag_in_force on news.flag (article_id, topic) where superseded_at is null;
create index flag_by_topic on news.flag (topic, article_id) where superseded_at is null;
create index flag_by_article on news.flag (article_id);
create index flag_by_version on news.flag (topic, version);

create table news.mention (
    mention_id bigint generated always as identity primary key,
    flag_id    bigint not null references news.flag on delete cascade,
    field      news.mention_field not null,
    char_start int not null,
    char_end   int not null,
    matched    text not null,
    sentence   text not null,
    alias      text not null,
    check (char_end > char_start)
);
comment on table news.mention is 'One occurrence of a topic''s words, with its exact place.';
comment on column news.mention.mention_id is 'Identity.';
comment on column news.mention.flag_id is 'The flag it supports.';
comment on column news.mention.field is 'title or text.';
comment on column news.mention.char_start is 'Offset in code points, from 0: substr(field, char_start + 1, char_end - char_start) is matched.';
comment on column news.mention.char_end is 'Exclusive.';
comment on column news.mention.matched is 'The words as they stand there.';
comment on column news.mention.sentence is 'The sentence around them.';
comment on column news.mention.alias is 'The alias or group of the topic that they match.';
create index mention_by_flag on news.mention (flag_id);
