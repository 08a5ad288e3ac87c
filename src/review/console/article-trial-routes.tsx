import type { StaffLang } from "../../core/people.ts";
import type { ShownArticle } from "./article-shapes.ts";
import { TrialPage, TriedArticle } from "./article-trial-page.tsx";
import { createTrialRuns } from "./article-trials.ts";
import { act, asking, may, numberIn, type Operate } from "./operate.tsx";
import type { StaffRoute } from "./routes.ts";
import { goTo, show, type Visit } from "./visit.tsx";

/** The titles of these offers, by their ids; those that are not there any more are left out. */
export type ReadTitles = (ids: ReadonlySet<string>, lang: StaffLang) => ReadonlyMap<string, string>;

interface TrialRouteParts {
  readonly operate: Operate;
  readonly read: (id: number) => Promise<ShownArticle>;
  readonly readTitles: ReadTitles;
}

/** Trying an article before it goes live: begins at a press, and shows what was found. */
export function trialRoutes({ operate, read, readTitles }: TrialRouteParts): readonly StaffRoute[] {
  const ask = asking(operate);
  const runs = createTrialRuns();

  async function begin(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const { newest } = await read(id);
    runs.begin(id, newest.version, () => act(operate, visit, "staff.articles.trial", `article:${id}`, { id }));
    return goTo(visit, `/console/articles/${id}/trial`);
  }

  async function showTrial(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const { newest } = await read(id);
    const run = runs.find(id, newest.version);
    const tried =
      run?.state === "running" ? undefined : (TriedArticle.nullable().parse(await ask("staff.articles.tried", { id })) ?? undefined);
    if (tried !== undefined) await visit.record("article.trial", `article:${id}`);
    const named = new Set((tried?.changed ?? []).flatMap(({ before, after }) => [before.first ?? "", after.first ?? ""]));
    const { frame } = visit;
    return await show(visit, <TrialPage {...{ frame, id, run, tried, titles: readTitles(named, frame.lang) }} />);
  }

  return [
    ["GET", "/console/articles/:id/trial", may.read, showTrial],
    ["POST", "/console/articles/:id/trial", may.write, begin],
  ];
}
