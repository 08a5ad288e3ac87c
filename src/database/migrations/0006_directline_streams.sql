-- A chat token posts and reads; a stream ticket only opens the WebSocket, since it stands in a URL that proxies may log.
alter table directline_tokens add column purpose text not null default 'chat' check (purpose in ('chat', 'stream'));

-- The sites that a token is for; null means every site that the server allows.
alter table directline_tokens add column sites text[];
update directline_tokens set sites = array[origin] where origin is not null;
alter table directline_tokens drop column origin;

create index directline_tokens_conversation on directline_tokens (conversation_id);
