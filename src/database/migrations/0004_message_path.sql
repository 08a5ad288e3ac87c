-- The messages that an answer answers: several where a person wrote them in one breath.
alter table outbox add column inbox_ids bigint[] not null default '{}';
update outbox set inbox_ids = array[in_reply_to];

-- When the conversation is next worked on: at once, after a lease, or after the wait that follows a failure.
alter table contacts add column due_at timestamptz not null default now();
-- Nobody is there any more (blocked, deleted, removed) until they write again.
alter table contacts add column gone_at timestamptz;
update contacts set due_at = lease_until where lease_until is not null;
drop index contacts_waiting;
alter table contacts drop column lease_until;
create index contacts_due on contacts (due_at) where waiting > 0;

-- One row a conversation that answers are sent to: its unsent answers, oldest first, leave under this row's lease.
create table send_queue (
  conversation_id uuid primary key references contacts (id) on delete cascade,
  channel text not null,
  waiting integer not null,
  due_at timestamptz not null default now(),
  -- A sender holds the lease. Still true when it has run out: that sending was broken off, and may have arrived.
  under_way boolean not null default false,
  lease_token bigint not null default 0
);
create index send_queue_due on send_queue (channel, due_at) where waiting > 0;
insert into send_queue (conversation_id, channel, waiting, due_at, under_way)
  select conversation_id, min(channel), count(*), coalesce(max(lease_until), now()), bool_or(lease_until is not null)
  from outbox where state = 'waiting' group by conversation_id;

-- How fast a channel may send, for all processes together.
create table send_limits (
  channel text primary key,
  -- Sends are paid for up to here; the time since then is what may be spent.
  paid_until timestamptz not null default '-infinity',
  paused_until timestamptz not null default '-infinity'
);

drop index outbox_waiting;
alter table outbox drop column next_attempt_at, drop column lease_until, drop column lease_token, drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check check (state in ('waiting', 'sent', 'dead', 'flagged', 'gone', 'dropped'));
create index outbox_unsent on outbox (conversation_id, id) where state = 'waiting';
create index outbox_trouble on outbox (id) where state in ('dead', 'flagged');

alter table inbox drop constraint inbox_state_check;
alter table inbox add constraint inbox_state_check check (state in ('waiting', 'answered', 'dead', 'dropped'));
alter table inbox add column error text;
create index inbox_trouble on inbox (id) where state = 'dead';
