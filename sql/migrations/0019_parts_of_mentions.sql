-- A mention names the topic's subject or supports the rule; and a subtitle is searched by itself.

alter domain news.mention_field drop constraint mention_field_check;
alter domain news.mention_field add constraint mention_field_check
    check (value in ('title', 'text', 'subtitle'));

create domain news.mention_part as text
    check (value in ('subject', 'support'));
comment on domain news.mention_part is 'What a mention is to its topic. Each value has its sentence in analyst.code.';

alter table news.mention add column part news.mention_part not null default 'support';
alter table news.mention alter column part drop default;
comment on column news.mention.field is 'title, text or subtitle.';
comment on column news.mention.part is 'subject, if it names what the topic is about, else support. Of flags from before it was told: support.';
