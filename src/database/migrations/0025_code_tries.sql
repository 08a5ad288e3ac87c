-- Wrong return codes and receipts, one a row; `client` is the keyed hash of the network address and goes after ten minutes, the row after an hour.
drop table watch_code_tries;
create table code_tries (
  id bigint primary key generated always as identity,
  conversation_id uuid not null references contacts (id) on delete cascade,
  client text,
  tried_at timestamptz not null default now()
);
create index code_tries_conversation on code_tries (conversation_id, tried_at);
create index code_tries_client on code_tries (client, tried_at) where client is not null;
create index code_tries_time on code_tries (tried_at);

-- The keyed hash of the network address that a message came from; only while it waits to be answered.
alter table inbox add column client text;
