import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const lowerRooms = ["core", "text", "words", "database"];
const channelRooms = ["channels/telegram", "channels/directline", "channels/botframework"];
const upperRooms = ["messages", "assistant", "understanding", "catalogue", "answers", "people", "review", "pages", "widget", "operations"];
const rooms = [...lowerRooms, ...channelRooms, ...upperRooms];
/** What a room may import besides itself; rooms without an entry may import the four lower ones. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  text: ["core"],
  words: ["core"],
  database: ["core"],
  widget: ["core", "text", "words"],
};
const filesAbove = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isFile());
/** What joins rooms or starts them: no room may import it. The files right in src are those that are there, and those that must be. */
const joiners = [
  ...new Set(["wire.ts", "app.ts", "config.ts", ...filesAbove.map((file) => file.name)].map((name) => `src/${name}`)),
  ...["src/entry/node.ts", "src/bench/ask.ts", "src/commands/ask.ts"],
];
const packageHomes: Readonly<Record<string, string>> = {
  telegraf: "channels/telegram",
  "telegraf/types": "channels/telegram",
  botbuilder: "channels/botframework",
  "botbuilder-core": "channels/botframework",
  "botframework-connector": "channels/botframework",
  langchain: "answers",
  "langchain/agents": "answers",
  "@langchain/core": "answers",
  "@langchain/core/prompts": "answers",
  "@langchain/core/messages": "answers",
  "@huggingface/transformers": "catalogue",
  "@electric-sql/pglite": "database",
  "@electric-sql/pglite/vector": "database",
  "@electric-sql/pglite-pgvector": "database",
  pg: "database",
};
/** Ways to read the environment in an expression. */
const environmentReads = ["process.env.HOME", 'process.env["HOME"]', "globalThis.process.env", 'process["env"]'];

const Report = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), location: z.object({ path: z.string(), start: z.object({ line: z.number() }).optional() }) }),
  ),
});

/** One line of a planted file, and whether a rule has to complain about it. */
interface Plant {
  readonly file: string;
  readonly line: string;
  readonly forbidden: boolean;
}

function pathFrom(file: string, target: string): string {
  const path = relative(dirname(file), target);
  return path.startsWith(".") ? path : `./${path}`;
}

function importOf(file: string, source: string, forbidden: boolean): Plant {
  return { file, line: `export { thing as ${source.replaceAll(/[^a-z0-9]+/gi, "_")} } from "${source}";`, forbidden };
}

function plantsOfRoom(room: string): readonly Plant[] {
  const file = `src/${room}/planted.ts`;
  const others = rooms.filter((other) => other !== room);
  return [
    ...others.map((other) => importOf(file, pathFrom(file, `src/${other}/thing.ts`), !(mayImport[room] ?? lowerRooms).includes(other))),
    ...joiners.map((joiner) => importOf(file, pathFrom(file, joiner), true)),
    importOf(file, "./neighbour.ts", false),
    importOf(file, "./importers/neighbour.ts", false),
  ];
}

/** Each way of writing an import of another room. */
function plantsOfForms(): readonly Plant[] {
  const lines = [
    'export type { Thing } from "../assistant/thing.ts";',
    'export * from "../assistant/everything.ts";',
    'import "../assistant/effect.ts";',
    'export const late = await import("../assistant/late.ts");',
    'export { folder } from "../assistant";',
    'export const required = require("../assistant/required.ts");',
  ];
  return lines.map((line) => ({ file: "src/messages/forms.ts", line, forbidden: true }));
}

function plantsOfPackages(): readonly Plant[] {
  const files = [...rooms.map((room) => `src/${room}/packages.ts`), ...joiners];
  return Object.entries(packageHomes).flatMap(([name, home]) =>
    files.map((file) => importOf(file, name, !file.startsWith(`src/${home}/`))),
  );
}

function plantsOfEnvironment(): readonly Plant[] {
  const files = [...rooms.map((room) => `src/${room}/environment.ts`), ...joiners];
  return files.flatMap((file) => {
    const forbidden = file !== "src/config.ts" && !file.startsWith("src/entry/");
    const reads = environmentReads.map((read, index) => ({ file, line: `export const read${index} = ${read};`, forbidden }));
    return [...reads, importOf(file, "node:process", forbidden), importOf(file, "process", forbidden)];
  });
}

const suites: Readonly<Record<string, readonly Plant[]>> = {
  ...Object.fromEntries(rooms.map((room) => [`${room}: other rooms and what joins them`, plantsOfRoom(room)])),
  "every form of an import": plantsOfForms(),
  "packages with one room of their own": plantsOfPackages(),
  "the environment, which config and entries alone read": plantsOfEnvironment(),
};

let folder = "";
let complaints: ReadonlySet<string>;
const key = (file: string, line: number | string) => `${file}:${line}`;

/** Writes all plants, one line each, and returns the line number of each. */
async function plantAll(): Promise<ReadonlyMap<Plant, number>> {
  const numbers = new Map<Plant, number>();
  for (const [file, plants] of Map.groupBy(Object.values(suites).flat(), (plant) => plant.file)) {
    plants.forEach((plant, index) => {
      numbers.set(plant, index + 1);
    });
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), plants.map((plant) => `${plant.line}\n`).join(""));
  }
  return numbers;
}

function lint(): Promise<string> {
  const options = ["lint", "--reporter=json", "--max-diagnostics=none", "."];
  return new Promise((resolve) => {
    execFile(join(root, "node_modules/.bin/biome"), options, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_, output) => resolve(output));
  });
}

let numbers: ReadonlyMap<Plant, number>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "stadtlotse-walls-"));
  const config = z.looseObject({}).parse(JSON.parse(await readFile(join(root, "biome.json"), "utf8")));
  await writeFile(join(folder, "biome.json"), JSON.stringify({ ...config, vcs: { enabled: false } }));
  numbers = await plantAll();
  const rules = new Set(["lint/style/noRestrictedImports", "lint/style/noCommonJs", "lint/style/noProcessEnv"]);
  const report = Report.parse(JSON.parse(await lint()));
  const found = report.diagnostics.filter((diagnostic) => rules.has(diagnostic.category));
  complaints = new Set(found.map(({ location }) => key(location.path, location.start?.line ?? 0)));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it("knows every folder of src", () => {
  const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const known = new Set([...rooms, ...joiners.map((file) => file.slice("src/".length))].map((path) => path.split("/")[0]));
  expect(folders.map((folder) => folder.name).filter((name) => !known.has(name))).toEqual([]);
});

describe("Biome forbids what the rooms may not import, and nothing else", () => {
  it.each(Object.entries(suites))("%s", (_, plants) => {
    const told = (plant: Plant) => `${plant.file}: ${plant.line}`;
    const complained = plants.filter((plant) => complaints.has(key(plant.file, numbers.get(plant) ?? 0)));
    expect(complained.map(told)).toEqual(plants.filter((plant) => plant.forbidden).map(told));
    expect(plants.length).toBeGreaterThan(0);
  });
});
