-- Who talks to the person: an account's id, or another name of who gave the command; nobody once the talk is over, or given back.
alter table handovers add column taken_by text;
