import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { readContent } from "../../../src/catalogue/content-files.ts";
import { loadContent } from "../../../src/catalogue/content-store.ts";
import { openLiveCatalogue, openMemorySearch } from "../../../src/catalogue/live-catalogue.ts";
import { saveOverride } from "../../../src/catalogue/overrides.ts";
import { startEmbedder } from "../../../src/catalogue/vectors/embedder-thread.ts";
import { defaultFusion } from "../../../src/catalogue/vectors/fusion.ts";
import { createVectorSearch, type OpenEmbedder, type VectorSearch } from "../../../src/catalogue/vectors/vector-search.ts";
import type { Catalogue } from "../../../src/core/catalogue.ts";
import { AppError } from "../../../src/core/errors.ts";
import type { OpenDatabase } from "../../../src/database/database.ts";
import { databaseKinds, openTestDatabase } from "../../support/databases.ts";
import { writeTinyModel } from "../../support/tiny-model.ts";
import { pageOf, tableEmbedder, unitVector } from "../../support/vectors.ts";
import { offerOf, smallContent, writeContent } from "../fixtures.ts";

const Line = z.looseObject({ level: z.number(), msg: z.string() });

/** A log that keeps its lines. */
function listen() {
  const lines: z.output<typeof Line>[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(Line.parse(JSON.parse(line))) });
  return { lines, log, told: (part: string) => lines.filter(({ msg }) => msg.includes(part)) };
}

const open: VectorSearch[] = [];
afterEach(() => Promise.all(open.splice(0).map((search) => search.stop())));

function start(database: OpenDatabase, openEmbedder: OpenEmbedder, limitMs = 10_000) {
  const heard = listen();
  const vectors = createVectorSearch({ db: database.db, openEmbedder, fusion: defaultFusion, limitMs, log: heard.log });
  open.push(vectors);
  return { vectors, ...heard };
}

const until = (check: () => boolean) => vi.waitFor(() => expect(check()).toBe(true), { timeout: 15_000, interval: 10 });

describe.each(databaseKinds())("search by vectors (%s)", (kind) => {
  let database: OpenDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
    folder = await mkdtemp(join(tmpdir(), "stadtlotse-vectors-"));
    await writeTinyModel(join(folder, "tiny"), {
      groups: [
        ["hund", "vierbeiner"],
        ["kita", "krippe"],
        ["hier", "bekommen", "sie", "hilfe", "angebot"],
      ],
    });
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const tiny: OpenEmbedder = (signal) =>
    startEmbedder({ model: join(folder, "tiny"), cacheDir: join(folder, "cache"), hub: undefined }, { signal, onPercent: () => undefined });

  async function load(): Promise<void> {
    const { root, drop } = await writeContent(smallContent);
    const offers = [offerOf("kita", { title: { de: "Kita Krippe", en: "Kita" } }), offerOf("hund", { title: { de: "Hund", en: "Hund" } })];
    await loadContent(database.db, { ...(await readContent({ root, demo: false })), offers });
    await drop();
  }

  const found = async (catalogue: Catalogue, text: string) =>
    (await catalogue.search({ text, needs: [], slots: {}, offset: 0, limit: 5 })).found.map(({ offer }) => offer.id);
  const first = async (catalogue: Catalogue, text: string) =>
    (await catalogue.search({ text, needs: [{ id: "kita-platz", score: 1 }], slots: {}, offset: 0, limit: 5 })).found[0]?.offer.id;

  it("finds what shares no word with the question, through a real model, and follows the catalogue", async () => {
    await load();
    const { vectors, told } = start(database, tiny);
    const live = await openLiveCatalogue(database.db, vectors.over(openMemorySearch));
    expect(await found(live.current(), "Vierbeiner")).toEqual([]);
    vectors.start();
    await until(() => told("is ready").length === 1);
    expect(await found(live.current(), "Vierbeiner")).toEqual(["hund"]);
    expect(await first(live.current(), "Vierbeiner")).toBe("hund");
    await saveOverride(database.db, {
      ...{ offerId: "hund", field: "title", layer: "staff" as const, value: { de: "Krippe", en: "Krippe" } },
    });
    await live.refresh();
    await until(() => told("is ready").length === 2);
    expect(await found(live.current(), "Vierbeiner")).not.toContain("hund");
    const [, second] = told("is ready");
    expect(second).toMatchObject({ made: 2, documents: 2 });
  });

  const texts = async () => await openMemorySearch({ documents, nameConcepts: () => [], version: "x" });
  const documents = [pageOf("k", "Kita"), pageOf("h", "Hund")];
  const over = async (vectors: VectorSearch) => await vectors.over(openMemorySearch)({ documents, nameConcepts: () => [], version: "x" });
  const ask = { text: "Kita", lang: "de", limit: 9 } as const;

  it("goes on by words where the model cannot be had, and says so in one line", async () => {
    const failing = async () => {
      throw new AppError("MODEL_INVALID", "The hub cannot be reached.");
    };
    const { vectors, lines, told } = start(database, failing);
    const search = await over(vectors);
    vectors.start();
    await until(() => told("no embedding model").length === 1);
    expect(await search.search(ask)).toEqual(await (await texts()).search(ask));
    expect(lines).toEqual([expect.objectContaining({ level: 40, reason: "The hub cannot be reached." })]);
  });

  it("answers by words while a question's vector is late, and counts these answers", async () => {
    const late = { ...ask, text: "Wo ist eine Kita?" };
    const vectorOf = (text: string) => (text === late.text ? new Promise<Float32Array>(() => undefined) : unitVector(1, 0, 0));
    const { vectors, told } = start(database, async () => tableEmbedder(vectorOf, { key: "late" }), 5);
    const search = await over(vectors);
    vectors.start();
    await until(() => told("is ready").length === 1);
    for (let times = 0; times < 3; times += 1) expect(await search.search(late)).toEqual(await (await texts()).search(late));
    expect(told("words alone")).toEqual([
      expect.objectContaining({ level: 40, late: 1 }),
      expect.objectContaining({ level: 20, late: 2 }),
      expect.objectContaining({ level: 20, late: 3 }),
    ]);
    expect(JSON.stringify(told("words alone"))).not.toContain("Kita");
  });

  it("goes on by words where the vectors cannot be made", async () => {
    const broken = () => Promise.reject(new Error("no memory"));
    const one = start(database, async () => tableEmbedder(broken, { key: "broken" }));
    const search = await over(one.vectors);
    one.vectors.start();
    await until(() => one.told("could not be made").length === 1);
    expect(await search.search(ask)).toHaveLength(1);
  });

  it("asks no model for a text without letters", async () => {
    const two = start(database, async () =>
      tableEmbedder((text) => (/\p{L}/u.test(text) ? unitVector(1, 0, 0) : Promise.reject(new Error(text))), { key: "letters" }),
    );
    const search = await over(two.vectors);
    two.vectors.start();
    await until(() => two.told("is ready").length === 1);
    for (const text of ["", " ", "?!", "😀", "80331"]) await search.search({ ...ask, text });
    expect(two.told("words alone")).toEqual([]);
  });

  it("stops while the model is being loaded", async () => {
    const { vectors, lines } = start(
      database,
      (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
    );
    await over(vectors);
    vectors.start();
    await vectors.stop();
    expect(lines).toEqual([]);
  });
});
