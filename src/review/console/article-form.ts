import { z } from "zod";
import { isLang, type Lang, languages } from "../../core/languages.ts";

/** An article as it stands in a form: texts as they were typed. */
export interface ArticleForm {
  readonly title: Readonly<Partial<Record<Lang, string>>>;
  readonly text: Readonly<Partial<Record<Lang, string>>>;
  readonly need: string;
  readonly questions: string;
  readonly validUntil: string;
  readonly sourceName: string;
  readonly sourceUrl: string;
  /** The number of the cluster that it is written for; empty without one. */
  readonly cluster: string;
}

/** An article's texts as operations give them. */
export const ArticleShape = z.object({
  title: z.record(z.string(), z.string().optional()),
  text: z.record(z.string(), z.string().optional()),
  need: z.string().optional(),
  questions: z.array(z.object({ lang: z.enum(languages), text: z.string() })),
  owner: z.object({ id: z.string(), name: z.string() }),
  validUntil: z.union([z.string(), z.date().transform((day) => day.toISOString())]),
  source: z.object({ name: z.string(), url: z.string() }),
});

export type ArticleShape = z.output<typeof ArticleShape>;

function localizedFrom(fields: Readonly<Record<string, string>>, name: string): Readonly<Partial<Record<Lang, string>>> {
  return Object.fromEntries(
    languages.flatMap((lang) => {
      const text = (fields[`${name}-${lang}`] ?? "").replaceAll("\r\n", "\n").trim();
      return text === "" ? [] : [[lang, text]];
    }),
  );
}

/** Reads the form's fields. */
export function readArticleForm(fields: Readonly<Record<string, string>>): ArticleForm {
  const { need = "", questions = "", validUntil = "", sourceName = "", sourceUrl = "", cluster = "" } = fields;
  return {
    ...{ title: localizedFrom(fields, "title"), text: localizedFrom(fields, "text") },
    ...{ need, questions: questions.replaceAll("\r\n", "\n"), validUntil, sourceName: sourceName.trim(), sourceUrl: sourceUrl.trim() },
    cluster: /^[1-9]\d{0,8}$/.exec(cluster)?.[0] ?? "",
  };
}

/** What an article's texts look like in the form. */
export function formOfArticle({ title, text, need = "", questions, validUntil, source }: ArticleShape): ArticleForm {
  const lines = questions.map((question) => (question.lang === "de" ? question.text : `${question.lang}: ${question.text}`));
  return {
    ...{ title, text, need, questions: lines.join("\n"), validUntil: validUntil.slice(0, 10) },
    ...{ sourceName: source.name, sourceUrl: source.url, cluster: "" },
  };
}

function questionOf(line: string): { readonly lang: Lang; readonly text: string } {
  const [, code = "", text = ""] = /^([a-z]{2}):\s*(.+)$/.exec(line) ?? [];
  return isLang(code) ? { lang: code, text } : { lang: "de", text: line };
}

/** The article that a form asks to be written, for its operation to check. */
export function articleOfForm(form: ArticleForm, owner: ArticleShape["owner"]): object {
  const { title, text, need, questions, validUntil, sourceName, sourceUrl } = form;
  const lines = questions.split("\n").map((line) => line.trim());
  return {
    ...{ title, text, owner, validUntil, source: { name: sourceName, url: sourceUrl } },
    ...(need === "" ? {} : { need }),
    questions: lines.filter((line) => line !== "").map(questionOf),
  };
}
