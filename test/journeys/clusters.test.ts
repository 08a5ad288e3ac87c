import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { openSession, type Session } from "../../src/commands/session.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";

const Page = z.object({
  lines: z.array(z.object({ id: z.number(), gaps: z.number(), langs: z.record(z.string(), z.number()), example: z.string().optional() })),
});
const waitMs = 30_000;

let session: Session;

beforeAll(async () => {
  session = await openSession({ demo: false, dataDir: await trainedCache(), onProgress: () => undefined });
}, trainingMs);
afterAll(() => session.close());

/** The clusters in a state once so many questions are in them; they are kept up every few seconds. */
async function linesOf(state: string, questions: number) {
  for (const end = Date.now() + waitMs; ; await sleep(200)) {
    const { lines } = Page.parse(await session.operate("staff.clusters.list", { state, singles: true }));
    if (lines.reduce((sum, { gaps }) => sum + gaps, 0) >= questions) return lines;
    if (Date.now() > end) throw new Error(`there is only ${JSON.stringify(lines)}`);
  }
}

it("shows staff one cluster of three who ask the same new thing in German and English, and nothing of talk", async () => {
  const asked = ["Darf ich im Westpark grillen?", "Grillen im Westpark erlaubt?", "Is barbecuing allowed in Westpark?"];
  for (const [person, text] of asked.entries()) {
    await session.ask({ text, conversation: `person ${person}` });
    await session.ask({ text: "ja", conversation: `person ${person}` });
    await session.ask({ text: "danke", conversation: `person ${person}` });
  }
  const lines = await linesOf("new", 3);
  expect(lines).toMatchObject([{ gaps: 3, langs: { de: 2, en: 1 } }]);
  expect(asked).toContain(lines[0]?.example);
}, 60_000);

it("ignores what is asked in the same sense from then on", async () => {
  const [cluster] = await linesOf("new", 3);
  await session.operate("staff.clusters.ignore", { id: cluster?.id, by: "command line" });
  await session.ask({ text: "Ist das Grillen im Westpark eigentlich erlaubt?", conversation: "person 4" });
  expect(await linesOf("ignored", 4)).toMatchObject([{ id: cluster?.id, gaps: 4 }]);
  expect(await linesOf("new", 0)).toEqual([]);
}, 60_000);
