-- Work that one process of a database does at a time; whoever is gone loses it.
create table leases (
  name text primary key,
  holder uuid not null,
  until timestamptz not null
);
drop table search_lease;

-- Sentences that staff taught: whoever writes this means this label; a null label takes the sentence away from all.
create table lessons (
  kind text not null,
  text text not null,
  label text,
  taught_at timestamptz not null default now(),
  primary key (kind, text)
);

-- Rises with every change of a kind's lessons, in the order of their commits.
create table lesson_versions (
  kind text primary key,
  version bigint not null
);
