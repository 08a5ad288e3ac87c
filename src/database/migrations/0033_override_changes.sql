-- What staff changed about offers; rows are only added. The number counts an offer's changes, so that two people who change one at once are told.
create table override_changes (
  offer_id text not null,
  number integer not null,
  field text not null,
  before jsonb,
  after jsonb,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  primary key (offer_id, number)
);
