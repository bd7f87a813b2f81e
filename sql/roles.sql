-- What the roles may do in this database and how long; set anew by every `newswatch migrate`, as the
-- role that migrates. Needs a superuser: functions of the system catalogue are given away here.

-- Roles belong to the whole server: two databases may be migrated at once.
lock table pg_authid, pg_db_role_setting in share row exclusive mode;

-- Operators read all that analysts read, and what became of each reader's mail beside it: a role to give
-- to people's own logins.
do $$
begin
    if not exists (select from pg_roles where rolname = 'newswatch_operator') then
        create role newswatch_operator nologin;
    end if;
end
$$;
grant newswatch_analyst to newswatch_operator;

-- Advisory locks are how the program claims its work; large objects, and messages in the log of
-- transactions, are bytes that anybody may write: by default all are open to every role, the read-only
-- analyst too.
do $$
declare routine regprocedure;
begin
    for routine in
        select oid from pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
          and (proname ~ '^(pg_(try_)?advisory|lo)_'
               or proname in ('loread', 'lowrite', 'pg_logical_emit_message'))
    loop
        execute format('revoke execute on function %s from public', routine);
        if routine::text ~ 'advisory' then
            execute format('grant execute on function %s to newswatch_writer, %I', routine, current_user);
        end if;
    end loop;
    execute format('revoke all on database %I from public', current_database());
    execute format('revoke all on database %I from newswatch_analyst', current_database());
    execute format('grant connect on database %I to newswatch_analyst, newswatch_writer', current_database());
end
$$;
revoke all on schema public from public;

-- An analyst cannot change the first two. The others are defaults, which Postgres lets any role lift in
-- a session, or for itself until the next migration: the function below ends the sessions that do.
alter role newswatch_analyst reset all;
alter role newswatch_analyst connection limit 20;
alter role newswatch_analyst set temp_file_limit = '2GB';
alter role newswatch_analyst set search_path = analyst, ops;
alter role newswatch_analyst set default_transaction_read_only = on;
alter role newswatch_analyst set statement_timeout = '60s';
alter role newswatch_analyst set transaction_timeout = '5min';
alter role newswatch_analyst set idle_in_transaction_session_timeout = '60s';

-- The database lies on an SSD and mostly in memory, where a page costs the same wherever it stands; taken
-- for a turning disk, a question about a thousand articles reads a million. Compiling a plan takes
-- longer than most of these run.
alter role newswatch_analyst set random_page_cost = 1.1;
alter role newswatch_analyst set effective_cache_size = '4GB';
alter role newswatch_analyst set work_mem = '32MB';
alter role newswatch_analyst set jit = off;

create or replace function news.end_overdue_sessions() returns integer
language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    select count(*) filter (where pg_terminate_backend(pid))::integer
    from pg_stat_activity
    where (usename = 'newswatch_analyst' or exists (
               select from pg_auth_members
               where member = usesysid and roleid = to_regrole('newswatch_analyst')))
      and datname = current_database()
      and (xact_start < clock_timestamp() - interval '6 minutes'
           or state = 'active' and query_start < clock_timestamp() - interval '2 minutes');
end;
comment on function news.end_overdue_sessions is
    'Ends the sessions of analysts that are past their limits by more than a minute; how many.';
revoke execute on function news.end_overdue_sessions from public;
grant execute on function news.end_overdue_sessions to newswatch_writer;
