import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { CORE_SCHEMA, load, YAMLException } from "js-yaml";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { crisisKinds } from "../core/answer.ts";
import type { Content, CrisisSentence } from "../core/content.ts";
import { AppError, messageOf } from "../core/errors.ts";
import type { Offer } from "../core/offer.ts";
import { berlinDay } from "../text/berlin-time.ts";
import {
  ConceptLine,
  CrisisLine,
  DemoFileEntry,
  DistrictFile,
  GapList,
  IntentFile,
  NeedFile,
  OfferFileEntry,
  QuestionLine,
} from "./content-schema.ts";
import { resolveDemoDays } from "./demo-days.ts";
import { findHoursFaults } from "./hours/find-faults.ts";
import { loadHours } from "./hours/load-hours.ts";

/** Where content lies and whether the made-up entries of knowledge/demo are part of it. */
export interface ContentFolders {
  /** The folder that holds intents/ and knowledge/. */
  readonly root: string;
  readonly demo: boolean;
}

interface ContentFile {
  readonly path: string;
  readonly text: string;
}

const demoFolder = "knowledge/demo";

function fail(path: string, line: number, reason: string): never {
  throw new AppError("CONTENT_INVALID", `${path}:${line}: ${reason}. Mend the file and start again; what was loaded before is unchanged.`);
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((cause: unknown) => {
    throw new AppError("CONTENT_INVALID", `The content folder ${folder} cannot be read: ${messageOf(cause)}`, { cause });
  });
  return entries
    .filter((entry) => entry.isFile() && /\.(?:yaml|jsonl)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** All content files with their text, in a fixed order; knowledge/questions.jsonl measures the assistant and is not part of it. */
async function readFiles({ root, demo }: ContentFolders): Promise<readonly ContentFile[]> {
  const paths = [...(await listFiles(join(root, "intents"))), ...(await listFiles(join(root, "knowledge")))];
  const files = await Promise.all(paths.map(async (path) => ({ path: relative(root, path), text: await readFile(path, "utf8") })));
  return files.filter((file) => file.path !== join("knowledge", "questions.jsonl") && (demo || !isDemo(file)));
}

function hashOf(files: readonly ContentFile[]): string {
  const hash = createHash("sha256");
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`);
  return hash.digest("hex").slice(0, 24);
}

interface Parsed<Value> {
  readonly value: Value;
  /** The line of an item of a list, from 1. */
  lineOfItem(index: number): number;
}

/** The line of a value in a file. This reader knows positions and is slow: it is asked only about a file that is broken. */
function findLine(file: ContentFile, path: readonly PropertyKey[]): number {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function loadYaml(file: ContentFile): unknown {
  try {
    return load(file.text, { schema: CORE_SCHEMA });
  } catch (error) {
    if (error instanceof YAMLException) return fail(file.path, (error.mark?.line ?? 0) + 1, error.reason);
    throw error;
  }
}

/** What the first rule that was broken says, with the field that broke it. */
function reasonOf(error: z.ZodError, whole: string): string {
  const issue = error.issues[0];
  return `${issue?.path.join(".") || whole}: ${issue?.message ?? "does not fit"}`;
}

function parseYaml<Schema extends z.ZodType>(file: ContentFile, schema: Schema, loaded = loadYaml(file)): Parsed<z.output<Schema>> {
  const parsed = schema.safeParse(loaded);
  if (parsed.success) return { value: parsed.data, lineOfItem: (index) => findLine(file, [index]) };
  return fail(file.path, findLine(file, parsed.error.issues[0]?.path ?? []), reasonOf(parsed.error, "the file"));
}

function parseJsonLine(file: ContentFile, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    return fail(file.path, number, messageOf(error));
  }
}

function parseLines<Schema extends z.ZodType>(file: ContentFile, schema: Schema): readonly z.output<Schema>[] {
  return file.text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const parsed = schema.safeParse(parseJsonLine(file, line, index + 1));
    return parsed.success ? [parsed.data] : fail(file.path, index + 1, reasonOf(parsed.error, "the line"));
  });
}

function readQuestions(file: ContentFile): Content["questions"] {
  const need = idFromPath(file.path);
  return parseLines(file, QuestionLine).map(({ lang, text }) => ({ need, lang, text }));
}

const crisisLabels = [...crisisKinds, "calm"] as const;

function readCrises(file: ContentFile, label: CrisisSentence["label"]): Content["crises"]["sentences"] {
  return parseLines(file, CrisisLine).map(({ lang, text }) => ({ label, lang, text }));
}

function readConcepts(files: readonly ContentFile[]): Content["concepts"] {
  const places = new Map<string, string>();
  return files.flatMap((file) =>
    parseLines(file, ConceptLine).map(({ id, words }, index) => {
      const place = `${file.path}:${index + 1}`;
      const other = places.get(id);
      if (other !== undefined) fail(file.path, index + 1, `concept ${id} stands at ${other} as well`);
      places.set(id, place);
      return { id, patterns: Object.values(words).flat() };
    }),
  );
}

function idFromPath(path: string): string {
  return (path.split("/").at(-1) ?? "").replace(/\.[a-z]+$/, "");
}

interface Place {
  readonly path: string;
  line(): number;
}

function checkReferences(content: Omit<Content, "hash">, places: ReadonlyMap<string, Place>): void {
  const needs = new Set(content.needs.map((need) => need.id));
  const districts = new Set(content.districts.map((district) => district.name));
  for (const offer of content.offers) {
    const { path, line } = places.get(offer.id) ?? { path: "knowledge/offers", line: () => 1 };
    const unknown = offer.needs.find((need) => !needs.has(need));
    if (unknown !== undefined) fail(path, line(), `offer ${offer.id} names the need ${unknown}, which does not exist`);
    if (offer.district !== undefined && !districts.has(offer.district))
      fail(path, line(), `offer ${offer.id} names the district ${offer.district}, which does not exist`);
  }
  const orphan = content.questions.find((question) => !needs.has(question.need));
  if (orphan !== undefined) fail(`knowledge/needs/${orphan.need}.jsonl`, 1, `there is no need ${orphan.need}`);
}

function isDemo({ path }: ContentFile): boolean {
  return path.startsWith(`${demoFolder}/`);
}

/** The offers of a file; those of the demo with their days as of `now`. */
function parseOffers(file: ContentFile, now: Date): Parsed<readonly Offer[]> {
  if (!isDemo(file)) return parseYaml(file, OfferFileEntry.array());
  const entries = resolveDemoDays(loadYaml(file), now, (path, text) =>
    fail(file.path, findLine(file, path), `${path.join(".")}: ${text} must be relative to the day, like "in 5 days 14:00"`),
  );
  return parseYaml(file, DemoFileEntry.array(), entries);
}

function readOffers(
  files: readonly ContentFile[],
  now: Date,
): { readonly offers: readonly Offer[]; readonly places: ReadonlyMap<string, Place> } {
  const places = new Map<string, Place>();
  const offers: Offer[] = [];
  for (const file of files) {
    const { value, lineOfItem } = parseOffers(file, now);
    for (const [index, offer] of value.entries()) {
      const other = places.get(offer.id);
      if (other !== undefined) fail(file.path, lineOfItem(index), `offer ${offer.id} stands at ${other.path}:${other.line()} as well`);
      places.set(offer.id, { path: file.path, line: () => lineOfItem(index) });
      offers.push(offer);
    }
  }
  return { offers, places };
}

async function checkHours(offers: readonly Offer[], places: ReadonlyMap<string, Place>): Promise<void> {
  const [fault] = await findHoursFaults(offers, loadHours);
  if (fault === undefined) return;
  const { path, line } = places.get(fault.offerId) ?? { path: "knowledge/offers", line: () => 1 };
  fail(path, line(), `openingHours: ${fault.hours} of offer ${fault.offerId} cannot be read: ${fault.reason}`);
}

function checkGaps(files: readonly ContentFile[], needs: ReadonlySet<string>): void {
  for (const file of files) {
    const { value, lineOfItem } = parseYaml(file, GapList);
    const unknown = value.findIndex(({ need }) => !needs.has(need));
    if (unknown >= 0) fail(file.path, lineOfItem(unknown), `there is no need ${value[unknown]?.need}`);
  }
}

function readNamed<Value extends { readonly id: string }>(file: ContentFile, schema: z.ZodType<Value>): Value {
  const { value } = parseYaml(file, schema);
  if (idFromPath(file.path) !== value.id) fail(file.path, 1, `id ${value.id} must be the file's name`);
  return value;
}

/** The hash of the content files as they are now: cheap, nothing is parsed. */
export async function hashContent(folders: ContentFolders): Promise<string> {
  return hashOf(await readFiles(folders));
}

/** The hash of what the files with this hash say at `now`: with the demo it is another one each day. */
export function hashOfDay(hash: string, { demo }: ContentFolders, now: Date): string {
  return demo ? `${hash}-${berlinDay(now)}` : hash;
}

/** Reads and checks every content file as of `now`; throws CONTENT_INVALID with path, line and reason at the first that does not fit. */
export async function readContent(folders: ContentFolders, now = new Date()): Promise<Content> {
  const files = await readFiles(folders);
  const under = (folder: string, ending: string) => files.filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(ending));
  const needs = under("knowledge/needs", ".yaml").map((file) => readNamed(file, NeedFile));
  const intents = under("intents", ".yaml").map((file) => readNamed(file, IntentFile));
  const districts = files.filter(({ path }) => path === "knowledge/districts.yaml").flatMap((file) => parseYaml(file, DistrictFile).value);
  const isGapList = ({ path }: ContentFile) => /\/gaps[^/]*\.yaml$/.test(path);
  const offerFiles = [...under("knowledge/offers", ".yaml"), ...under(demoFolder, ".yaml")];
  checkGaps(offerFiles.filter(isGapList), new Set(needs.map(({ id }) => id)));
  const { offers, places } = readOffers(
    offerFiles.filter((file) => !isGapList(file)),
    now,
  );
  await checkHours(offers, places);
  const questions = under("knowledge/needs", ".jsonl").flatMap(readQuestions);
  const concepts = readConcepts(under("knowledge/concepts", ".jsonl"));
  const crises = {
    sentences: crisisLabels.flatMap((label) => under("knowledge/crises", `/${label}.jsonl`).flatMap((file) => readCrises(file, label))),
    concepts: readConcepts(under("knowledge/crises", "/words.jsonl")),
  };
  const content = { needs, intents, districts, offers, questions, concepts, crises };
  checkReferences(content, places);
  return { hash: hashOfDay(hashOf(files), folders, now), ...content };
}
