import { z } from "zod";
import { ArticleShape } from "./article-form.ts";

/** Articles as operations list them. */
export const ListedArticles = z.array(
  z.object({
    id: z.number(),
    state: z.string(),
    version: z.number(),
    liveVersion: z.number().nullable(),
    article: ArticleShape,
    expired: z.boolean(),
  }),
);

/** One version of an article. */
export const ArticleVersion = z.object({
  version: z.number(),
  kind: z.string(),
  body: ArticleShape,
  author: z.string(),
  writtenAt: z.coerce.date(),
});

/** An article as operations show it. */
export const ShownArticle = z.object({
  id: z.number(),
  state: z.string(),
  newest: ArticleVersion,
  liveVersion: z.number().nullish(),
  events: z.array(z.object({ version: z.number(), event: z.string(), by: z.string(), reason: z.string().nullable(), at: z.coerce.date() })),
});

/** Articles that expire soon. */
export const Reminders = z.array(
  z.object({ id: z.number(), title: z.record(z.string(), z.string().optional()), validUntil: z.coerce.date() }),
);

export type ListedArticles = z.output<typeof ListedArticles>;
export type ArticleVersion = z.output<typeof ArticleVersion>;
export type ShownArticle = z.output<typeof ShownArticle>;
export type Reminders = z.output<typeof Reminders>;
