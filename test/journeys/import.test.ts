import { execFile } from "node:child_process";
import { open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { countFaulty, generateTable, tableMapping } from "../../src/bench/generated-table.ts";
import { rowsOf } from "../../src/database/database.ts";
import { openEmbedded } from "../../src/database/embedded.ts";
import { embeddedFolder } from "../../src/node-platform.ts";
import { trainingMs } from "../support/cache.ts";
import { type FeedHost, startFeedHost } from "../support/feed-host.ts";
import { cleanUp, makeDataDir, makeFolder, runProgram, startProgram, startStadtlotse } from "../support/server.ts";

const lines = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).join("\n");
const feed = {
  "/services.jsonl": lines([
    { id: "7000001", name: "Parkausweis für Lastenräder", description: "<p>Den Ausweis bekommen Sie im Amt.</p>", officeIds: ["501"] },
    { id: "7000002", name: "Ohne Text und Amt" },
  ]),
  "/offices.jsonl": lines([
    { id: "501", name: "Probeamt", address: { street: "Weg", house_number: "1", postal_code: "81371", city: "München" } },
  ]),
};
/** A catalogue whose descriptions come one at a time. */
const many = 40;
const description = (id: number) =>
  JSON.stringify({
    id,
    name: `Leistung ${id}`,
    description: "Die Leistung.",
    publicUrl: `https://example.org/leistung/${id}`,
    public: true,
  });

const Report = z.looseObject({ state: z.string(), added: z.number(), unchanged: z.number(), resumed: z.boolean() });

describe("importing", () => {
  let host: FeedHost;
  let dataDir: string;

  beforeAll(async () => {
    host = await startFeedHost(feed);
    dataDir = await makeDataDir();
  }, trainingMs);
  afterAll(async () => {
    await cleanUp();
    await host.close();
  });
  const env = () => ({ DATA_DIR: dataDir, IMPORT_ALLOWED_HOSTS: "127.0.0.1" });
  const running = async (args: readonly string[], own: Readonly<Record<string, string>> = env()) => {
    const { code, lines: written } = await runProgram("cli", args, own);
    return { code, output: written.join("\n") };
  };
  const importing = (...args: readonly string[]) => running(["import", ...args]);

  it("says how it is used, and what is wrong", async () => {
    expect((await importing("--help")).output).toMatch(/zms-citizen[\s\S]*--dry-run/);
    const unknown = await importing("nothing", `${host.url}/services.jsonl`);
    expect([unknown.code, unknown.output]).toEqual([2, expect.stringContaining("There are: zms, zms-citizen, befi")]);
    const refused = await running(["import", "zms", `${host.url}/services.jsonl`], { DATA_DIR: dataDir });
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining("127.0.0.1 is no public address")]);
  }, 60_000);

  it("says in a dry run what would change", async () => {
    const { output } = await importing("zms", `${host.url}/services.jsonl`, "--dry-run");
    expect(output).toContain("Would change: zms: 1 added, 0 changed, 0 unchanged, 0 withdrawn, 1 rejected");
    expect(output).toContain("added zms-7000001: Parkausweis für Lastenräder");
    expect(output).toContain("rejected services.jsonl:2: neither a text nor an office");
  });

  it("is gone on with after kill -9, and nothing of it was to be seen until then", async () => {
    const base = "/service/rs/befi/services";
    const ids = Array.from({ length: many }, (_, index) => 1000 + index);
    const slow = (id: number) => (_request: unknown, response: { end(text: string): void }) =>
      void setTimeout(() => response.end(description(id)), 200);
    host.serve({
      ...feed,
      [`${base}/list`]: JSON.stringify({ ids: ids.map((id) => ({ id })) }),
      ...Object.fromEntries(ids.map((id) => [`${base}/${id}/description/`, slow(id)])),
    });
    const before = host.log.length;
    const killed = startProgram("cli", ["import", "befi", host.url, "--json"], env());
    const asked = () => host.log.slice(before).filter(({ path }) => path.endsWith("/description/")).length;
    for (let waited = 0; asked() < 25 && waited < 600; waited += 1) await sleep(100);
    expect(asked()).toBeLessThan(many);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const list = await running(["staff", "imports", "--json"]);
    expect(JSON.parse(list.output)).toContainEqual(expect.objectContaining({ source: "befi", offers: 0, lastRun: "running" }));
    const again = host.log.length;
    const { output } = await importing("befi", host.url, "--json");
    expect(Report.parse(JSON.parse(output))).toMatchObject({ state: "done", added: many, resumed: true });
    expect(host.log.length - again).toBeLessThan(many);
  }, 120_000);

  it("works while the server runs, which shows it within five seconds", async () => {
    host.serve(feed);
    const server = await startStadtlotse({ dataDir, env: { IMPORT_ALLOWED_HOSTS: "127.0.0.1" } });
    const { output } = await importing("zms", `${host.url}/services.jsonl`, "--json");
    const imported = Date.now();
    expect(Report.parse(JSON.parse(output))).toMatchObject({ state: "done", added: 1 });
    const { output: answer } = await running(["ask", "--at", server.url, "--json", "ich brauche einen parkausweis für mein lastenrad"]);
    expect(Date.now() - imported).toBeLessThan(5000);
    expect(answer).toContain("zms-7000001");
    const { output: same } = await importing("zms", `${host.url}/services.jsonl`);
    expect(same).toContain("0 added, 0 changed, 1 unchanged");
    await server.stop();
  }, 60_000);

  it("leaves the old rows of a table in place when it is killed midway, and takes the new ones the next time", async () => {
    const rows = 4000;
    const fitting = rows - countFaulty(rows);
    const folder = await makeFolder();
    const [file, mapping] = [join(folder, "angebote.csv"), join(folder, "mapping.json")];
    const table = (changed: boolean) => [...generateTable({ rows, needs: ["kita-platz"], changed })].join("");
    const args = ["csv", file, "--source", "tabelle", "--option", `mapping=${mapping}`, "--json"];
    const query = async (text: string) => {
      const database = await openEmbedded({ folder: embeddedFolder(dataDir) });
      try {
        return rowsOf(await database.db.execute(sql.raw(text)));
      } finally {
        await database.close();
      }
    };
    const inPlace = () => query("select id, hash from imported_offers where source = 'tabelle' order by id");
    await writeFile(mapping, JSON.stringify(tableMapping));
    await writeFile(file, table(false));
    const first = await importing(...args);
    expect(Report.parse(JSON.parse(first.output))).toMatchObject({ state: "done", added: fitting });
    const before = await inPlace();
    expect(before).toHaveLength(fitting);

    // A pipe takes more only as the command reads on; the second half never comes.
    await rm(file);
    await promisify(execFile)("mkfifo", [file]);
    const killed = startProgram("cli", ["import", ...args], env());
    const pipe = await open(file, "w");
    const changed = table(true);
    await pipe.write(changed.slice(0, changed.length / 2));
    killed.child.kill("SIGKILL");
    expect(await killed.ended).toMatchObject({ signal: "SIGKILL" });
    await pipe.close();
    const [staged] = await query("select count(*)::int as rows from import_staging");
    expect(staged).toMatchObject({ rows: expect.toSatisfy((count: number) => count > 0 && count < rows / 2) });
    expect(await inPlace()).toEqual(before);
    const server = await startStadtlotse({ dataDir });
    const services = await fetch(`${server.url}/hsds/v3/services?per_page=1`);
    expect(z.looseObject({ total_items: z.number() }).parse(await services.json()).total_items).toBeGreaterThan(fitting);
    await server.stop();

    await rm(file);
    await writeFile(file, changed);
    const again = await importing(...args);
    expect(Report.parse(JSON.parse(again.output))).toMatchObject({
      state: "done",
      added: 0,
      changed: expect.toSatisfy((count: number) => count > 300),
    });
    expect(await query("select id from import_staging")).toEqual([]);
    expect(await inPlace()).toHaveLength(fitting);
  }, 240_000);
});
