-- What was changed about offers is kept as it was written.
create function refuse_change_of_history() returns trigger language plpgsql as $$
begin
  raise exception 'The history of offers only grows: % is refused.', tg_op;
end
$$;
create trigger override_changes_only_grow before update or delete on override_changes for each row execute function refuse_change_of_history();
create trigger override_changes_are_never_emptied before truncate on override_changes for each statement execute function refuse_change_of_history();
