-- People of the city who sign in: by a password that is kept as its argon2id hash, or by the city's own sign-in (issuer and subject of OpenID Connect).
create table accounts (
  id uuid primary key,
  login text not null unique,
  name text not null,
  role text not null check (role in ('leser', 'redaktion', 'freigabe', 'admin')),
  password_hash text,
  issuer text,
  subject text,
  failures integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  check ((issuer is null) = (subject is null)),
  unique (issuer, subject)
);

-- Links by which somebody comes to an account, or to a new password; only the hash of the code in them is kept.
create table account_links (
  code_hash text primary key,
  role text check (role in ('leser', 'redaktion', 'freigabe', 'admin')),
  account_id uuid references accounts (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((role is null) <> (account_id is null))
);

alter table sessions add column account_id uuid references accounts (id) on delete cascade;
alter table sessions add column seen_at timestamptz;
create index sessions_account on sessions (account_id) where account_id is not null;

-- Who saw and changed what: ids only. Each row carries the hash of the one before it, and the head says how many there are and how the last one ends.
create table audit (
  id bigint primary key,
  at text not null,
  actor text not null,
  action text not null,
  subject text not null,
  hash text not null
);
create table audit_head (
  id integer primary key check (id = 1),
  last_id bigint not null,
  hash text not null
);
insert into audit_head (id, last_id, hash) values (1, 0, '');

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is only added to.';
end $$;
create trigger audit_stays before update or delete on audit for each row execute function refuse_audit_change();
create trigger audit_stays_whole before truncate on audit for each statement execute function refuse_audit_change();
