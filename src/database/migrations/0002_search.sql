-- The search index of the PostgreSQL engine. Each build is a generation of its own; readers use the one that search_index names, and the one before stays until the
-- next build, for those who are in the middle of a search.
create table search_index (
  id integer primary key check (id = 1),
  generation integer not null,
  version text not null,
  statistics jsonb not null,
  gram_counts bytea not null,
  built_at timestamptz not null default now()
);
create sequence search_generation as integer;

-- Who builds, so that one process does it at a time; a builder that is gone loses it.
create table search_lease (
  id integer primary key check (id = 1),
  holder uuid not null,
  until timestamptz not null
);

create table search_documents (
  generation integer not null,
  number integer not null,
  id text not null,
  lengths jsonb not null,
  terms bytea not null,
  counts bytea not null,
  grams bytea not null,
  primary key (generation, number)
);
create index search_documents_id on search_documents (generation, id);

-- Of a segment of documents, those that hold a term, with what an occurrence is worth.
create table search_postings (
  generation integer not null,
  hash integer not null,
  segment integer not null,
  count integer not null,
  documents integer[] not null,
  impacts smallint[] not null,
  primary key (generation, hash, segment)
);
alter table search_postings alter column documents set storage external;
alter table search_postings alter column impacts set storage external;

create table search_forms (
  generation integer not null,
  form text not null,
  stem text not null,
  primary key (generation, form)
);

-- Hashes of words with one letter left out, by which misspelled words are mended.
create table search_deletions (
  generation integer not null,
  hash integer not null,
  form text not null
);
create index search_deletions_hash on search_deletions (generation, hash);

-- The content has concepts from here on: whatever was loaded before is read again.
update content_state set hash = '';
