-- Articles that were written for clusters: who asked there is told when they are published.
create table cluster_articles (
  cluster_id integer not null,
  article_id integer not null references articles (id) on delete cascade,
  linked_by text not null,
  linked_at timestamptz not null default now(),
  primary key (cluster_id, article_id)
);
create index cluster_articles_article on cluster_articles (article_id);
