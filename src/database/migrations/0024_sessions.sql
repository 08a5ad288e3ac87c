-- Everybody who signs in has a role; an organisation's session speaks for that organisation, staff's for none.
alter table provider_sessions rename to sessions;
alter index provider_sessions_organization rename to sessions_organization;
alter table sessions add column role text not null default 'anbieter' check (role in ('leser', 'redaktion', 'freigabe', 'admin', 'anbieter'));
alter table sessions alter column role drop default;
alter table sessions alter column organization drop not null;
alter table sessions add check ((role = 'anbieter') = (organization is not null));
