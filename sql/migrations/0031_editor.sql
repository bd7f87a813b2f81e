alter table news.outbox add column asked_by text;
comment on column news.outbox.asked_by is 'The run of approve_digest that asked the editor about it; null: no editor was asked.';
