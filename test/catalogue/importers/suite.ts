import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readContent } from "../../../src/catalogue/content-files.ts";
import { loadContent } from "../../../src/catalogue/content-store.ts";
import type { Importer } from "../../../src/catalogue/importers/importer.ts";
import { createImportOperations } from "../../../src/catalogue/imports/import-operations.ts";
import { readImported } from "../../../src/catalogue/imports/imported-offers.ts";
import type { ImportReport, Rejection } from "../../../src/catalogue/imports/report.ts";
import { openSession, type Session } from "../../../src/commands/session.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { importDuplicates, importRuns, sources } from "../../../src/database/schema.ts";
import { projectRoot } from "../../../src/node-content.ts";
import { trainedCache, trainingMs } from "../../support/cache.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../../support/databases.ts";
import { type Answer, type FeedHost, startFeedHost } from "../../support/feed-host.ts";

/** One state of a source: what it serves by path, and how many records an import takes of it. */
export interface SourceState {
  readonly serves: Readonly<Record<string, Answer>>;
  readonly records: number;
}

/** What the suite needs of an importer: the same source in several states. */
export interface ImporterCase {
  readonly importer: Importer;
  /** Where it is read from, below the source's host. */
  readonly from: string;
  readonly options?: Readonly<Record<string, string>>;
  /** At least 30 records of every shape, and at least 8 that are broken, each with its place and a part of its reason. */
  readonly full: SourceState & { readonly broken: readonly Rejection[] };
  /** The same without some records, less than 30 in 100. */
  readonly fewer: SourceState & { readonly gone: readonly string[] };
  /** States of a source that is broken as a whole, with a part of the reason. */
  readonly ruined: readonly { readonly serves: SourceState["serves"]; readonly reason: string }[];
  /** A question in everyday words, and the external id of the record that answers it. */
  readonly ask: { readonly text: string; readonly id: string };
  /** More that is to be seen of the offers. */
  readonly shows?: (offers: ReadonlyMap<string, Offer>) => void;
}

const leastRecords = 30;
const leastBroken = 8;

/** A process that is killed says nothing: the run stops in its middle and nobody clears up. */
class PowerOff extends Error {}

function cutOff(importer: Importer, after: number): Importer {
  return {
    ...importer,
    async *read(location, access) {
      let records = 0;
      for await (const item of importer.read(location, access)) {
        if (item.kind === "record") records += 1;
        if (records > after) throw new PowerOff();
        yield item;
      }
    },
  };
}

/** What every importer keeps to, on every engine, against a source on loopback. */
export function describeImporter(given: ImporterCase): void {
  const { importer, from, options = {}, full, fewer } = given;
  const { id: kind } = importer;
  let host: FeedHost;

  beforeAll(async () => {
    host = await startFeedHost(full.serves);
  });
  afterAll(() => host.close());
  const call = (change: object = {}) => ({ kind, from: { url: `${host.url}${from}` }, options, ...change });
  const settings = { fetch: { allowedHosts: ["127.0.0.1"], longestWaitMs: 20 } };

  describe.each(databaseKinds())(`${kind} (%s)`, (engine) => {
    let database: TestDatabase;
    const run = async (change: object = {}, importers: readonly Importer[] = []): Promise<ImportReport> => {
      const operations = createImportOperations(database.db, async () => undefined, { ...settings, importers });
      return await operations["import.run"](call(change));
    };
    const offers = async () =>
      new Map((await readImported(database.db)).flatMap((source) => source.offers.map((offer) => [offer.id, offer])));

    beforeAll(async () => {
      database = await openTestDatabase(engine);
      const content = await readContent({ root: projectRoot, demo: false });
      // A part of what ships, so that an import is ready in no time; asked is with all of it.
      await loadContent(database.db, { ...content, needs: content.needs.slice(0, 5), concepts: [], questions: [], offers: [] });
    });
    afterAll(() => database.close());
    beforeEach(async () => {
      host.serve(full.serves);
      await database.db.delete(importDuplicates);
      await database.db.delete(importRuns);
      await database.db.delete(sources);
    });

    it("takes every shape and reports each broken row with its place and reason", async () => {
      expect(full.records).toBeGreaterThanOrEqual(leastRecords);
      expect(full.broken.length).toBeGreaterThanOrEqual(leastBroken);
      const report = await run();
      expect(report).toMatchObject({
        state: "done",
        added: full.records,
        changed: 0,
        unchanged: 0,
        withdrawn: 0,
        rejected: full.broken.length,
      });
      for (const { place, reason } of full.broken)
        expect(report.rejections).toContainEqual({ place, reason: expect.stringContaining(reason) });
      const all = await offers();
      expect(all.size).toBe(full.records);
      for (const offer of all.values()) {
        expect(offer.status).toBe("checked");
        expect(JSON.stringify([offer.title, offer.summary, offer.cost, offer.papers])).not.toMatch(/<\/?[a-z][^>]*>|&[a-z]+;/i);
      }
      given.shows?.(all);
    });

    it("changes nothing the second time, whether the source says so or not", async () => {
      await run();
      const same = { added: 0, changed: 0, unchanged: full.records, withdrawn: 0 };
      expect(await run()).toMatchObject(same);
      expect(await run({ fresh: true })).toMatchObject({ ...same, state: "done", rejected: full.broken.length });
    });

    it("says in a dry run what would change, and changes nothing", async () => {
      expect(await run({ dryRun: true })).toMatchObject({ state: "dry-run", added: full.records, rejected: full.broken.length });
      expect((await offers()).size).toBe(0);
    });

    it("withdraws what is gone, and nothing else", async () => {
      await run();
      host.serve(fewer.serves);
      expect(await run()).toMatchObject({
        state: "done",
        added: 0,
        changed: 0,
        unchanged: fewer.records,
        withdrawn: full.records - fewer.records,
      });
      const all = await offers();
      expect(fewer.gone.filter((id) => all.has(id))).toEqual([]);
    });

    it("changes nothing when the source is broken, and says why", async () => {
      await run();
      const before = await offers();
      for (const { serves, reason } of given.ruined) {
        host.serve(serves);
        await expect(run()).rejects.toThrow(reason);
        expect(await offers()).toEqual(before);
      }
    });

    it("serves the old data when it is killed midway, and is whole the next time", async () => {
      host.serve(fewer.serves);
      await run();
      const before = await offers();
      host.serve(full.serves);
      await expect(run({}, [cutOff(importer, fewer.records - 1)])).rejects.toThrow(PowerOff);
      expect(await offers()).toEqual(before);
      expect(await run({ fresh: true })).toMatchObject({ state: "done", added: full.records - fewer.records });
      expect((await offers()).size).toBe(full.records);
    });
  });

  describe(`${kind}, asked`, () => {
    let session: Session;

    beforeAll(async () => {
      const importers = [importer];
      session = await openSession({
        demo: false,
        dataDir: await trainedCache(),
        onProgress: () => undefined,
        imports: { ...settings, importers },
      });
    }, trainingMs);
    afterAll(() => session?.close());

    it("is found by everyday words", async () => {
      host.serve(full.serves);
      await session.operate("import.run", call());
      const { summary } = await session.ask({ text: given.ask.text, conversation: "suite" });
      expect(summary.offers.map(({ id }) => id)).toContain(given.ask.id);
    });
  });
}
