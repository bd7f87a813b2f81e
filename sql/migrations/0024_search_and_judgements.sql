-- Full text over everything stored, in any script; and what people say of flags, stories and copies.

-- Accents, vowel points and stretched letters are left out, as who searches leaves them out; where no
-- blanks part words, each letter with its marks is a word, and a word that is looked for is a phrase.
create function analyst.searchable(written text) returns text
language sql immutable strict parallel safe
return case
    when written !~ '[^\x01-\x7f]' then written
    else regexp_replace(
        normalize(regexp_replace(
            normalize(written, NFKD),
            '[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]', '', 'g'
        ), NFKC),
        '([\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u0edc-\u0edf'
        '\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\u3005-\u3007\u3031-\u3035\u3041-\u3096'
        '\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff'
        '\uf900-\ufaff\U00020000-\U0003134f]'
        '[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059'
        '\u17b4-\u17d3\u3099\u309a]*)',
        ' \1 ', 'g'
    )
end;
comment on function analyst.searchable(text) is
    'A text, or words that are looked for, as analyst.article_search has them.';

create table news.article_search (
    article_id bigint primary key references news.article on delete cascade,
    words      tsvector not null
);
comment on table news.article_search is 'The words of each article, kept by a trigger of news.article: what full-text search finds it by.';
comment on column news.article_search.article_id is 'The article.';
comment on column news.article_search.words is 'The words of headline (weight A), subtitle (B) and the first 100,000 characters of the text (D), as analyst.searchable makes them.';
create index article_search_words on news.article_search using gin (words);

-- A tsvector holds a megabyte: what is beyond the beginning of a very long text is not found.
create function news.search_words(title text, subtitle text, body text) returns tsvector
language sql immutable parallel safe
return setweight(to_tsvector('simple', analyst.searchable(left(title, 2000))), 'A')
    || setweight(to_tsvector('simple', analyst.searchable(left(coalesce(subtitle, ''), 5000))), 'B')
    || to_tsvector('simple', analyst.searchable(left(body, 100000)));

create function news.keep_search_words() returns trigger
language plpgsql as $$
begin
    insert into news.article_search (article_id, words)
    values (new.article_id, news.search_words(new.title, new.subtitle, new.text))
    on conflict (article_id) do update set words = excluded.words;
    return null;
end
$$;
create trigger search_words_of_new after insert on news.article
    for each row execute function news.keep_search_words();
create trigger search_words_of_changed after update of title, subtitle, text on news.article
    for each row
    when ((old.title, old.subtitle, old.text) is distinct from (new.title, new.subtitle, new.text))
    execute function news.keep_search_words();

insert into news.article_search (article_id, words)
select article_id, news.search_words(title, subtitle, text) from news.article;

create index article_by_outlet on news.article (outlet, first_seen_at desc);

create domain news.judgement_subject as text check (value in ('flag', 'story', 'copy'));
comment on domain news.judgement_subject is 'What a judgement is about. Each value has its sentence in analyst.code.';
create domain news.verdict as text check (value in ('right', 'wrong', 'missed'));
comment on domain news.verdict is 'What a person says of a decision. Each value has its sentence in analyst.code.';

create table news.judgement (
    judgement_id  bigint generated always as identity primary key,
    subject       news.judgement_subject not null,
    verdict       news.verdict not null,
    article_id    bigint not null references news.article on delete cascade,
    topic         text,
    topic_version text,
    rule          text,
    story_id      bigint references news.story,
    original_id   bigint references news.article on delete cascade,
    why           text not null,
    judged_by     text not null,
    judged_at     timestamptz not null,
    superseded_at timestamptz,
    constraint flags_have_a_topic check ((subject = 'flag') = (topic is not null)),
    constraint memberships_have_a_story check ((subject = 'story') = (story_id is not null)),
    constraint originals_are_of_copies check (subject = 'copy' or original_id is null),
    constraint missed_copies_have_an_original
        check (subject <> 'copy' or verdict <> 'missed' or original_id is not null)
);
comment on table news.judgement is 'What people say of flags, memberships in stories, and copies. History is kept: a newer judgement of the same thing supersedes.';
comment on column news.judgement.judgement_id is 'Identity.';
comment on column news.judgement.subject is 'flag, story or copy.';
comment on column news.judgement.verdict is 'right, wrong, or missed: it should have been decided so, and was not.';
comment on column news.judgement.article_id is 'The article.';
comment on column news.judgement.topic is 'Of a flag: the topic.';
comment on column news.judgement.topic_version is 'Of a flag that is there: the definition that flagged it.';
comment on column news.judgement.rule is 'Of a flag that is there: the rule that it rests on.';
comment on column news.judgement.story_id is 'Of a membership: the story.';
comment on column news.judgement.original_id is 'Of a copy: what it copies, or should be a copy of; null if that is a seed.';
comment on column news.judgement.why is 'In the words of who judged; empty if none.';
comment on column news.judgement.judged_by is 'Who judged.';
comment on column news.judgement.judged_at is 'When.';
comment on column news.judgement.superseded_at is 'When a newer judgement of the same thing came, or it was taken back; null if in force.';
create unique index judgement_in_force on news.judgement
    (article_id, subject, coalesce(topic, ''), coalesce(story_id, 0)) where superseded_at is null;
create index judgement_by_article on news.judgement (article_id);
create index judgement_by_story on news.judgement (story_id) where story_id is not null;
create index judgement_by_original on news.judgement (original_id) where original_id is not null;
create index judgement_by_topic on news.judgement (topic, judged_at) where superseded_at is null;

create table news.reader_choice (
    reader_id       bigint primary key references news.reader,
    unsubscribed_at timestamptz,
    topics          text[],
    changed_at      timestamptz not null
);
comment on table news.reader_choice is 'What a reader chose by the links of a brief, beside what subscribers.yaml says of them.';
comment on column news.reader_choice.reader_id is 'The reader.';
comment on column news.reader_choice.unsubscribed_at is 'Since when they want no brief; null if they want it.';
comment on column news.reader_choice.topics is 'Which of their topics they want; null: all.';
comment on column news.reader_choice.changed_at is 'When they chose last.';
