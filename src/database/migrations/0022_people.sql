-- Links by which an organisation comes to its page; only the hash of the code in them is kept.
create table invitations (
  id integer primary key generated always as identity,
  code_hash text not null unique,
  organization text not null,
  purpose text not null check (purpose in ('join', 'confirm')),
  made_by text not null check (made_by in ('staff', 'provider')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index invitations_organization on invitations (organization);

create table provider_sessions (
  token_hash text primary key,
  organization text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index provider_sessions_organization on provider_sessions (organization);

-- What organisations want to have said differently; `base` is what stood there when they wrote it.
create table proposals (
  id integer primary key generated always as identity,
  offer_id text not null,
  organization text not null,
  field text not null,
  value jsonb not null,
  base jsonb,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected')),
  reason text,
  proposed_at timestamptz not null default now(),
  decided_at timestamptz
);
create unique index proposals_open on proposals (offer_id, field) where state = 'open';
create index proposals_organization on proposals (organization, id);

-- What organisations write to one another, redacted.
create table organization_letters (
  id integer primary key generated always as identity,
  sender text not null,
  recipient text not null,
  text text not null,
  sent_at timestamptz not null,
  read_at timestamptz,
  reported_at timestamptz,
  report_closed_at timestamptz
);
create index organization_letters_sender on organization_letters (sender, sent_at);
create index organization_letters_recipient on organization_letters (recipient, sent_at);
create index organization_letters_reports on organization_letters (id) where reported_at is not null;

-- What a turn counts as in the unmet demand; null where nothing was looked for. Of personal topics without the district.
alter table turns add column asked_need text;
alter table turns add column asked_district text;
alter table turns add column outcome text check (outcome in ('missing', 'full', 'free', 'unknown'));
create index turns_asked on turns (created_at) where asked_need is not null;

-- How many people asked, by complete ISO week; what fewer than five asked is nowhere.
create table demand (
  week text not null,
  need text not null,
  area text not null check (area in ('district', 'not-named', 'others')),
  district text not null,
  outcome text not null,
  people integer not null check (people >= 5),
  primary key (week, need, area, district, outcome)
);
create table demand_weeks (
  week text primary key,
  counted_at timestamptz not null default now()
);
