-- Groups of questions that are handed to another office's system. The id is the key by which the receiver knows one that comes twice.
create table forwards (
  id uuid primary key default gen_random_uuid(),
  cluster_id integer not null references clusters (id),
  note text,
  forwarded_by text not null,
  forwarded_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  -- Why it has not arrived: the status of the answer, or what happened instead.
  fault text,
  sent_at timestamptz
);
create index forwards_due on forwards (next_at) where state = 'waiting';
create index forwards_cluster on forwards (cluster_id);
