import { z } from "zod";
import type { ArticleForm } from "./article-form.ts";

/** Questions that the form of an article begins with; whoever writes it keeps those that fit. */
const mostQuestions = 10;

/** What a cluster's operation tells of what was asked there. */
export const AskedCluster = z.object({
  id: z.number(),
  needs: z.record(z.string(), z.number()),
  questions: z.array(z.object({ text: z.string().optional(), lang: z.string() })),
});

/** What was asked in a cluster as fields of the form: each wording once, and the need that was understood most often. */
export function askedIn({ id, needs, questions }: z.output<typeof AskedCluster>): Pick<ArticleForm, "cluster" | "need" | "questions"> {
  const lines = questions.flatMap(({ text, lang }) =>
    text === undefined ? [] : [`${lang === "de" ? "" : `${lang}: `}${text.replaceAll(/\s+/g, " ")}`],
  );
  const [need] = Object.entries(needs)
    .filter(([name]) => name !== "")
    .sort(([, a], [, b]) => b - a);
  return { cluster: String(id), need: need?.[0] ?? "", questions: [...new Set(lines)].slice(0, mostQuestions).join("\n") };
}
