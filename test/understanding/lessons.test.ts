import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Content } from "../../src/core/content.ts";
import { lessons, lessonVersions } from "../../src/database/schema.ts";
import { createTeaching, forget, readLessons, readLessonVersions, teach } from "../../src/understanding/lessons.ts";
import { collectExamples } from "../../src/understanding/training-set.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";

describe.each(databaseKinds())("lessons of staff (%s)", (kind) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(lessons);
    await database.db.delete(lessonVersions);
  });

  it("are kept in the order they were taught, the last one of a sentence counts", async () => {
    await teach(database.db, "need", { text: "da gerichtsvollzieher war da", label: "schuldnerberatung" });
    await teach(database.db, "need", { text: "hallo zusammen", label: null });
    await teach(database.db, "need", { text: "da gerichtsvollzieher war da", label: "rechtsberatung" });
    expect(await readLessons(database.db, "need")).toEqual([
      { text: "hallo zusammen", label: null },
      { text: "da gerichtsvollzieher war da", label: "rechtsberatung" },
    ]);
    expect(await readLessons(database.db, "intent")).toEqual([]);
  });

  it("raise the version of their kind with every change, also with the taking back", async () => {
    expect(await readLessonVersions(database.db)).toEqual({ intent: 0, need: 0 });
    await teach(database.db, "need", { text: "miete zu hoch", label: "wohngeld" });
    await forget(database.db, "need", "miete zu hoch");
    expect(await readLessonVersions(database.db)).toEqual({ intent: 0, need: 2 });
    expect(await readLessons(database.db, "need")).toEqual([]);
  });

  it("change nothing where there is no such lesson", async () => {
    expect(await forget(database.db, "need", "nie gelehrt")).toBe(false);
    expect(await readLessonVersions(database.db)).toEqual({ intent: 0, need: 0 });
  });

  it("hold no personal data", async () => {
    await teach(database.db, "need", { text: "ich heiße Anna Huber, 0171 2345678, brauche einen Anwalt", label: "rechtsberatung" });
    const [{ text = "" } = {}] = await readLessons(database.db, "need");
    expect(text).not.toMatch(/Huber|2345678/);
    expect(text).toContain("Anwalt");
  });

  it.each(["", "   ", "?!", "a".repeat(301)])("refuse what nobody can learn from (%#)", async (text) => {
    await expect(teach(database.db, "need", { text, label: "wohngeld" })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("are refused for a need that is not there", async () => {
    const operations = createTeaching(database.db, async () => ["wohngeld"]);
    await expect(operations["staff.teach"]?.({ kind: "need", text: "miete", label: "erfunden" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(operations["staff.teach"]?.({ kind: "language", text: "miete", label: "de" })).rejects.toThrow();
    await operations["staff.teach"]?.({ kind: "need", text: "miete", label: "wohngeld" });
    expect(await operations["staff.lessons"]?.({})).toEqual([{ kind: "need", text: "miete", label: "wohngeld" }]);
  });
});

describe("the training set with lessons", () => {
  const content: Content = {
    hash: "h",
    needs: [],
    intents: [],
    districts: [],
    offers: [],
    concepts: [],
    crises: { sentences: [], concepts: [] },
    questions: [
      { need: "wohngeld", lang: "de", text: "Miete zu hoch!" },
      { need: "schulden", lang: "de", text: "kann nicht zahlen" },
    ],
  };

  it("has a taught sentence for its label only, in whatever spelling it shipped", () => {
    const examples = collectExamples(content, "need", [{ text: "miete zu hoch", label: "schulden" }]);
    expect(examples.filter(({ label }) => label === "wohngeld")).toEqual([]);
    expect(examples.filter(({ text }) => text === "miete zu hoch").every(({ label }) => label === "schulden")).toBe(true);
    expect(examples).toContainEqual({ text: "kann nicht zahlen", label: "schulden" });
  });

  it("reads a lesson without the marks that stand for personal data, as it reads people", () => {
    const examples = collectExamples(content, "need", [{ text: "Miete [Telefon] zu hoch", label: "schulden" }]);
    expect(examples.filter(({ text }) => /Miete/.test(text)).every(({ text, label }) => label === "schulden" && !text.includes("["))).toBe(
      true,
    );
  });

  it("has a sentence that was taken away for no label", () => {
    expect(collectExamples(content, "need", [{ text: "Miete zu hoch", label: null }])).toEqual([
      { text: "kann nicht zahlen", label: "schulden" },
    ]);
  });
});
