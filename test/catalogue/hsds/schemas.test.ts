import { readFile } from "node:fs/promises";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { z } from "zod";
import { routeTable } from "../../../src/catalogue/hsds/route-table.ts";
import { openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { itShared, sharedPath } from "../../support/shared.ts";
import { loadContent, openApi, readWorld } from "./world.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const Page = z.object({ total_pages: z.number(), contents: z.array(z.looseObject({ id: z.string() })) });

/**
 * The same schema with each object's schema written once and referred to: the official ones repeat them until they have a megabyte, which takes long to compile.
 * Closed, it allows nothing that it does not name, as upstream checks its own examples.
 */
function shareParts(schema: Json, closed: boolean): { readonly [key: string]: Json } {
  const names = new Map<string, string>();
  const parts: { [name: string]: Json } = {};
  const visit = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(visit);
    if (node === null || typeof node !== "object") return node;
    const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
    if (typeof inner["properties"] !== "object" || inner["type"] !== "object") return inner;
    const own = closed ? { ...inner, additionalProperties: false } : inner;
    const text = JSON.stringify(own);
    const name = names.get(text) ?? `part${names.size}`;
    names.set(text, name);
    parts[name] = own;
    return { $ref: `#/$defs/${name}` };
  };
  return { allOf: [visit(schema)], $defs: parts };
}

async function readSchema(name: string): Promise<{ [key: string]: Json }> {
  return JSON.parse(await readFile(sharedPath("data/hsds/schema", `${name}.json`), "utf8"));
}

/** Checks a record against a schema as it is, and with nothing else allowed. */
function createCheck(schema: Json): (record: unknown) => readonly string[] {
  const compile = (own: Json): ValidateFunction => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats(ajv);
    return ajv.compile(own as object);
  };
  const validators = [compile(shareParts(schema, false)), compile(shareParts(schema, true))];
  return (record) =>
    validators.flatMap((validate) =>
      validate(record) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
    );
}

async function readChecks() {
  const term = await readSchema("taxonomy_term");
  const properties = z.looseObject({ properties: z.looseObject({ taxonomy_detail: z.json() }) }).parse(term).properties;
  return {
    services: createCheck(await readSchema("service")),
    organizations: createCheck(await readSchema("organization")),
    service_at_locations: createCheck(await readSchema("service_at_location")),
    taxonomy_terms: createCheck(term),
    taxonomies: createCheck(properties.taxonomy_detail),
  };
}

type Checks = Awaited<ReturnType<typeof readChecks>>;

describe("answers by the official schemas of HSDS 3.1", () => {
  let database: TestDatabase;
  let api: Awaited<ReturnType<typeof openApi>>;
  let checks: Promise<Checks> | undefined;
  const readOnce = () => {
    checks ??= readChecks();
    return checks;
  };
  beforeAll(async () => {
    database = await openTestDatabase("embedded");
    await loadContent(database.db, await readWorld());
    api = await openApi(database.db);
  });
  afterAll(() => database.close());

  const ownShape = (path: string) => routeTable.find((route) => route.path === path)?.answer ?? z.never();

  /** Every page of a list, each checked; the ids of all entries. */
  async function checkList(list: keyof Checks, query: string): Promise<readonly string[]> {
    const check = (await readOnce())[list];
    const ids: string[] = [];
    for (let number = 1, pages = 1; number <= pages; number += 1) {
      const answer = await api.json(`/${list}?page=${number}${query}`);
      expect(ownShape(`/${list}`).safeParse(answer).error).toBeUndefined();
      const { total_pages: total, contents } = Page.parse(answer);
      pages = total;
      for (const entry of contents) {
        expect({ id: entry.id, faults: check(entry) }).toEqual({ id: entry.id, faults: [] });
        ids.push(entry.id);
      }
    }
    return ids;
  }

  async function checkRecords(list: keyof Checks, ids: readonly string[], query = ""): Promise<void> {
    const check = (await readOnce())[list];
    for (const id of ids) {
      const answer = await api.json(`/${list}/${id}${query}`);
      expect({ id, faults: check(answer) }).toEqual({ id, faults: [] });
      expect(ownShape(`/${list}/{id}`).safeParse(answer).error).toBeUndefined();
    }
  }

  itShared(
    "services, in every form and each by itself",
    async () => {
      const ids = await checkList("services", "&per_page=100");
      expect(ids.length).toBeGreaterThan(300);
      expect(await checkList("services", "&per_page=100&full=true")).toEqual(ids);
      expect(await checkList("services", "&minimal=true")).toEqual(ids);
      await checkRecords("services", ids);
    },
    120_000,
  );

  itShared(
    "services at locations, in every form and each by itself",
    async () => {
      const ids = await checkList("service_at_locations", "&per_page=100");
      expect(ids.length).toBeGreaterThan(200);
      expect(await checkList("service_at_locations", "&per_page=100&full=true")).toEqual(ids);
      await checkRecords("service_at_locations", ids);
    },
    120_000,
  );

  itShared(
    "organisations, in every form and each by itself",
    async () => {
      const ids = await checkList("organizations", "&per_page=100");
      expect(ids.length).toBeGreaterThan(150);
      expect(await checkList("organizations", "&per_page=100&full=true")).toEqual(ids);
      expect(await checkList("organizations", "&per_page=100&full_service=true")).toEqual(ids);
      await checkRecords("organizations", ids);
      await checkRecords("organizations", ids, "?full_service=true");
    },
    120_000,
  );

  itShared("taxonomies and their terms, each by itself", async () => {
    await checkRecords("taxonomies", await checkList("taxonomies", ""));
    const ids = await checkList("taxonomy_terms", "&per_page=100");
    expect(ids).toHaveLength(82);
    await checkRecords("taxonomy_terms", ids);
  });

  itShared("a record with a field that HSDS does not have is found out", async () => {
    const checks = await readOnce();
    expect(checks.services({ id: "ac148810-d857-441c-9679-408f346de14b", name: "A", status: "active", invented: 1 })).toHaveLength(1);
    expect(checks.services({ id: "1", name: "A", status: "open" })).toHaveLength(4);
  });
});
