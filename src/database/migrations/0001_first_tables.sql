-- One sequence for inbox and outbox, so that a conversation's messages and answers have one order.
create sequence message_sequence;

create table contacts (
  id uuid primary key,
  channel text not null,
  address_hash text not null,
  address_encrypted text not null,
  waiting integer not null default 0,
  lease_until timestamptz,
  lease_token bigint not null default 0,
  created_at timestamptz not null default now(),
  unique (channel, address_hash)
);
create index contacts_waiting on contacts (id) where waiting > 0;

create table inbox (
  id bigint primary key default nextval('message_sequence'),
  conversation_id uuid not null references contacts (id) on delete cascade,
  channel text not null,
  external_id text not null,
  client_id text,
  content jsonb not null,
  interface_lang text,
  state text not null default 'waiting' check (state in ('waiting', 'answered', 'dead')),
  attempts integer not null default 0,
  received_at timestamptz not null default now(),
  unique (channel, external_id)
);
create index inbox_waiting on inbox (conversation_id, id) where state = 'waiting';
create index inbox_conversation on inbox (conversation_id, id);

create table outbox (
  id bigint primary key default nextval('message_sequence'),
  conversation_id uuid not null references contacts (id) on delete cascade,
  channel text not null,
  in_reply_to bigint not null references inbox (id) on delete cascade,
  reply jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  lease_until timestamptz,
  lease_token bigint not null default 0,
  platform_id text,
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index outbox_waiting on outbox (next_attempt_at, id) where state = 'waiting';
create index outbox_conversation on outbox (conversation_id, id);

create table conversations (
  id uuid primary key references contacts (id) on delete cascade,
  context jsonb not null,
  updated_at timestamptz not null default now()
);

create table turns (
  id uuid primary key,
  conversation_id uuid not null references contacts (id) on delete cascade,
  inbox_ids jsonb not null,
  kind text not null,
  lang text not null,
  intent text not null,
  confidence double precision not null,
  intents jsonb not null,
  needs jsonb not null,
  slots jsonb not null,
  offers jsonb not null,
  gap text,
  question text,
  created_at timestamptz not null default now()
);
create index turns_conversation on turns (conversation_id, created_at);
create index turns_gap on turns (gap, created_at) where gap is not null;

create table feedback (
  id uuid primary key,
  turn_id uuid not null references turns (id) on delete cascade,
  rating text not null check (rating in ('right', 'wrong')),
  created_at timestamptz not null default now()
);

-- The lowest layer of content: what the files in knowledge/ and intents/ say.
create table content (
  kind text not null,
  id text not null,
  -- The order of the files: editors put the best known first.
  position integer not null,
  body jsonb not null,
  primary key (kind, id)
);

create table content_state (
  id integer primary key check (id = 1),
  hash text not null,
  loaded_at timestamptz not null default now()
);

-- Higher layers of offers: one row a field. `base` is the file's value when the field was overridden.
create table overrides (
  offer_id text not null,
  field text not null,
  layer text not null check (layer in ('import', 'provider', 'staff')),
  value jsonb not null,
  base jsonb,
  updated_at timestamptz not null default now(),
  primary key (offer_id, field, layer)
);

create table models (
  kind text not null,
  content_hash text not null,
  bytes bytea not null,
  created_at timestamptz not null default now(),
  primary key (kind, content_hash)
);

create table directline_tokens (
  token_hash text primary key,
  conversation_id text not null,
  user_id text not null,
  origin text,
  expires_at timestamptz not null
);
create index directline_tokens_expiry on directline_tokens (expires_at);
