import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Database, rowsOf } from "../../../src/database/database.ts";
import { openEmbedded } from "../../../src/database/embedded.ts";
import { migrate } from "../../../src/database/migrate.ts";
import { projectRoot } from "../../../src/node-content.ts";
import { databaseKinds, openTestDatabase } from "../../support/databases.ts";
import { cleanUp, makeFolder } from "../../support/server.ts";
import { openProcess, openWaitingChats, placesAt } from "./fixtures.ts";

const offers = 30;
const chats = 500;
const script = join(projectRoot, "test/support/tell-waiting.ts");

afterAll(cleanUp);

/** Starts a process that tells, and kills it a moment after so many steps; without `steps` it may end. True if it was done. */
async function tellFor(where: string, steps?: number): Promise<boolean> {
  const child = spawn(join(projectRoot, "node_modules/.bin/node"), [script, where, String(offers)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  let said = "";
  child.stdout.on("data", (bytes) => {
    said += bytes;
    if (steps !== undefined && said.length >= steps) setTimeout(() => child.kill("SIGKILL"), steps % 5);
  });
  await ended;
  return said.includes("done");
}

/** People wait, and the offers were full when somebody last looked. */
async function prepare(db: Database): Promise<void> {
  await openWaitingChats(db, chats);
  const { runDry, worker } = openProcess(
    db,
    Array.from({ length: offers }, (_, index) => placesAt(`kita-${index}`, 0)),
  );
  await runDry();
  await worker.stop();
}

const Counts = z.array(
  z.object({ letters: z.coerce.number(), notices: z.coerce.number(), people: z.coerce.number(), lost: z.coerce.number() }),
);

/** For each opening how many letters and marks there are, and marks whose letter is not there. */
async function countTold(db: Database) {
  const rows = await db.execute(sql`
    select count(distinct o.id) as letters, count(*) as notices, count(distinct n.watch_id) as people,
      count(*) filter (where o.id is null) as lost
    from openings p join watch_notices n on n.opening_id = p.id left join outbox o on o.id = n.outbox_id group by p.id`);
  return Counts.parse(rowsOf(rows));
}

/** A killed process holds its lease for 15 seconds; here somebody else may begin at once. */
const freeLease = (db: Database) => db.execute(sql`delete from leases`);

async function expectEachOnce(db: Database): Promise<void> {
  const told = await countTold(db);
  expect(told).toHaveLength(offers);
  expect(told).toEqual(Array(offers).fill({ letters: 15, notices: 15, people: 15, lost: 0 }));
  const [letters] = rowsOf(await db.execute(sql`select count(*)::int as all from outbox where in_reply_to is null`));
  expect(letters).toEqual({ all: offers * 15 });
}

describe("a process that is killed while it tells those who wait", () => {
  it.runIf(databaseKinds().includes("server"))(
    "leaves nobody told twice and nobody lost (server)",
    async () => {
      const database = await openTestDatabase("server");
      try {
        await prepare(database.db);
        for (const steps of [1, 2, 3, 4]) {
          expect(await tellFor(database.url ?? "", steps)).toBe(false);
          await freeLease(database.db);
        }
        expect((await countTold(database.db)).length).toBeLessThan(offers);
        expect(await tellFor(database.url ?? "")).toBe(true);
        await expectEachOnce(database.db);
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
    await open(prepare);
    expect(await tellFor(folder, 3)).toBe(false);
    await open(freeLease);
    expect(await tellFor(folder)).toBe(true);
    await open(expectEachOnce);
  }, 120_000);
});
