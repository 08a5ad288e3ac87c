-- Those who asked can be answered with an offer too; what it says then is what it says at that moment, so that it has no versions.
alter table publications alter column article_id drop not null;
alter table publications add column offer_id text;
alter table publications add check ((article_id is null) <> (offer_id is null));
alter table publications add check (offer_id is null or kind = 'answer');
