import { z } from "zod";
import { clusterStates } from "../../core/clusters.ts";
import { AppError } from "../../core/errors.ts";
import type { Accounts, StaffLang } from "../../core/people.ts";
import { readForm } from "../forms.ts";
import { clusterOfferRoutes } from "./cluster-offers.tsx";
import { ClusterPage, ContextPage } from "./cluster-page.tsx";
import { type Forwarding, Forwards } from "./forward.tsx";
import { InboxPage, type InboxQuery } from "./inbox-list-page.tsx";
import { Cluster, type InboxChoice, InboxList } from "./inbox-shapes.ts";
import { inboxWords } from "./inbox-words.ts";
import { act, asking, doneIn, formOf, may, nameOfAccount, numberIn, type Operate, withConflicts } from "./operate.tsx";
import type { ConsoleSection } from "./routes.ts";
import { goTo, show, type Visit } from "./visit.tsx";

const Query = z.object({
  state: z.enum(clusterStates).catch("new"),
  sort: z.enum(["count", "latest", "trend"]).catch("count"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

const Taught = z.object({ before: z.string().nullish() });
const Waiting = z.array(z.object({ turn: z.string() }));
const Intents = z.array(z.object({ id: z.string(), title: z.object({ de: z.string(), en: z.string() }) }));
const Published = z.array(z.object({ id: z.number(), article: z.object({ title: z.object({ de: z.string() }).loose() }).loose() }));
const Before = z.array(z.object({ at: z.string(), question: z.string().optional(), kind: z.string(), offers: z.array(z.string()) }));

export interface InboxParts {
  readonly operate: Operate;
  readonly accounts: Pick<Accounts, "list">;
  /** All needs by their labels, to choose from. */
  readonly forwarding: Forwarding;
  readonly needs: (lang: StaffLang) => readonly InboxChoice[];
}

/** Questions without a good answer: the way from them to an answer for everybody who asked. */
export function inboxSection({ operate, accounts, forwarding, needs }: InboxParts): ConsoleSection {
  const ask = asking(operate);
  const read = async (id: number, page = 1) => Cluster.parse(await ask("staff.clusters.show", { id, page }));
  /** The turns of all who asked; the page shows the newest only. */
  const readTurns = async (id: number) => z.array(z.string()).parse(await ask("staff.clusters.turns", { id }));
  const readList = async (query: object) => InboxList.parse(await ask("staff.clusters.list", query));

  async function showList(visit: Visit): Promise<Response> {
    await visit.record("inbox.view");
    const { page, ...chosen } = Query.parse(visit.c.req.query());
    const query: InboxQuery = { ...chosen, singles: visit.c.req.query("singles") !== undefined };
    return await show(visit, <InboxPage frame={visit.frame} list={await readList({ ...query, page })} query={query} />);
  }

  async function readArticles(): Promise<readonly InboxChoice[]> {
    const published = Published.parse(await ask("staff.articles.list", { state: "published" }));
    return published.map(({ id, article }) => ({ id: String(id), label: `${id}: ${article.title.de}` }));
  }

  async function showOne(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const cluster = await read(id, Query.parse(visit.c.req.query()).page);
    await visit.record("cluster.view", `cluster:${id}`);
    const turns = new Set(await readTurns(id));
    const waiting = Waiting.parse(await ask("staff.articles.waiting", {})).filter(({ turn }) => turns.has(turn)).length;
    const names = new Map((await accounts.list()).map((account) => [String(account.id), account.name]));
    const { lang } = visit.frame;
    const done = doneIn(visit, inboxWords[lang].done);
    const linked = z.array(z.number()).parse(await ask("staff.clusters.articles", { id }));
    const intents = Intents.parse(await ask("staff.intents", {})).map((intent) => ({ id: intent.id, label: intent.title[lang] }));
    const forwards = Forwards.parse(await ask("staff.clusters.forwards", { id }));
    const choices = { needs: needs(lang), intents, articles: await readArticles() };
    return await show(
      visit,
      <ClusterPage {...{ frame: visit.frame, cluster, names, ...choices, linked, waiting, done, forwarding, forwards }} />,
    );
  }

  async function showContext(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    await visit.record("cluster.context", `cluster:${id}`);
    const before = Before.parse(await ask("staff.clusters.context", { gap: visit.c.req.param("gap") ?? "" }));
    return await show(visit, <ContextPage frame={visit.frame} id={id} before={before} />);
  }

  const back = (visit: Visit, id: number, done = "changed") => goTo(visit, `/console/inbox/${id}?done=${done}`);

  /** An operation on the cluster of the address, with what the form says. */
  const doing =
    (name: string, inputOf: (form: Readonly<Record<string, string>>, visit: Visit) => object = () => ({}), done?: string) =>
    async (visit: Visit): Promise<Response> => {
      const id = numberIn(visit);
      const form = await formOf(visit);
      const { id: stays } = z
        .object({ id: z.number() })
        .parse(await act(operate, visit, `staff.clusters.${name}`, `cluster:${id}`, { id, ...inputOf(form, visit) }));
      return back(visit, stays, done);
    };

  async function split(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const gaps = (await readForm(visit.c))["gap"] ?? [];
    const { made } = z.object({ made: z.number() }).parse(await act(operate, visit, "staff.clusters.split", `cluster:${id}`, { id, gaps }));
    return back(visit, made);
  }

  async function assign(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const { assignee } = await read(id);
    const to = assignee === undefined ? nameOfAccount(visit.staff) : null;
    await act(operate, visit, "staff.clusters.assign", `cluster:${id}`, { id, to });
    return back(visit, id);
  }

  /** Teaches that a sentence means what the form chose, as `need:` or `intent:` with its id; without an id it is taken away from all needs. */
  async function teach(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const { sentence = "", meaning = "" } = await formOf(visit);
    const [kind = "", label = ""] = meaning.split(":", 2);
    const lesson = { id, kind, text: sentence, label: label === "" ? null : label };
    const { before } = Taught.parse(await act(operate, visit, "staff.clusters.teach", `cluster:${id}`, lesson));
    return back(visit, id, before === undefined ? "taught" : "taught-anew");
  }

  async function addWord(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const { word = "", lang = "", need = "" } = await formOf(visit);
    await act(operate, visit, "staff.clusters.add-word", `cluster:${id}`, { id, word, lang, need });
    return back(visit, id, "word");
  }

  /** Sends an article to those who asked and want to be told, and counts the cluster as answered. */
  async function answer(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const article = Number((await formOf(visit))["article"]);
    if (!Number.isSafeInteger(article) || article < 1) throw new AppError("REQUEST_INVALID", "An article is named by its number.");
    await act(operate, visit, "staff.clusters.answer", `cluster:${id}`, { id, article });
    return back(visit, id, "answered");
  }

  const one = "/console/inbox/:id";
  return {
    ...{ name: "inbox", path: "/console/inbox", roles: may.read },
    count: async () => (await readList({ state: "new" })).clusters,
    routes: withConflicts([
      ["GET", "/console/inbox", may.read, showList],
      ["GET", one, may.read, showOne],
      ["GET", `${one}/context/:gap`, may.read, showContext],
      ["POST", `${one}/title`, may.write, doing("title", ({ title = "" }) => ({ title }))],
      ["POST", `${one}/note`, may.write, doing("note", ({ note = "" }) => ({ text: note }))],
      ["POST", `${one}/ignore`, may.write, doing("ignore")],
      ["POST", `${one}/restore`, may.write, doing("restore")],
      ["POST", `${one}/no-offer`, may.write, doing("no-offer")],
      ["POST", `${one}/forward`, may.write, doing("forward", ({ note = "" }) => ({ note }))],
      ["POST", `${one}/forward-again`, may.write, doing("forward-again", ({ forward = "" }) => ({ forward }))],
      ["POST", `${one}/merge`, may.write, doing("merge", (form) => ({ with: form["with"] ?? "" }))],
      ["POST", `${one}/split`, may.write, split],
      ["POST", `${one}/assign`, may.write, assign],
      ["POST", `${one}/teach`, may.write, teach],
      ["POST", `${one}/word`, may.write, addWord],
      ["POST", `${one}/answer`, may.publish, answer],
      ...clusterOfferRoutes(operate),
    ]),
  };
}
