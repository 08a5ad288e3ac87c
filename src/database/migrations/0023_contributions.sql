-- What people say to participation projects and measures; `code` is the receipt. A withdrawn one has no text and counts for the limit of a day.
create table contributions (
  code text primary key,
  conversation_id uuid references contacts (id) on delete set null,
  offer_id text not null,
  offer_title text not null,
  offer_url text not null,
  body text not null,
  district text,
  lang text not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn')),
  reason text,
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  expires_at timestamptz not null
);
create index contributions_conversation on contributions (conversation_id, created_at);
create index contributions_state on contributions (state, created_at);

-- What people think of measures, one vote a conversation.
create table votes (
  conversation_id uuid not null references contacts (id) on delete cascade,
  offer_id text not null,
  vote text not null check (vote in ('important', 'unimportant')),
  voted_at timestamptz not null default now(),
  primary key (conversation_id, offer_id)
);
create index votes_offer on votes (offer_id, vote);

-- Free places of volunteers' tasks since the organisation counted them at `counted_at`; a newer count of the organisation takes their place. `changes` rises with each change.
create table task_places (
  offer_id text primary key,
  counted_at timestamptz not null,
  free integer not null check (free >= 0),
  changes bigint not null default 1,
  changed_at timestamptz not null default now()
);

-- Who does a task; `code` is the receipt.
create table sign_ups (
  code text primary key,
  conversation_id uuid references contacts (id) on delete set null,
  offer_id text not null,
  organization text not null,
  offer_title text not null,
  offer_url text not null,
  message text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  unique (conversation_id, offer_id)
);
create index sign_ups_organization on sign_ups (organization, offer_id);
