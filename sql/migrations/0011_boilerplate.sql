create table news.host_line (
    host      text not null,
    hash      bigint not null,
    line      text not null,
    articles  int not null,
    learnt_at timestamptz,
    primary key (host, hash)
);
comment on table news.host_line is 'Lines at the edges of a host''s articles: what stands on many pages is boilerplate.';
comment on column news.host_line.host is 'Host of the articles'' canonical URLs.';
comment on column news.host_line.hash is 'Hash of the line, case folded.';
comment on column news.host_line.line is 'The line, at most 500 characters.';
comment on column news.host_line.articles is 'How many of the host''s articles had it at an edge.';
comment on column news.host_line.learnt_at is 'From when on it is taken off the edges of articles; null while it is met too seldom.';

alter table news.article add column boilerplate text[] not null default '{}';
comment on column news.article.boilerplate is 'Lines taken off the edges of the text, since they stand on many pages of the host.';
