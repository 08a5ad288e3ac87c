-- Requests of an address within a minute, by kind; all processes count together. `who` is a keyed hash that changes each day. Not logged to disk: a crash may
-- forget them.
create unlogged table request_counts (
  who text not null,
  kind text not null,
  minute timestamptz not null,
  count integer not null,
  primary key (minute, who, kind)
);
