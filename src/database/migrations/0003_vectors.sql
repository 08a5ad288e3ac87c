-- Vectors of the texts that are searched, by the text they were made from: a text that comes back has its vector, one that changed has none. Little-endian float32 in
-- `vector`. Where the server has pgvector, a process that has a model adds the column `embedding` and its index: whether it is there is known then, not now.
create table vectors (
  model text not null,
  text_hash text not null,
  dimensions integer not null,
  vector bytea not null,
  made_at timestamptz not null default now(),
  primary key (model, text_hash)
);
alter table vectors alter column vector set storage external;
