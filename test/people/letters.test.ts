import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { organizationLetters } from "../../src/database/schema.ts";
import { createOperations } from "../../src/node-operations.ts";
import { createOrganizationLetters, dropOldLetters } from "../../src/people/letters.ts";
import { databaseKinds, openTestDatabase, type TestDatabase } from "../support/databases.ts";
import { at, emptyOrganizations, heim, verein } from "../support/organizations.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe.each(databaseKinds())("letters between organisations (%s)", (kind) => {
  let database: TestDatabase;
  let clock = at;

  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    clock = at;
    await emptyOrganizations(database.db);
  });

  const letters = () => createOrganizationLetters(database.db, () => clock);
  const write = (text: string, from = heim, to = verein) => letters().send({ from, to, text });
  const later = (ms: number) => {
    clock = new Date(at.getTime() + ms);
  };

  it("reach the other organisation and nobody else, and are answered", async () => {
    await write("Haben Sie ein Bett?");
    await write("Ja.", verein, heim);
    const seen = [
      { sender: heim, recipient: verein, text: "Haben Sie ein Bett?" },
      { sender: verein, recipient: heim, text: "Ja." },
    ];
    expect(await letters().list(heim)).toMatchObject(seen);
    expect(await letters().list(verein)).toMatchObject(seen);
    expect(await letters().list("Kita Süd")).toEqual([]);
  });

  it("hold no address, number or name, in the database neither", async () => {
    await write("Schreiben Sie an lisa.huber@example.org oder 0176 12345678, IBAN DE89 3704 0044 0532 0130 00.");
    const stored = JSON.stringify(await database.db.select().from(organizationLetters));
    expect(stored).not.toMatch(/lisa\.huber|12345678|3704/);
    expect(stored).toContain("[E-Mail]");
  });

  it("are at most 2,000 characters long and lose what cannot be seen", async () => {
    await write(`a\0\u202e${"x".repeat(5000)}`);
    const [letter] = await letters().list(heim);
    expect(letter?.text).toHaveLength(2000);
    expect(letter?.text.startsWith("ax")).toBe(true);
  });

  it("are ten an hour and thirty a day, whoever they go to", async () => {
    for (let hour = 0; hour < 3; hour += 1) {
      later(hour * hourMs);
      for (let count = 0; count < 10; count += 1)
        expect(await write(`Nr. ${count}`, heim, count % 2 === 0 ? verein : "Kita Süd")).toBe("sent");
      expect(await write("zu viel")).toBe("too-many");
      expect(await write("von anderen", verein, heim)).toBe("sent");
    }
    later(4 * hourMs);
    expect(await write("zu viel")).toBe("too-many");
    later(dayMs);
    expect(await write("am Tag danach")).toBe("sent");
    expect((await letters().list(heim)).filter(({ text }) => text === "zu viel")).toEqual([]);
  });

  it("are read once their page is open, those of one sender only", async () => {
    await write("eins");
    await write("zwei", "Kita Süd", verein);
    await letters().markRead(verein, heim);
    expect((await letters().list(verein)).map(({ read }) => read)).toEqual([true, false]);
  });

  it("can be reported by who got them, are read by staff and closed", async () => {
    await write("Frechheit");
    const [letter] = await letters().list(heim);
    const id = letter?.id ?? 0;
    expect(await letters().report(heim, id)).toBe(false);
    expect(await letters().report("Kita Süd", id)).toBe(false);
    expect(await letters().report(verein, id)).toBe(true);
    const operate = createOperations(database.db, { onChange: async () => undefined, onRetry: () => undefined }, {});
    expect(await operate("staff.reports", {})).toMatchObject([{ id, sender: heim, recipient: verein, text: "Frechheit" }]);
    await operate("staff.close-report", { id: String(id) });
    expect(await operate("staff.reports", {})).toEqual([]);
    await expect(operate("staff.close-report", { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("go after 180 days, reported ones once staff have closed the report", async () => {
    await write("alt");
    await write("gemeldet");
    const reported = (await letters().list(heim)).find(({ text }) => text === "gemeldet");
    await letters().report(verein, reported?.id ?? 0);
    later(179 * dayMs);
    await dropOldLetters(database.db, clock);
    expect(await letters().list(heim)).toHaveLength(2);
    later(181 * dayMs);
    await write("neu");
    await dropOldLetters(database.db, clock);
    expect((await letters().list(heim)).map(({ text }) => text)).toEqual(["gemeldet", "neu"]);
    await createOperations(
      database.db,
      { onChange: async () => undefined, onRetry: () => undefined },
      {},
    )("staff.close-report", {
      id: reported?.id,
    });
    await dropOldLetters(database.db, clock);
    await write("neuer");
    expect((await letters().list(heim)).map(({ text }) => text)).toEqual(["neu", "neuer"]);
  });
});
