import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { findFreePort } from "../../src/bench/free-port.ts";
import { createAddressVault } from "../../src/messages/address-vault.ts";
import { createInbox } from "../../src/messages/inbox.ts";
import { projectRoot } from "../../src/node-content.ts";
import { consoleWords } from "../../src/review/console/words.ts";
import { teach } from "../../src/understanding/lessons.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { databaseKinds, openEmptyDatabase, type TestDatabase } from "../support/databases.ts";
import { clientId, clientSecret, openProvider, passProvider, type TestProvider } from "../support/oidc.ts";
import { cleanUp, makeDataDir, makeFolder, runProgram } from "../support/server.ts";
import { buildAssets, type RunningWorker, startWorker } from "../support/worker.ts";

const slow = 120_000;
const dataKey = "02".repeat(32);
const offersPath = "/hsds/v3/services?search=Sperrm%C3%BCll";
const mostBytes = 3 * 1024 * 1024;

describe("what is uploaded", () => {
  test("holds nothing that only Node has, and is small enough", { timeout: slow }, async () => {
    await buildAssets();
    const folder = await makeFolder();
    const args = ["deploy", "--dry-run", "--minify", "--metafile", "--outdir", folder];
    const env = { ...process.env, WRANGLER_SEND_METRICS: "false", XDG_CONFIG_HOME: folder };
    await promisify(execFile)(join(projectRoot, "node_modules/.bin/wrangler"), args, { cwd: projectRoot, env });
    const Meta = z.object({ inputs: z.record(z.string(), z.unknown()) });
    const inputs = Object.keys(Meta.parse(JSON.parse(await readFile(join(folder, "bundle-meta.json"), "utf8"))).inputs).join("\n");
    expect(inputs).toContain("src/worker-events.ts");
    expect(inputs).not.toMatch(
      /pglite|huggingface|onnxruntime|node-server|@node-rs|esbuild|playwright|node_modules\/ws\/|src\/node-|\.node$/m,
    );
    expect(gzipSync(await readFile(join(folder, "worker.js"))).length).toBeLessThan(mostBytes);
  });
});

describe.skipIf(!databaseKinds().includes("server"))("a Worker over a PostgreSQL server", () => {
  let database: TestDatabase;
  let worker: RunningWorker;
  let provider: TestProvider;
  let url: string;

  beforeAll(async () => {
    await trainedCache();
    database = await openEmptyDatabase("server");
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    provider = await openProvider({ redirectUri: `${url}/console/city-sign-in/callback` });
    const oidc = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
    const variables = { PUBLIC_URL: url, DATA_KEY: dataKey, SEARCH_ENGINE: "postgres", ...oidc };
    worker = await startWorker({ home: await makeFolder(), port, databaseUrl: database.url ?? "", variables });
  }, trainingMs);

  afterAll(async () => {
    await worker.stop();
    await Promise.all([database.close(), provider.close()]);
    await cleanUp();
  });

  test("lives without a prepared database, is not ready, and says what to do", { timeout: slow }, async () => {
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: "ok" });
    const refused = await fetch(`${url}/ready`);
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "1"]);
    await vi.waitFor(() => expect(worker.output()).toContain("npm run prepare-database"));
  });

  test("is ready once the database is prepared, without a new start", { timeout: slow }, async () => {
    const env = { DATABASE_URL: database.url ?? "", DATA_DIR: await makeDataDir() };
    for (const _ of [1, 2]) {
      const prepared = await runProgram("cli", ["prepare-database"], env);
      expect([prepared.code, prepared.lines.at(-1)]).toEqual([0, "The database is ready for this version of the code."]);
    }
    await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), { timeout: 60_000, interval: 500 });
  });

  test("by the clock answers what no wake-up came for", { timeout: slow }, async () => {
    const vault = createAddressVault(Buffer.from(dataKey, "hex"));
    const inbox = createInbox(database.db, vault, () => undefined);
    const content = { kind: "text", text: "Sperrmüll anmelden" } as const;
    const { id } = await inbox.accept({ channel: "directline", externalId: "lost", address: "lost", content });
    await worker.sweep();
    await vi.waitFor(() => expect(worker.output()).toContain(`"messageId":${id},`), { timeout: 30_000, interval: 100 });
  });

  test("shows what changed in the database, without the clock", { timeout: slow }, async () => {
    const title = { de: "Alte Möbel abholen lassen", en: "Bulky waste pick-up" };
    const shown = async () => await (await fetch(url + offersPath)).text();
    expect(await shown()).not.toContain(title.de);
    const edit = ["staff", "edit", "sperrmuell-abholung", "title", JSON.stringify(title)];
    expect((await runProgram("cli", edit, { DATABASE_URL: database.url ?? "", DATA_KEY: dataKey })).code).toBe(0);
    await vi.waitFor(async () => expect(await shown()).toContain(title.de), { timeout: 60_000, interval: 500 });
  });

  test("lets staff in by the city's own service, and shows them all parts of the console", { timeout: slow }, async () => {
    provider.person = { sub: "anna", name: "Anna Beispiel", resource_access: { [clientId]: { roles: ["admin"] } } };
    const begun = await fetch(`${url}/console/city-sign-in?next=/console`, { redirect: "manual" });
    expect(begun.status).toBeLessThan(400);
    const back = await passProvider(begun.headers.get("Location") ?? "", `${url}/console/city-sign-in/callback`);
    const cookies = begun.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const entered = await fetch(back, { headers: { Cookie: cookies }, redirect: "manual" });
    const session = entered.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    const open = async (path: string) => await fetch(`${url}/console${path}`, { headers: { Cookie: session }, redirect: "manual" });
    expect(await (await open("")).text()).not.toContain(consoleWords.de.homePage.trainingWaits);
    await teach(database.db, "need", { text: "Wo kann ich meinen Drachen steigen lassen?", label: "sport" });
    expect(await (await open("")).text()).toContain(consoleWords.de.homePage.trainingWaits);
    for (const path of ["", "/inbox", "/catalogue", "/articles", "/talks", "/numbers", "/audit"]) {
      expect([path, (await open(path)).status]).toEqual([path, 200]);
    }
  });
});
