-- What a language model took, a row a day (UTC): numbers only.
create table model_usage (
  day date primary key,
  input_tokens bigint not null,
  output_tokens bigint not null
);
