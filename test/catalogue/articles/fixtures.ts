import type { Article, ArticleBody } from "../../../src/core/articles.ts";

const dayMs = 86_400_000;

/** What staff write; `change` says what is special about it. */
export function bodyOf(change: Partial<ArticleBody> = {}): ArticleBody {
  return {
    title: { de: "Trinkbrunnen in München" },
    text: { de: "In München gibt es viele Trinkbrunnen.\nDas Wasser kostet nichts.", en: "There are many drinking fountains." },
    questions: [{ lang: "de", text: "Wo gibt es einen Trinkbrunnen?" }],
    owner: { id: "anna", name: "Anna Beispiel" },
    validUntil: new Date(Date.now() + 90 * dayMs).toISOString(),
    source: { name: "Baureferat", url: "https://example.org/brunnen" },
    ...change,
  };
}

/** An article that people read. */
export function articleOf(id: number, change: Partial<Article> = {}): Article {
  return { ...bodyOf(), id, version: 1, writtenAt: "2026-11-20T09:00:00.000Z", ...change };
}
