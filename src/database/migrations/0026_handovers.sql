-- One rating an answer, which may change; what is left is the newest. `gap_before` is what the answer counted as before it was rejected.
delete from feedback older using feedback newer
  where older.turn_id = newer.turn_id and (older.created_at, older.id) < (newer.created_at, newer.id);
alter table feedback add column reason text check (reason in ('wrong-topic', 'nothing-fits', 'outdated', 'unclear', 'other'));
alter table feedback add column comment text;
alter table feedback add column gap_before text;
create unique index feedback_once on feedback (turn_id);

-- Talks with people of the city. One of a conversation is open at a time; "idle" has no row.
create table handovers (
  id integer primary key generated always as identity,
  conversation_id uuid not null references contacts (id) on delete cascade,
  state text not null check (state in ('offered', 'waiting', 'with-human', 'closed')),
  lang text not null,
  -- When the present state began; with a person, when that person last wrote.
  since timestamptz not null default now(),
  asked_at timestamptz,
  taken_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('staff', 'person', 'nobody-came', 'human-silent', 'not-wanted')),
  check ((state = 'closed') = (ended_at is not null)),
  check ((state = 'closed') = (end_reason is not null))
);
create unique index handovers_open on handovers (conversation_id) where state <> 'closed';
create index handovers_conversation on handovers (conversation_id);
create index handovers_since on handovers (state, since);

-- What was written: `before` and `person` by the citizen (redacted), `human` by staff. Words are null where a crisis was told, and where a protected topic's talk has ended.
create table handover_messages (
  id bigint primary key generated always as identity,
  handover_id integer not null references handovers (id) on delete cascade,
  writer text not null check (writer in ('before', 'person', 'human')),
  text text,
  personal boolean not null default false,
  crisis boolean not null default false,
  -- What was shown to a message from before.
  kind text,
  offers jsonb,
  at timestamptz not null default now()
);
create index handover_messages_handover on handover_messages (handover_id, id);
