-- A letter that answers no message: people asked to be told when something comes up.
alter table outbox alter column in_reply_to drop not null;

-- Who is to be told of what. `position` is the order of waiting; `wish` is the wish in one spelling, so that nobody waits twice for the same.
create table watches (
  id text primary key,
  position bigint generated always as identity,
  conversation_id uuid references contacts (id) on delete set null,
  lang text not null,
  needs text[] not null,
  offer_id text,
  district text,
  from_date date,
  cost_free boolean not null default false,
  wheelchair boolean not null default false,
  wish text not null,
  -- False where nothing is sent: web chats, and talks in which somebody was in a crisis.
  pushes boolean not null,
  code_hash text unique,
  consented_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create unique index watches_once on watches (conversation_id, wish);
create index watches_expiry on watches (expires_at);

-- Talks that nothing is ever sent to by itself.
create table watch_silences (
  conversation_id uuid primary key references contacts (id) on delete cascade,
  since timestamptz not null default now()
);

-- Wrong return codes, so that nobody tries many.
create table watch_code_tries (
  conversation_id uuid primary key references contacts (id) on delete cascade,
  count integer not null,
  since timestamptz not null default now()
);

-- What was last seen of each offer; `available` is the last count that was current.
create table seen_offers (
  offer_id text primary key,
  available integer,
  first_seen_at timestamptz not null default now()
);

-- Something came up: places that became free, or a new offer with a date. Of each offer one is open at a time; it ends when no place is free.
create table openings (
  id bigint primary key generated always as identity,
  offer_id text not null,
  kind text not null check (kind in ('places', 'new')),
  -- People who are still to be told in the wave under way.
  due integer not null,
  -- Those who came after it saw it in their answer.
  raised_at timestamptz not null default now(),
  next_wave_at timestamptz not null,
  ended_at timestamptz
);
create unique index openings_once on openings (offer_id) where ended_at is null;

-- Who was told of what, once. `outbox_id` is null for those who come back and ask.
create table watch_notices (
  watch_id text not null references watches (id) on delete cascade,
  opening_id bigint not null references openings (id) on delete cascade,
  outbox_id bigint,
  told_at timestamptz not null default now(),
  primary key (watch_id, opening_id)
);
create index watch_notices_opening on watch_notices (opening_id);

-- Keys by which organisations report free places; only their hashes.
create table capacity_keys (
  organization text primary key,
  key_hash text not null unique,
  made_at timestamptz not null default now()
);
