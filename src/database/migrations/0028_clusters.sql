-- Which turns are gaps that can be read by themselves, through which channel they came, and when they became gaps or ceased to be (by a rating).
alter table turns add column channel text;
alter table turns add column stands_alone boolean not null default false;
alter table turns add column gap_at timestamptz;
create index turns_gap_at on turns (gap_at, id) where gap_at is not null;

-- Gaps that mean the same. What people wrote stays in `turns`; a cluster has numbers of it, and the words of staff.
create table clusters (
  id integer primary key generated always as identity,
  state text not null default 'new'
    check (state in ('new', 'in-progress', 'for-approval', 'published', 'ignored', 'forwarded', 'no-offer')),
  title text,
  assignee text,
  -- Set by staff's first step: what such a cluster holds is not taken out or joined by the grouping any more.
  held boolean not null default false,
  -- The one it was merged into, which answers for it.
  merged_into integer references clusters (id),
  -- All gaps it ever had, of which the oldest are only counted.
  gaps integer not null default 0,
  first_at timestamptz,
  last_at timestamptz,
  -- The best answer that was there, as {id, score}.
  nearest jsonb,
  -- What its gaps have in common, as numbers that outlive them.
  profile jsonb,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now()
);
create index clusters_inbox on clusters (state, gaps desc, id) where merged_into is null;
create index clusters_latest on clusters (state, last_at desc, id) where merged_into is null;

-- The gaps that are still there, each in one cluster; they go with their turns.
create table cluster_gaps (
  turn_id uuid primary key references turns (id) on delete cascade,
  cluster_id integer not null references clusters (id),
  -- Put here by hand: no pass moves it.
  by_hand boolean not null default false,
  day date not null,
  channel text not null,
  lang text not null,
  district text not null,
  gap text not null,
  need text not null,
  nearest jsonb,
  at timestamptz not null,
  -- What is kept of the question's vector, and the key of the model it is of.
  signature bytea,
  signature_key text
);
create index cluster_gaps_cluster on cluster_gaps (cluster_id, at desc);

-- How many gaps a cluster had a day; these stay when the gaps go.
create table cluster_days (
  cluster_id integer not null references clusters (id),
  day date not null,
  channel text not null,
  lang text not null,
  district text not null,
  gap text not null,
  need text not null,
  gaps integer not null,
  primary key (cluster_id, day, channel, lang, district, gap, need)
);
create index cluster_days_day on cluster_days (day, cluster_id);

-- What staff did with a cluster; `text` is the words of a note.
create table cluster_steps (
  id integer primary key generated always as identity,
  cluster_id integer not null references clusters (id),
  step text not null,
  -- The id of an account, or "command line".
  by text not null,
  text text,
  at timestamptz not null default now()
);
create index cluster_steps_cluster on cluster_steps (cluster_id, id);

-- How far the gaps have been read.
create table cluster_progress (
  id integer primary key check (id = 1),
  read_until timestamptz not null
);
