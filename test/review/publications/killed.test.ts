import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { type Database, rowsOf } from "../../../src/database/database.ts";
import { openEmbedded } from "../../../src/database/embedded.ts";
import { migrate } from "../../../src/database/migrate.ts";
import { projectRoot } from "../../../src/node-content.ts";
import { databaseKinds, openTestDatabase } from "../../support/databases.ts";
import { cleanUp, makeFolder } from "../../support/server.ts";
import { openAskers } from "./fixtures.ts";

const chats = 400;
const script = join(projectRoot, "test/support/tell-askers.ts");

afterAll(cleanUp);

/** Starts a process that tells, and kills it a moment after so many steps; without `steps` it may end. True if it was done. */
async function tellFor(where: string, steps?: number): Promise<boolean> {
  const child = spawn(join(projectRoot, "node_modules/.bin/node"), [script, where], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  let said = "";
  child.stdout.on("data", (bytes) => {
    said += bytes;
    if (steps !== undefined && said.length >= steps) setTimeout(() => child.kill("SIGKILL"), steps % 5);
  });
  await ended;
  return said.includes("done");
}

/** A killed process holds its lease for 15 seconds; here somebody else may begin at once. */
const freeLease = (db: Database) => db.execute(sql`delete from leases`);

async function countLetters(db: Database): Promise<unknown> {
  const [row] = rowsOf(
    await db.execute(sql`
      select count(*)::int as letters, count(distinct conversation_id)::int as people,
        (select count(*)::int from askers where told_at is null) as waiting,
        (select count(*)::int from publication_recipients r where not exists (select 1 from outbox o where o.id = r.outbox_id)) as lost
      from outbox`),
  );
  return row;
}

/** Everybody once, who asked twice too. */
const eachOnce = { letters: 2 * chats, people: 2 * chats, waiting: 0, lost: 0 };

describe("a process that is killed while it tells those who asked", () => {
  it.runIf(databaseKinds().includes("server"))(
    "leaves nobody told twice and nobody lost (server)",
    async () => {
      const database = await openTestDatabase("server");
      try {
        await openAskers(database.db, chats);
        for (const steps of [1, 2, 3]) {
          expect(await tellFor(database.url ?? "", steps)).toBe(false);
          await freeLease(database.db);
        }
        expect(await countLetters(database.db)).not.toEqual(eachOnce);
        expect(await tellFor(database.url ?? "")).toBe(true);
        expect(await countLetters(database.db)).toEqual(eachOnce);
      } finally {
        await database.close();
      }
    },
    120_000,
  );

  it("leaves nobody told twice and nobody lost (embedded)", async () => {
    const folder = join(await makeFolder(), "database");
    const open = async (work: (db: Database) => Promise<unknown>) => {
      const database = await openEmbedded({ folder });
      await migrate(database);
      await work(database.db).finally(() => database.close());
    };
    await open((db) => openAskers(db, chats));
    expect(await tellFor(folder, 3)).toBe(false);
    await open(freeLease);
    expect(await tellFor(folder)).toBe(true);
    await open(async (db) => expect(await countLetters(db)).toEqual(eachOnce));
  }, 120_000);
});
