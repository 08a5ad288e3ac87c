import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { httpUrl, longest, plainLine, plainText } from "./clean.ts";
import type { Importer, SourceAccess, SourceItem, SourceLocation } from "./importer.ts";
import { createItemMaker, type OfferDraft, rejectedBy } from "./record.ts";
import { below, brokenSource, fetchJson, pathOf, requireUrl } from "./source.ts";

const mostPages = 2000;
const text = z.string().nullish();

const Tags = z.object({ edges: z.array(z.object({ node: z.object({ name: z.string() }) })) }).nullish();
const Contribution = z.object({
  id: z.union([z.string(), z.number()], { error: "is no number" }),
  title: z.string(),
  summary: text,
  description: text,
  publicCreatedAt: text,
  retiredAt: text,
  geozone: z.object({ name: text }).nullish(),
  tags: Tags,
});
const Connection = z.object({
  edges: z.array(z.object({ node: z.unknown() })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: text }),
});
const GraphqlError = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

/** Munich's projects: all that GET /projekts/:id/json_data tells. */
const Projekt = z.object({
  projekt_id: z.union([z.string(), z.number()], { error: "is no number" }),
  projekt_title: z.string(),
  tags: z.array(z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])).nullish(),
  sdg_goals: z.array(z.unknown()).nullish(),
});

/** What people write to a platform: a list of its GraphQL and the path of its pages. */
const lists = [
  {
    name: "proposals",
    fields: "id title summary description publicCreatedAt retiredAt geozone { name } tags(first: 20) { edges { node { name } } }",
  },
  { name: "debates", fields: "id title description publicCreatedAt tags(first: 20) { edges { node { name } } }" },
] as const;
type List = (typeof lists)[number];

const Cursor = z.object({ list: z.number().int().min(0), after: z.string().nullable() });

function queryOf({ name, fields }: List): string {
  return `query ($after: String) { ${name}(first: 50, after: $after) { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } } }`;
}

async function fetchConnection(base: string, list: List, after: string | null, access: SourceAccess): Promise<z.infer<typeof Connection>> {
  const url = below(base, "graphql");
  const answer = await fetchJson(url, access, { query: queryOf(list), variables: { after } });
  const failed = GraphqlError.safeParse(answer);
  if (failed.success) throw brokenSource(url, `GraphQL says: ${plainLine(failed.data.errors[0]?.message, 200)}`);
  const parsed = z.object({ data: z.object({ [list.name]: Connection }) }).safeParse(answer);
  const connection = parsed.data?.data[list.name];
  if (connection === undefined) throw brokenSource(url, `the answer holds no ${list.name} with edges and pageInfo`);
  return connection;
}

function wordsOf(tags: readonly (string | null | undefined)[]): OfferDraft["words"] {
  const words = tags.flatMap((tag) => plainLine(tag, 60) ?? []);
  return words.length === 0 ? undefined : { de: [...new Set(words)].slice(0, 30) };
}

/** Organisation of a platform that does not name itself: the option, else the host. */
function organizationOf(base: string, options: SourceLocation["options"]): string | undefined {
  return plainLine(options["organization"]) ?? new URL(base).host;
}

function contributionToOffer(node: z.infer<typeof Contribution>, list: List, base: string, options: SourceLocation["options"]): OfferDraft {
  const title = plainLine(node.title, longest.title);
  const summary = plainText(node.summary) ?? plainText(node.description) ?? title;
  return {
    kind: "participation",
    organization: organizationOf(base, options),
    title: title === undefined ? undefined : { de: title },
    summary: summary === undefined ? undefined : { de: summary },
    words: wordsOf((node.tags?.edges ?? []).map((edge) => edge.node.name)),
    district: plainLine(node.geozone?.name),
    participation: { phase: "open" },
    url: below(base, `${list.name}/${encodeURIComponent(node.id)}`),
  };
}

function projektToOffer(projekt: z.infer<typeof Projekt>, page: string, base: string, options: SourceLocation["options"]): OfferDraft {
  const title = plainLine(projekt.projekt_title, longest.title);
  const words = wordsOf(projekt.tags ?? []);
  const topics = words?.de === undefined ? "" : `\nThemen: ${words.de.join(", ")}`;
  return {
    kind: "participation",
    organization: organizationOf(base, options),
    title: title === undefined ? undefined : { de: title },
    summary: title === undefined ? undefined : { de: `${title}${topics}` },
    words,
    url: httpUrl(page),
  };
}

type ToItem = ReturnType<typeof createItemMaker>;

async function* readProjekts(
  base: string,
  ids: readonly string[],
  toItem: ToItem,
  location: SourceLocation,
  access: SourceAccess,
): AsyncGenerator<SourceItem> {
  for (const [index, id] of ids.entries()) {
    const url = below(base, `projekts/${id}/json_data`);
    const place = pathOf(url);
    const parsed = Projekt.safeParse(await fetchJson(url, access));
    access.onProgress(index + 1, ids.length);
    if (!parsed.success) yield rejectedBy(parsed.error, place);
    else if (String(parsed.data.projekt_id) !== id)
      yield { kind: "rejected", place, reason: `projekt_id: it is ${String(parsed.data.projekt_id).slice(0, 20)}, not ${id}` };
    else yield toItem(place, `projekt-${id}`, () => projektToOffer(parsed.data, below(base, `projekts/${id}`), base, location.options));
  }
}

async function* readContributions(
  base: string,
  toItem: ToItem,
  location: SourceLocation,
  access: SourceAccess,
): AsyncGenerator<SourceItem> {
  const cursor = Cursor.safeParse(access.cursor).data ?? { list: 0, after: null };
  let done = 0;
  for (const [index, list] of lists.entries()) {
    let after = index === cursor.list ? cursor.after : null;
    for (let page = 0, more = index >= cursor.list; more; page += 1) {
      if (page > mostPages) throw brokenSource(below(base, "graphql"), `${list.name} have more than ${mostPages} pages`);
      const { edges, pageInfo } = await fetchConnection(base, list, after, access);
      for (const [at, { node }] of edges.entries())
        yield* readNode(
          node,
          `${pathOf(below(base, "graphql"))}#/data/${list.name}(after ${after ?? "the start"})/edges/${at}`,
          list,
          base,
          toItem,
          location,
        );
      done += edges.length;
      access.onProgress(done, undefined);
      const next = pageInfo.endCursor ?? null;
      more = pageInfo.hasNextPage;
      if (more && (next === null || next === after))
        throw brokenSource(below(base, "graphql"), `${list.name} have a next page, but no cursor that leads there`);
      after = next;
      yield { kind: "checkpoint", cursor: more ? { list: index, after } : { list: index + 1, after: null } };
    }
  }
}

function* readNode(
  node: unknown,
  place: string,
  list: List,
  base: string,
  toItem: ToItem,
  { options }: SourceLocation,
): Generator<SourceItem> {
  const parsed = Contribution.safeParse(node);
  if (!parsed.success) yield rejectedBy(parsed.error, place);
  // Taken back by who wrote it.
  else if (!parsed.data.retiredAt)
    yield toItem(place, `${list.name.slice(0, -1)}-${parsed.data.id}`, () => contributionToOffer(parsed.data, list, base, options));
}

/** "1,5,8-20" as single numbers; throws USAGE where it is something else or more than 500. */
function parseIds(given: string | undefined): readonly string[] {
  const ids = (given ?? "").split(",").flatMap((part) => {
    const [, first, last = first] = part.trim().match(/^(\d{1,9})(?:-(\d{1,9}))?$/) ?? [];
    if (first === undefined)
      throw new AppError("USAGE", `The option projekts is a list of numbers like 1,5,8-20, not "${part.slice(0, 40)}".`);
    return Array.from({ length: Math.min(Math.max(Number(last) - Number(first) + 1, 0), 501) }, (_, index) =>
      String(Number(first) + index),
    );
  });
  if (ids.length > 500) throw new AppError("USAGE", "The option projekts names more than 500 projects.");
  return ids;
}

async function* read(location: SourceLocation, access: SourceAccess): AsyncGenerator<SourceItem> {
  const url = requireUrl(location, "consul");
  const toItem = createItemMaker();
  const [, base, single] = url.match(/^(.*)\/projekts\/(\d+)\/json_data$/) ?? [];
  if (base !== undefined && single !== undefined) return yield* readProjekts(base, [single], toItem, location, access);
  const projekts = location.options["projekts"];
  // A run that is gone on with has come past them.
  if (projekts !== undefined && !Cursor.safeParse(access.cursor).success) {
    yield* readProjekts(url, parseIds(projekts), toItem, location, access);
    yield { kind: "checkpoint", cursor: { list: 0, after: null } };
  }
  yield* readContributions(url, toItem, location, access);
}

/** Proposals and debates of a participation platform, and its projects by number. */
export const consul: Importer = {
  id: "consul",
  description: "CONSUL Democracy: GraphQL, and --option projekts=1,5,8-20 for projects (https://unser.muenchen.de)",
  read,
};
