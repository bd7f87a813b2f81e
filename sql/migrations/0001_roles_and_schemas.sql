-- Three schemas: `news` is the program's own, `analyst` and `ops` are views for people.
-- Three roles: the owner of everything (no login), the writer that the program logs in as, and the
-- analyst who may read the views. Roles belong to the whole server, so they may exist already.
do $$
begin
    if not exists (select from pg_roles where rolname = 'newswatch_owner') then
        create role newswatch_owner nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'newswatch_writer') then
        create role newswatch_writer login;
    end if;
    if not exists (select from pg_roles where rolname = 'newswatch_analyst') then
        create role newswatch_analyst login;
        alter role newswatch_analyst set statement_timeout = '60s';
        alter role newswatch_analyst set default_transaction_read_only = on;
        alter role newswatch_analyst set search_path = analyst, ops;
    end if;
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to newswatch_writer, newswatch_analyst', current_database());
    execute format('grant create on database %I to newswatch_owner', current_database());
    execute format('grant newswatch_owner to %I', current_user);
end
$$;

create schema news authorization newswatch_owner;
create schema analyst authorization newswatch_owner;
create schema ops authorization newswatch_owner;
comment on schema news is 'The program''s own tables. Private: their form may change with any release.';
comment on schema analyst is 'Views for analysts: documented, stable, read-only.';
comment on schema ops is 'Views for operators: feed health, runs, failures.';

grant usage on schema news, analyst, ops to newswatch_writer;
grant usage on schema analyst, ops to newswatch_analyst;
alter default privileges for role newswatch_owner in schema news
    grant select, insert, update, delete on tables to newswatch_writer;
alter default privileges for role newswatch_owner in schema news
    grant usage on sequences to newswatch_writer;
alter default privileges for role newswatch_owner in schema analyst
    grant select on tables to newswatch_writer, newswatch_analyst;
alter default privileges for role newswatch_owner in schema ops
    grant select on tables to newswatch_writer, newswatch_analyst;
