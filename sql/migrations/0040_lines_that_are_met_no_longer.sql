-- Nearly all lines at the edges of articles are met once: what ends them.

alter table news.host_line add column met_on date not null default current_date;
alter table news.host_line alter column met_on drop default;
comment on column news.host_line.met_on is 'The UTC day on which it was met last. One that is not boilerplate is forgotten after NEWSWATCH_KEEP_FETCHES_DAYS.';
create index host_line_by_time on news.host_line (met_on) where learnt_at is null;
