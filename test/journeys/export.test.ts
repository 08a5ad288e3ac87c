import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, makeFolder, type RunningServer, runProgram, startStadtlotse } from "../support/server.ts";

let server: RunningServer;
beforeAll(async () => {
  await trainedCache();
  server = await startStadtlotse();
}, trainingMs);
afterAll(cleanUp);

const slow = { timeout: 60_000 };
const run = (...args: readonly string[]) => runProgram("cli", ["export", ...args], { DATA_DIR: server.dataDir });

test("the catalogue is exported while the server runs, and afterwards the same from its folder", slow, async () => {
  const folder = await makeFolder();
  const names = ["running.csv", "stopped.csv"].map((name) => join(folder, name));
  const running = await run("--format", "csv", "--out", names[0] ?? "", "--json");
  expect(running.code).toBe(0);
  const summary = JSON.parse(running.lines[0] ?? "");
  expect(summary).toMatchObject({ format: "csv", files: [names[0]], leftOut: [] });
  expect(summary.offers).toBeGreaterThan(300);
  const services = await run("--format", "hsds");
  const listed = await (await fetch(`${server.url}/hsds/v3/services?per_page=1`)).json();
  const [open, ...lines] = services.lines.filter((line) => !line.endsWith("offers."));
  expect([open, lines.at(-1)]).toEqual(["[", "]"]);
  expect(JSON.parse(services.lines.filter((line) => !line.endsWith("offers.")).join("\n"))).toHaveLength(listed.total_items);
  await server.stop();
  expect((await run("--format", "csv", "--out", names[1] ?? "")).code).toBe(0);
  const [before, after] = await Promise.all(names.map((name) => readFile(name, "utf8")));
  expect(after).toBe(before);
  expect((await readdir(folder)).sort()).toEqual(["running.csv", "stopped.csv"]);
});

test("says what is missing, and writes content into a folder of its own only", slow, async () => {
  expect(await run("--format", "pdf")).toMatchObject({ code: 2, lines: ["--format is one of hsds, csv, content."] });
  expect(await run("--format", "content")).toMatchObject({ code: 2, lines: [expect.stringContaining("--out my-offers")] });
  expect(await run("--format", "csv", "--json")).toMatchObject({ code: 2, lines: [expect.stringContaining("--json needs --out")] });
  const full = join(await makeFolder(), "full");
  await mkdir(full);
  await writeFile(join(full, "mine.yaml"), "[]");
  expect(await run("--format", "content", "--out", full)).toMatchObject({ code: 2, lines: [expect.stringContaining("is not empty")] });
  expect(await readdir(full)).toEqual(["mine.yaml"]);
  const empty = join(full, "new");
  expect((await run("--format", "content", "--out", empty)).code).toBe(0);
  expect(await readdir(empty)).toContain("alter-und-pflege.yaml");
  expect((await run("--help")).lines.join("\n")).toContain("npm run -s export -- --format csv > offers.csv");
});
