-- People of the city who sign in: with a password, or through the city's own service (issuer and subject).
create table accounts (
  id integer primary key generated always as identity,
  login text unique,
  name text not null,
  issuer text,
  subject text,
  role text not null check (role in ('leser', 'redaktion', 'freigabe', 'admin')),
  password_hash text,
  lang text check (lang in ('de', 'en')),
  shortcuts boolean not null default true,
  created_at timestamptz not null,
  disabled_at timestamptz,
  unique (issuer, subject),
  check ((issuer is null) = (subject is null)),
  check ((login is null) = (issuer is not null))
);

-- Links by which somebody sets a password, once; only the hash of the code is kept. The very first link has no account yet.
create table account_links (
  id integer primary key generated always as identity,
  code_hash text not null unique,
  account_id integer references accounts (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index account_links_account on account_links (account_id);

-- Failed sign-ins in a row by the hash of the name that was typed, whether or not there is such an account.
create table sign_in_failures (
  name_hash text primary key,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz
);

alter table sessions add column account_id integer references accounts (id) on delete cascade;
alter table sessions add column seen_at timestamptz;
create index sessions_account on sessions (account_id);

-- Who saw and changed what: ids only. Each row holds the hash of the one before.
create table audit (
  id bigint primary key,
  at timestamptz not null,
  by text not null,
  action text not null,
  subject text,
  previous_hash text not null,
  hash text not null
);
create table audit_head (
  one boolean primary key default true check (one),
  last_id bigint not null,
  hash text not null
);
insert into audit_head (last_id, hash) values (0, repeat('0', 64));

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log only grows: % is refused.', tg_op;
end
$$;
create trigger audit_only_grows before update or delete on audit for each row execute function refuse_audit_change();
create trigger audit_is_never_emptied before truncate on audit for each statement execute function refuse_audit_change();
