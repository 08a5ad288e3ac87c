-- When what a row says last changed. What is there already was last written by the last load; nothing older is known.
alter table content add column changed_at timestamptz not null default now();
update content set changed_at = content_state.loaded_at from content_state where content_state.id = 1;
