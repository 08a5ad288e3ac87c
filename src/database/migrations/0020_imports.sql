-- Numbers the changes of all sources: a version is never given twice, also to a source that was taken away and is back.
create sequence import_version;

-- Where offers are imported from. The version rises with every change of what citizens see of the source.
create table sources (
  name text primary key,
  kind text not null,
  location text not null,
  options jsonb not null,
  version bigint not null default 0,
  offers integer not null default 0,
  -- The last run that read the source as a whole and was put in place or found nothing new.
  checked_at timestamptz,
  -- The only address that this run read, with what tells whether it has changed since; null if there were several.
  sole_answer jsonb,
  created_at timestamptz not null default now()
);

-- A run: running until it is put in place (done), waits for staff (held), was told no (rejected), or broke for good (failed).
create table import_runs (
  id uuid primary key,
  source text not null references sources (name) on delete cascade,
  state text not null,
  -- Who works on it: whoever lost the lease finds another holder here and stops.
  holder uuid not null,
  cursor jsonb,
  -- Items up to here are complete; a run that is gone on with drops what lies behind.
  safe_position integer not null default 0,
  report jsonb,
  reason text,
  started_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index import_runs_open on import_runs (source) where state = 'running';
create unique index import_runs_held on import_runs (source) where state = 'held';

-- What a run has read, beside the catalogue until it is complete. No body: the record is the same as what is in place.
create table import_staging (
  run uuid not null references import_runs (id) on delete cascade,
  position integer not null,
  id text not null,
  hash text not null,
  body jsonb,
  primary key (run, id)
);
create table import_rejections (
  run uuid not null references import_runs (id) on delete cascade,
  position integer not null,
  place text not null,
  reason text not null,
  primary key (run, position)
);

-- Answers of sources with several addresses, to ask only for what has changed.
create table source_answers (
  source text not null references sources (name) on delete cascade,
  url text not null,
  etag text,
  last_modified text,
  headers jsonb not null,
  body bytea not null,
  primary key (source, url)
);

-- The offers in place. The version is the one of the source that brought the row; changed_at is when it last said something else.
create table imported_offers (
  id text primary key,
  source text not null references sources (name) on delete cascade,
  position integer not null,
  hash text not null,
  body jsonb not null,
  version bigint not null,
  changed_at timestamptz not null default now()
);
create index imported_offers_source on imported_offers (source, version);

-- Two offers of different sources that may be the same: open until staff say. Joined: `second` is hidden and fills the fields that `first` lacks.
create table import_duplicates (
  id integer generated always as identity primary key,
  first text not null,
  second text not null,
  score real not null,
  state text not null default 'open',
  found_at timestamptz not null default now(),
  decided_at timestamptz,
  unique (first, second)
);
