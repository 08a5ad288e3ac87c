import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Lesson } from "../../src/core/content.ts";
import { endLease, takeLease } from "../../src/database/lease.ts";
import { leases, lessons, lessonVersions, models as modelTable } from "../../src/database/schema.ts";
import { createClassifier, decodeModel, encodeModel } from "../../src/understanding/classifier.ts";
import { teach } from "../../src/understanding/lessons.ts";
import { createLiveModels, keyWithLessons, readModelKeys } from "../../src/understanding/live-models.ts";
import { createModelFiles } from "../../src/understanding/model-files.ts";
import {
  createDatabaseModels,
  type EncodedModels,
  findModels,
  keepModels,
  keysOf,
  type ModelStore,
} from "../../src/understanding/models.ts";
import { type Example, trainModel } from "../../src/understanding/training.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

const shipped: readonly Example[] = [
  { text: "Wohngeld beantragen", label: "wohngeld" },
  { text: "Miete zu hoch", label: "wohngeld" },
  { text: "Schulden bei der Bank", label: "schulden" },
  { text: "Ich kann nicht zahlen", label: "schulden" },
];
const trainOn = (taught: readonly Lesson[]) =>
  encodeModel(
    trainModel([...shipped, ...taught.flatMap(({ text, label }) => (label === null ? [] : [{ text, label }]))], { leastExamples: 1 }),
  );
const base = trainOn([]);
const first: EncodedModels = { intent: base, need: base, language: base, crisis: base };
const best = (bytes: Uint8Array, text: string) => createClassifier(decodeModel(bytes))(text)[0]?.id;

describe.each(databaseKinds())("models that follow what staff teach (%s)", (kind) => {
  let database: TestDatabase;
  let store: ModelStore;
  const trained: string[] = [];

  beforeAll(async () => {
    database = await openTestDatabase(kind);
    store = createDatabaseModels(database.db);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [lessons, lessonVersions, modelTable, leases]) await database.db.delete(table);
    trained.length = 0;
  });

  /** A process with its own models over the shared database. */
  function processOf(name: string, learns = true) {
    let serving = first;
    const look = createLiveModels({
      db: database.db,
      store,
      contentKey: "c1",
      models: first,
      keys: keysOf("c1"),
      onModels: (models) => {
        serving = models;
      },
      ...(learns
        ? {
            learn: async (taughtKind, taught) => {
              trained.push(`${name} ${taughtKind}`);
              return trainOn(taught);
            },
          }
        : {}),
    });
    return { look, needOf: (text: string) => best(serving.need, text) };
  }

  it("change nothing before the first lesson", async () => {
    expect(await processOf("a").look()).toBe(false);
    expect(trained).toEqual([]);
  });

  it("are trained by one process and taken by the others, also by one that cannot train", async () => {
    const [a, b, worker] = [processOf("a"), processOf("b"), processOf("worker", false)];
    expect(a.needOf("gerichtsvollzieher")).toBe(worker.needOf("gerichtsvollzieher"));
    await teach(database.db, "need", { text: "gerichtsvollzieher war da", label: "schulden" });
    expect(await worker.look()).toBe(false);
    expect(await a.look()).toBe(true);
    expect(await b.look()).toBe(true);
    expect(await worker.look()).toBe(true);
    expect(trained).toEqual(["a need"]);
    for (const each of [a, b, worker]) expect(each.needOf("der gerichtsvollzieher war da")).toBe("schulden");
    expect(await a.look()).toBe(false);
  });

  it("stay as they are while another process trains, and are looked for again", async () => {
    const a = processOf("a");
    await teach(database.db, "need", { text: "gerichtsvollzieher war da", label: "schulden" });
    const other = crypto.randomUUID();
    await takeLease(database.db, "learning", other, 60);
    expect(await a.look()).toBe(false);
    await endLease(database.db, "learning", other);
    expect(await a.look()).toBe(true);
  });

  it("are trained by another process when the one that began is gone", async () => {
    await teach(database.db, "need", { text: "gerichtsvollzieher war da", label: "schulden" });
    await takeLease(database.db, "learning", crypto.randomUUID(), -1);
    expect(await processOf("a").look()).toBe(true);
  });

  it("give the right to train back when training fails", async () => {
    await teach(database.db, "need", { text: "gerichtsvollzieher war da", label: "schulden" });
    const failing = createLiveModels({
      db: database.db,
      store,
      contentKey: "c1",
      models: first,
      keys: keysOf("c1"),
      onModels: () => undefined,
      learn: async () => {
        throw new Error("out of memory");
      },
    });
    await expect(failing()).rejects.toThrow("out of memory");
    expect(await processOf("b").look()).toBe(true);
  });

  it("are found by their key after a restart, without training", async () => {
    await teach(database.db, "need", { text: "gerichtsvollzieher war da", label: "schulden" });
    await processOf("a").look();
    const keys = await readModelKeys(database.db, "c1");
    expect(keys.need).not.toBe("c1");
    expect(keys).toMatchObject({ intent: "c1", language: "c1" });
    await keepModels(store, keysOf("c1"), first);
    const found = await findModels(store, keys);
    expect(best(found?.need ?? new Uint8Array(), "der gerichtsvollzieher war da")).toBe("schulden");
  });

  it("of old lessons are dropped, those of the version before stay", async () => {
    for (const key of ["a", "b", "c"]) await store.save("need", key, base);
    expect(await store.find("need", "a")).toBeUndefined();
    expect(await store.find("need", "b")).toEqual(base);
    expect(await store.find("need", "c")).toEqual(base);
  });
});

describe("the keys of models", () => {
  it("are the content's without lessons, and differ by what is taught", () => {
    expect(keyWithLessons("c1", [])).toBe("c1");
    const one = keyWithLessons("c1", [{ text: "x", label: "a" }]);
    expect(one).not.toBe(keyWithLessons("c1", [{ text: "x", label: null }]));
    expect(one).toBe(keyWithLessons("c1", [{ text: "x", label: "a" }]));
  });
});

describe("models as files", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "models-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("are read back whole, and none where there is none", async () => {
    const files = createModelFiles(folder);
    expect(await files.find("need", "c1")).toBeUndefined();
    await files.save("need", "c1", base);
    expect(await files.find("need", "c1")).toEqual(base);
  });

  it("of old lessons are dropped, the content's own stay", async () => {
    const files = createModelFiles(folder);
    await files.save("need", "c1", base);
    for (let lesson = 0; lesson < 7; lesson += 1) await files.save("need", `c1/l${lesson}`, base);
    const left = await readdir(join(folder, "c1"));
    expect(left).toContain("need.model");
    expect(left.filter((name) => name.startsWith("l"))).toHaveLength(4);
    expect(await files.find("need", "c1/l6")).toEqual(base);
  });
});
