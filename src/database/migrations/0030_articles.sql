-- Knowledge that staff write. `state` is that of the newest version; `live_version` is the one that people read, which stays until another one is approved.
create table articles (
  id integer primary key generated always as identity,
  state text not null check (state in ('draft', 'for-approval', 'published', 'retired')),
  last_version integer not null default 1,
  live_version integer,
  updated_at timestamptz not null default now(),
  check ((state = 'published') <= (live_version is not null)),
  check ((state = 'retired') <= (live_version is null))
);

-- Every save is a version; none is ever changed. `of_version` is the one whose text a roll back brings back.
create table article_versions (
  article_id integer not null references articles (id),
  version integer not null,
  kind text not null check (kind in ('text', 'correction', 'rollback')),
  of_version integer,
  body jsonb not null,
  valid_until timestamptz not null,
  author text not null,
  written_at timestamptz not null default now(),
  primary key (article_id, version)
);

-- What happened to an article, by whom. `reason` is what somebody said to it, `detail` what was measured (a trial) or who is to be reminded.
create table article_events (
  id bigint primary key generated always as identity,
  article_id integer not null references articles (id),
  version integer not null,
  event text not null check (event in ('written', 'submitted', 'approved', 'rejected', 'retired', 'rolled-back', 'tried', 'published-to', 'corrected', 'reminded')),
  by text not null,
  reason text,
  detail jsonb,
  at timestamptz not null default now()
);
create index article_events_article on article_events (article_id, id);
-- The owner of a version is reminded of its end once, whichever process is first.
create unique index article_events_reminded on article_events (article_id, version) where event = 'reminded';

-- Which article a turn was answered with: {id, version, personal}.
alter table turns add column article jsonb;
create index turns_article on turns (((article ->> 'id')::integer)) where article is not null;

-- Who wants the answer to a question that had none: the turn, never its words. `position` is the order of waiting.
create table askers (
  id text primary key,
  position bigint generated always as identity,
  conversation_id uuid references contacts (id) on delete set null,
  turn_id uuid not null unique,
  lang text not null,
  -- False where nothing is sent: web chats, and talks in which somebody was in a crisis.
  pushes boolean not null,
  -- True for a topic that no letter names.
  personal boolean not null,
  code_hash text unique,
  consented_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- The publication that answered it, once.
  publication_id integer,
  told_at timestamptz
);
create index askers_waiting on askers (position) where told_at is null;
create index askers_conversation on askers (conversation_id);
create index askers_expiry on askers (expires_at);

-- An article that answers these turns, or a correction of one that was wrong; a correction is given to those who got a version below its own.
create table publications (
  id integer primary key generated always as identity,
  kind text not null check (kind in ('answer', 'correction')),
  article_id integer not null references articles (id),
  version integer not null,
  by text not null,
  published_at timestamptz not null default now(),
  -- Of a correction: until when those are looked for who were answered by a process that did not know of it yet.
  collects_until timestamptz
);
create table publication_turns (
  publication_id integer not null references publications (id) on delete cascade,
  turn_id uuid not null,
  primary key (publication_id, turn_id)
);
create index publication_turns_turn on publication_turns (turn_id);

-- Who got which version, once of each publication. `shown` is false where a letter only said that there is an answer.
create table publication_recipients (
  publication_id integer not null references publications (id) on delete cascade,
  conversation_id uuid not null references contacts (id) on delete cascade,
  lang text not null,
  version integer not null,
  personal boolean not null,
  shown boolean not null default false,
  outbox_id bigint,
  told_at timestamptz,
  -- With the consent, or 30 days after a correction of what somebody was answered without one.
  expires_at timestamptz not null default now() + interval '30 days',
  primary key (publication_id, conversation_id)
);
create index publication_recipients_conversation on publication_recipients (conversation_id);
create index publication_recipients_expiry on publication_recipients (expires_at);
create index publication_recipients_waiting on publication_recipients (publication_id) where told_at is null;
