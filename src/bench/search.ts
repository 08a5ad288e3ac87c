import { z } from "zod";
import type { SearchDocument, TextSearch } from "../catalogue/search/search-document.ts";
import { AppError } from "../core/errors.ts";
import type { Lang } from "../core/languages.ts";
import { percentile } from "./percentile.ts";
import { readLines } from "./read-lines.ts";

const Page = z
  .object({ id: z.string(), title: z.string(), text: z.string(), lang: z.string().default("de"), city: z.string().optional() })
  .or(
    z
      .object({ id: z.string(), name: z.string(), descriptionText: z.string().nullish(), feesText: z.string().nullish() })
      .transform(({ id, name, descriptionText, feesText }) => ({
        id,
        title: name,
        text: [name, descriptionText, feesText].filter(Boolean).join("\n"),
        lang: "de",
        city: undefined,
      })),
  );

const SearchQuestion = z.object({
  id: z.union([z.string(), z.number()]),
  lang: z.string(),
  question: z.string(),
  doc_id: z.string(),
  answerable: z.boolean().default(true),
});

type Page = z.output<typeof Page>;

/** A question with the page that answers it; pages of equal text are one, known by the id of the first. */
interface Case {
  readonly question: string;
  readonly page: string;
  readonly city: string | undefined;
}

/** Pages and questions of one language, ready to be measured. */
export interface SearchSet {
  readonly lang: Lang;
  readonly documents: readonly SearchDocument[];
  readonly cases: readonly Case[];
  /** Ids of the pages of a city. */
  readonly byCity: ReadonlyMap<string | undefined, readonly string[]>;
}

/** What `bench -- search` prints; rates and means are 0 to 1, ranks beyond 10 count as not found in mrr10 and ndcg10. */
export interface SearchReport {
  readonly docs: number;
  readonly questions: number;
  readonly hit1: number;
  readonly hit5: number;
  readonly mrr10: number;
  readonly ndcg10: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly buildSeconds: number;
}

function documentOf({ id, title, text }: Page, lang: Lang): SearchDocument {
  const [first, ...rest] = text.split("\n");
  const body = first?.trim() === title.trim() ? rest.join("\n") : text;
  return { id, title: [{ lang, text: title }], keywords: [], body: [{ lang, text: body }] };
}

/** Reads pages {id,title,text,lang?,city?} or services {id,name,descriptionText,feesText}, and questions {id,lang,question,doc_id,answerable?}; throws USAGE with the line that does not fit. */
export async function readSearchSet(paths: { readonly docs: string; readonly questions: string }, lang: Lang): Promise<SearchSet> {
  const pages = (await readLines(paths.docs, Page, "a page {id,title,text}")).filter((page) => page.lang === lang);
  const firstByText = new Map<string, Page>();
  for (const page of pages) if (!firstByText.has(page.text)) firstByText.set(page.text, page);
  const pageById = new Map(pages.map((page) => [page.id, page]));
  const questions = await readLines(paths.questions, SearchQuestion, "a question {id,lang,question,doc_id}");
  const cases = questions
    .filter((question) => question.lang === lang && question.answerable)
    .map(({ id, question, doc_id }) => {
      const page = pageById.get(doc_id);
      if (page === undefined) throw new AppError("USAGE", `Question ${id}: there is no page ${doc_id} in ${lang}.`);
      return { question, page: firstByText.get(page.text)?.id ?? doc_id, city: page.city };
    });
  const distinct = [...firstByText.values()];
  return {
    lang,
    documents: distinct.map((page) => documentOf(page, lang)),
    cases,
    byCity: new Map([...Map.groupBy(distinct, ({ city }) => city)].map(([city, members]) => [city, members.map(({ id }) => id)])),
  };
}

const ranksThatCount = 10;

/** Asks every question, twice so that the times are those of a warm process, and compares with the page that answers it. */
export async function measureSearch(
  { lang, cases, byCity, documents }: SearchSet,
  search: TextSearch,
  options: { readonly withinCity: boolean; readonly buildSeconds: number; readonly onProgress: (done: number) => void },
): Promise<SearchReport> {
  const ranks: number[] = [];
  const times: number[] = [];
  for (const round of [0, 1]) {
    for (const [index, { question, page, city }] of cases.entries()) {
      const among = options.withinCity ? byCity.get(city) : undefined;
      const started = performance.now();
      const hits = await search.search({ text: question, lang, limit: ranksThatCount, ...(among === undefined ? {} : { among }) });
      if (round === 1) {
        times.push(performance.now() - started);
        ranks.push(hits.findIndex(({ id }) => id === page));
      }
      options.onProgress(round * cases.length + index + 1);
    }
  }
  const mean = (gain: (rank: number) => number) =>
    ranks.reduce((sum, rank) => sum + (rank < 0 ? 0 : gain(rank)), 0) / Math.max(1, ranks.length);
  times.sort((a, b) => a - b);
  return {
    docs: documents.length,
    questions: cases.length,
    hit1: mean((rank) => Number(rank === 0)),
    hit5: mean((rank) => Number(rank < 5)),
    mrr10: mean((rank) => 1 / (rank + 1)),
    ndcg10: mean((rank) => 1 / Math.log2(rank + 2)),
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    buildSeconds: options.buildSeconds,
  };
}
