-- Editions of the brief, what they carried, and their delivery.

create domain news.delivery_state as text
    check (value in ('pending', 'sending', 'sent', 'failed', 'unknown', 'skipped'));
comment on domain news.delivery_state is 'What became of an edition. Each value has its sentence in analyst.code.';

create table news.edition (
    edition_id  bigint generated always as identity primary key,
    subscriber  text not null,
    local_date  date not null,
    email       text not null,
    covers_from timestamptz not null,
    covers_to   timestamptz not null,
    built_at    timestamptz not null,
    subject     text not null,
    body_text   text not null,
    body_html   text not null,
    stories     int not null,
    unique (subscriber, local_date)
);
comment on table news.edition is 'One day''s digest for one subscriber, as it was built.';
comment on column news.edition.edition_id is 'Identity.';
comment on column news.edition.subscriber is 'Name in subscribers.yaml.';
comment on column news.edition.local_date is 'The date in the subscriber''s time zone: one edition each.';
comment on column news.edition.email is 'Where it goes.';
comment on column news.edition.covers_from is 'Articles published after this ...';
comment on column news.edition.covers_to is '... and up to this are in it.';
comment on column news.edition.built_at is 'When it was built.';
comment on column news.edition.subject is 'Subject of the mail.';
comment on column news.edition.body_text is 'The plain-text part.';
comment on column news.edition.body_html is 'The HTML part.';
comment on column news.edition.stories is 'How many stories it shows.';

create table news.edition_story (
    edition_id bigint not null references news.edition on delete cascade,
    topic      text not null,
    story_id   bigint not null references news.story,
    article_id bigint not null references news.article on delete cascade,
    primary key (edition_id, topic, story_id, article_id)
);
comment on table news.edition_story is 'Which stories an edition carried: what the next one need not tell as new.';
comment on column news.edition_story.edition_id is 'The edition.';
comment on column news.edition_story.topic is 'Under which topic.';
comment on column news.edition_story.story_id is 'The story.';
comment on column news.edition_story.article_id is 'The article that stood for it.';
create index edition_story_by_article on news.edition_story (article_id);
create index edition_story_by_story on news.edition_story (story_id);

create table news.outbox (
    edition_id bigint primary key references news.edition on delete cascade,
    message_id text not null unique,
    state      news.delivery_state not null default 'pending',
    attempts   int not null default 0,
    changed_at timestamptz not null,
    sent_at    timestamptz,
    last_error text
);
comment on table news.outbox is 'The delivery of each edition: sent once, whatever is retried.';
comment on column news.outbox.edition_id is 'The edition.';
comment on column news.outbox.message_id is 'Message-ID, derived from the edition.';
comment on column news.outbox.state is 'pending; sending (committed before the mail is handed over); sent; failed (refused, tried again); unknown (broke after the hand-over, never sent again by itself); skipped (of a day long past).';
comment on column news.outbox.attempts is 'How often delivery was begun.';
comment on column news.outbox.changed_at is 'When the state changed.';
comment on column news.outbox.sent_at is 'When the server took it.';
comment on column news.outbox.last_error is 'What the server said.';
