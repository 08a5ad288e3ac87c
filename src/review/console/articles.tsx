import type { Child } from "hono/jsx";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Accounts } from "../../core/people.ts";
import type { PageLang } from "../words.ts";
import { AskedCluster, askedIn } from "./article-for-cluster.ts";
import { type ArticleForm, ArticleShape, articleOfForm, formOfArticle, readArticleForm } from "./article-form.ts";
import { ArticleListPage, ArticlePage } from "./article-pages.tsx";
import { ArticleVersion, ListedArticles, Reminders, ShownArticle } from "./article-shapes.ts";
import { type ReadTitles, trialRoutes } from "./article-trial-routes.tsx";
import { ArticleCheck, ArticleFormPage, type Choice, type Preview } from "./article-views.tsx";
import { articlesWords } from "./articles-words.ts";
import { act, asking, doneIn, formOf, may, nameOfAccount, numberIn, type Operate, withConflicts } from "./operate.tsx";
import type { ConsoleSection } from "./routes.ts";
import { goTo, show, type Visit } from "./visit.tsx";

/** What writing articles needs. */
export interface ArticleParts {
  readonly operate: Operate;
  readonly accounts: Pick<Accounts, "list">;
  /** All needs by their labels, to choose from. */
  readonly needs: (lang: PageLang) => readonly Choice[];
  /** How the channels show an article as it stands in the form; nothing as long as it has no German text. */
  readonly preview: (article: ArticleShape) => readonly Preview[];
  readonly readTitles: ReadTitles;
}

const Saved = z.object({ id: z.number() });
const Alike = z.array(
  z.object({ kind: z.enum(["article", "offer"]), id: z.union([z.string(), z.number()]), title: z.string(), score: z.number() }),
);

const blank: ArticleForm = { title: {}, text: {}, need: "", questions: "", validUntil: "", sourceName: "", sourceUrl: "", cluster: "" };

/** A form that makes an article, or a version of one. */
interface Editing {
  readonly kind: "new" | "edit" | "correct";
  readonly id: number | undefined;
}

const pathOf = ({ kind, id }: Editing) => (id === undefined ? "/console/articles/new" : `/console/articles/${id}/${kind}`);
const ownerOf = ({ staff }: Visit) => ({ id: nameOfAccount(staff), name: staff.name });

/** Articles: list, form with check and preview, versions, and the way to people. */
export function articlesSection({ operate, accounts, needs, preview, readTitles }: ArticleParts): ConsoleSection {
  const ask = asking(operate);
  const read = async (id: number) => ShownArticle.parse(await ask("staff.articles.show", { id }));

  async function showList(visit: Visit): Promise<Response> {
    const rows = ListedArticles.parse(await ask("staff.articles.list", {}));
    const due = Reminders.parse(await ask("staff.articles.reminders", {}));
    return await show(visit, <ArticleListPage {...{ frame: visit.frame, rows, due }} />);
  }

  async function showOne(visit: Visit): Promise<Response> {
    const id = numberIn(visit);
    const article = await read(id);
    const versions = z.array(ArticleVersion).parse(await ask("staff.articles.versions", { id }));
    const names = new Map((await accounts.list()).map((account) => [String(account.id), account.name]));
    const clusters = z.array(z.number()).parse(await ask("staff.clusters.for-article", { id }));
    const done = doneIn(visit, articlesWords[visit.frame.lang].done);
    const props = { frame: visit.frame, article, versions, names, clusters, previews: preview(article.newest.body), done };
    return await show(visit, <ArticlePage {...props} />);
  }

  interface Shown {
    readonly form: ArticleForm;
    readonly fault?: string;
    readonly check?: Child;
  }

  async function showForm(visit: Visit, editing: Editing, { form, fault, check }: Shown): Promise<Response> {
    const { frame } = visit;
    const texts = articlesWords[frame.lang];
    const titles = { new: texts.write, edit: texts.edit, correct: texts.correct };
    const props = {
      ...{ frame, title: titles[editing.kind], lead: editing.kind === "correct" ? texts.correctLead : undefined },
      ...{ path: `${frame.base}${pathOf(editing)}`, form, needs: needs(frame.lang), fault, check },
    };
    return await show(visit, <ArticleFormPage {...props} />, fault === undefined ? 200 : 400);
  }

  const creating = (): Editing => ({ kind: "new", id: undefined });
  const changing =
    (kind: "edit" | "correct") =>
    (visit: Visit): Editing => ({ kind, id: numberIn(visit) });

  async function showEdit(visit: Visit, editing: Editing): Promise<Response> {
    const { newest } = await read(numberIn(visit));
    return await showForm(visit, editing, { form: formOfArticle(newest.body) });
  }

  /** The form of an article for the cluster that the address names: with what was asked there. */
  async function showNew(visit: Visit): Promise<Response> {
    const cluster = visit.c.req.query("cluster");
    if (cluster === undefined) return await showForm(visit, creating(), { form: blank });
    const asked = AskedCluster.parse(await ask("staff.clusters.show", { id: cluster }));
    await visit.record("cluster.view", `cluster:${asked.id}`);
    return await showForm(visit, creating(), { form: { ...blank, ...askedIn(asked) } });
  }

  const linkTo = (visit: Visit, article: number, id: number) =>
    act(operate, visit, "staff.clusters.link", `cluster:${id}`, { id, article });

  /** Saves a form; what an operation does not take is said above the form, which keeps all that was typed. */
  const save = (editingOf: (visit: Visit) => Editing) => async (visit: Visit) => {
    const editing = editingOf(visit);
    const { kind, id } = editing;
    const form = readArticleForm(await formOf(visit));
    const operation = kind === "correct" ? "staff.articles.correct" : "staff.articles.write";
    const input = { article: articleOfForm(form, ownerOf(visit)), ...(id === undefined ? {} : { id }) };
    try {
      const saved = Saved.parse(await act(operate, visit, operation, `article:${id ?? "new"}`, input));
      if (form.cluster !== "") await linkTo(visit, saved.id, Number(form.cluster));
      return goTo(visit, `/console/articles/${saved.id}?done=saved`);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "USAGE") throw error;
      return await showForm(visit, editing, { form, fault: error.message });
    }
  };

  /** Shows the form with what is to be said about it; where scripts run, only that is taken from the page. */
  const check = (editingOf: (visit: Visit) => Editing) => async (visit: Visit) => {
    const editing = editingOf(visit);
    const form = readArticleForm(await formOf(visit));
    const text = `${form.title.de ?? ""} ${form.text.de ?? ""}`.trim();
    const similar = text === "" ? [] : Alike.parse(await ask("staff.articles.similar", { text, lang: "de" }));
    const shape = ArticleShape.safeParse(articleOfForm(form, ownerOf(visit)));
    const previews = shape.success && form.text.de !== undefined ? preview(shape.data) : [];
    return await showForm(visit, editing, { form, check: <ArticleCheck {...{ frame: visit.frame, form, similar, previews }} /> });
  };

  const step = (name: string, done: string) => async (visit: Visit) => {
    const id = numberIn(visit);
    const { reason, version } = await formOf(visit);
    const input = { id, ...(reason ? { reason } : {}), ...(version === undefined ? {} : { version: Number(version) }) };
    await act(operate, visit, `staff.articles.${name}`, `article:${id}`, input);
    return goTo(visit, `/console/articles/${id}?done=${done}`);
  };

  return {
    ...{ name: "articles", path: "/console/articles", roles: may.read },
    count: async () => ListedArticles.parse(await ask("staff.articles.list", { state: "for-approval" })).length,
    routes: withConflicts([
      ["GET", "/console/articles", may.read, showList],
      ["GET", "/console/articles/new", may.write, showNew],
      ["POST", "/console/articles/new", may.write, save(creating)],
      ["POST", "/console/articles/new/check", may.write, check(creating)],
      ["GET", "/console/articles/:id", may.read, showOne],
      ["GET", "/console/articles/:id/edit", may.write, (visit) => showEdit(visit, changing("edit")(visit))],
      ["POST", "/console/articles/:id/edit", may.write, save(changing("edit"))],
      ["POST", "/console/articles/:id/edit/check", may.write, check(changing("edit"))],
      ["GET", "/console/articles/:id/correct", may.write, (visit) => showEdit(visit, changing("correct")(visit))],
      ["POST", "/console/articles/:id/correct", may.write, save(changing("correct"))],
      ["POST", "/console/articles/:id/correct/check", may.write, check(changing("correct"))],
      ["POST", "/console/articles/:id/submit", may.write, step("submit", "submitted")],
      ["POST", "/console/articles/:id/approve", may.publish, step("approve", "published")],
      ["POST", "/console/articles/:id/reject", may.publish, step("reject", "given-back")],
      ["POST", "/console/articles/:id/retire", may.publish, step("retire", "retired")],
      ...trialRoutes({ operate, read, readTitles }),
      ["POST", "/console/articles/:id/rollback", may.publish, step("rollback", "published")],
    ]),
  };
}
