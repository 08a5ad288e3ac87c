-- A mark of the DATA_KEY that this database was first opened with: another key could read none of its addresses.
create table data_key (
  id integer primary key check (id = 1),
  mark text not null
);
