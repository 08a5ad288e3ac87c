-- What is left of a day once its turns are erased: how many of what. Nothing in it is of one person.
create table day_counts (
  day date not null,
  metric text not null,
  key text not null,
  count integer not null,
  primary key (day, metric, key)
);

-- The days that are counted for good, also those on which nothing happened.
create table counted_days (
  day date primary key,
  counted_at timestamptz not null default now()
);

-- Rows come in the order of time: ranges of days are found by a summary of the blocks, which costs next to nothing to keep.
create index turns_time on turns using brin (created_at);
create index outbox_time on outbox using brin (created_at);
create index feedback_time on feedback using brin (created_at);
