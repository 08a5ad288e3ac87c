-- Words that staff found people to use for a need; they count like those of its file.
create table need_words (
  need text not null,
  lang text not null,
  word text not null,
  added_by text not null,
  added_at timestamptz not null default now(),
  primary key (need, lang, word)
);
