import { type Article, type ArticleQuery, type FoundArticle, isValid } from "../../core/articles.ts";
import { languages } from "../../core/languages.ts";
import type { SearchDocument, TextSearch } from "../search/search-document.ts";
import { matchOf } from "./match.ts";

/** Hits among which an article is looked for. */
const mostHits = 10;
/** From this likeness on a text asks what one of the article's questions asks: see docs/decisions/0038. */
const askedFrom = 0.5;
/** Where nothing else answers, an article must hold this share of the text's words, the rare ones counting more; as offers must without a need. */
const nearShare = 0.35;

const prefix = "article:";

/** How an article is named in the index, beside the offers. */
const documentId = ({ id }: Pick<Article, "id">): string => `${prefix}${id}`;

/** The number of the article that a document of the index is; undefined for an offer. */
export function articleIdOf(document: string): number | undefined {
  return document.startsWith(prefix) ? Number(document.slice(prefix.length)) : undefined;
}

/** What is searched of an article: its title, the questions that it answers, its text. */
export function articleDocument(article: Article): SearchDocument {
  const texts = (text: Article["title"]) => languages.flatMap((lang) => (text[lang] === undefined ? [] : { lang, text: text[lang] }));
  return { id: documentId(article), title: [...texts(article.title), ...article.questions], keywords: [], body: texts(article.text) };
}

/** Finds articles in an index that holds them beside the offers. */
export function createArticleFinder(articles: readonly Article[], texts: TextSearch, now: () => Date) {
  const byId = new Map(articles.map((article) => [article.id, article]));

  function current(id: number): Article | undefined {
    const article = byId.get(id);
    return article !== undefined && isValid(article, now()) ? article : undefined;
  }

  async function find({ text }: ArticleQuery): Promise<FoundArticle | undefined> {
    if (byId.size === 0) return undefined;
    const hits = await texts.search({ text, limit: mostHits });
    const found = hits.flatMap(({ id, share }) => {
      const number = articleIdOf(id);
      const article = number === undefined ? undefined : current(number);
      return article === undefined ? [] : [{ article, share, likeness: matchOf(text, article) }];
    });
    const [best] = found.toSorted((a, b) => b.likeness - a.likeness);
    if (best !== undefined && best.likeness >= askedFrom) return { article: best.article, match: "asked" };
    const near = found.find(({ share }) => share >= nearShare);
    return near === undefined ? undefined : { article: near.article, match: "near" };
  }

  return { find, current };
}
