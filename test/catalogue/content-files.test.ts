import { afterEach, describe, expect, it } from "vitest";
import { hashContent, readContent } from "../../src/catalogue/content-files.ts";
import { demoYaml, offersYaml, smallContent, writeContent } from "./fixtures.ts";

const need = "knowledge/needs/kita-platz.yaml";
const questions = "knowledge/needs/kita-platz.jsonl";
const intent = "intents/greeting.yaml";
const offers = "knowledge/offers/familie.yaml";
const districts = "knowledge/districts.yaml";
const gaps = "knowledge/offers/gaps.yaml";

let drop: (() => Promise<void>) | undefined;

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  await drop?.();
  const written = await writeContent(files);
  drop = written.drop;
  return written.root;
}

async function faultOf(files: Readonly<Record<string, string>>, demo = false): Promise<string> {
  const root = await folderOf({ ...smallContent, ...files });
  const fault: unknown = await readContent({ root, demo }).catch((error: unknown) => error);
  expect(fault).toMatchObject({ code: "CONTENT_INVALID" });
  return fault instanceof Error ? fault.message : "";
}

afterEach(async () => {
  await drop?.();
  drop = undefined;
});

describe("reading content", () => {
  it("reads every kind of file", async () => {
    const content = await readContent({ root: await folderOf(smallContent), demo: false });
    expect(content.needs.map(({ id }) => id)).toEqual(["kita-platz"]);
    expect(content.needs[0]?.words.de).toHaveLength(8);
    expect(content.intents).toMatchObject([{ id: "greeting", title: { de: "Gruß", en: "Greeting" } }]);
    expect(content.intents[0]?.examples.de).toHaveLength(15);
    expect(content.districts).toMatchObject([{ number: 6, name: "Sendling", postcodes: ["81371"] }]);
    expect(content.offers.map(({ id }) => id)).toEqual(["kita-eins", "kita-zwei"]);
    expect(content.offers[0]).toMatchObject({ checkedAt: "2026-06-08", age: { from: 1, to: 6 }, district: "Sendling" });
    expect(content.questions).toEqual([
      { need: "kita-platz", lang: "de", text: "Wo ist eine Kita?" },
      { need: "kita-platz", lang: "en", text: "Where is a nursery?" },
    ]);
  });

  it("reads what is made up only where that is wanted", async () => {
    const root = await folderOf(smallContent);
    expect((await readContent({ root, demo: true })).offers).toHaveLength(4);
    expect((await readContent({ root, demo: false })).offers).toHaveLength(2);
  });

  it("gives what is made up its days anew each day, and real content none", async () => {
    const capacity = '  capacity: {unit: {de: Plätze}, available: 2, asOf: "1 day ago 09:00"}\n  dates: [{start: next Saturday 14:00}]\n';
    const root = await folderOf({ ...smallContent, "knowledge/demo/offers.yaml": `${demoYaml}${capacity}` });
    const on = async (day: string) => (await readContent({ root, demo: true }, new Date(`${day}T12:00:00Z`))).offers.at(-1);
    expect(await on("2026-11-23")).toMatchObject({
      capacity: { asOf: "2026-11-22T08:00:00.000Z" },
      dates: [{ start: "2026-11-28T14:00:00+01:00" }],
    });
    expect(await on("2027-07-01")).toMatchObject({
      capacity: { asOf: "2027-06-30T07:00:00.000Z" },
      dates: [{ start: "2027-07-03T14:00:00+02:00" }],
    });
    const hashes = async (demo: boolean) =>
      Promise.all(["2026-11-23", "2026-11-24"].map(async (day) => (await readContent({ root, demo }, new Date(day))).hash));
    expect(new Set(await hashes(true)).size).toBe(2);
    expect(new Set(await hashes(false)).size).toBe(1);
  });

  it("leaves the questions that measure the assistant alone", async () => {
    const files = { ...smallContent, "knowledge/questions.jsonl": "not even JSON" };
    expect((await readContent({ root: await folderOf(files), demo: false })).questions).toHaveLength(2);
  });

  it("has a hash that any byte of any file changes, and the demo, but not the place of the folder", async () => {
    const hashes = new Set<string>();
    const first = await folderOf(smallContent);
    const plain = await hashContent({ root: first, demo: false });
    hashes.add(plain);
    expect((await readContent({ root: first, demo: false })).hash).toBe(plain);
    hashes.add(await hashContent({ root: first, demo: true }));
    expect(await hashContent({ root: await folderOf(smallContent), demo: false })).toBe(plain);
    for (const path of [need, questions, intent, offers, districts]) {
      hashes.add(await hashContent({ root: await folderOf({ ...smallContent, [path]: `${smallContent[path]} ` }), demo: false }));
    }
    hashes.add(await hashContent({ root: await folderOf({ ...smallContent, "knowledge/offers/mehr.yaml": "[]" }), demo: false }));
    expect(hashes.size).toBe(8);
  });

  it("says which folder cannot be read", async () => {
    await expect(readContent({ root: "/nowhere/at/all", demo: false })).rejects.toMatchObject({
      code: "CONTENT_INVALID",
      message: expect.stringContaining("/nowhere/at/all/intents"),
    });
  });
});

/** Each rule of the schemas: the file, what is changed in it, and where and why it is refused. */
const broken: readonly (readonly [what: string, path: string, from: string, to: string, line: number, reason: string])[] = [
  ["YAML that is none", need, "group: familie", "group: [familie", 3, ""],
  ["two values of one name", need, "group: familie", "group: familie\ngroup: geld", 3, "duplicate"],
  ["an id with capitals", need, "id: kita-platz", "id: Kita-Platz", 1, "small letters"],
  ["a missing group", need, "group: familie\n", "", 1, "group"],
  ["an unknown field", need, "group: familie", "group: familie\ncolour: blue", 1, "colour"],
  ["a missing language", need, "  hr: Kita hr\n", "", 4, "label.hr"],
  ["a language that is not spoken here", need, "  hr: Kita hr", "  hr: Kita hr\n  pl: Kita pl", 4, "pl"],
  ["an empty label", need, "  fr: Kita fr", '  fr: " "', 11, "label.fr"],
  ["seven German words", need, ", wort-de-7", "", 14, "at least 8 German words"],
  ["two words in another language", need, "wort-tr-0, ", "", 16, "words.tr"],
  ["an id that is not the file's name", need, "id: kita-platz", "id: kita", 1, "file's name"],
  ["an intent's id that is not the file's name", intent, "id: greeting", "id: gruss", 1, "file's name"],
  ["fourteen German examples", intent, ", satz-de-14", "", 6, "at least 15 German and 6 English"],
  ["five English examples", intent, ", satz-en-5", "", 6, "at least 15 German and 6 English"],
  ["two examples in another language", intent, "[satz-uk-0, ", "[", 9, "examples.uk"],
  ["four test sentences", intent, "\n  - {lang: de, text: probe 4}", "", 16, "at least 5 test sentences"],
  ["a test sentence in no language", intent, "{lang: de, text: probe 2}", "{lang: xx, text: probe 2}", 18, "tests.2.lang"],
  ["a title without English", intent, "  en: Greeting\n", "", 3, "title.en"],
  ["an example that is no text", intent, "satz-it-1", "{a: 1}", 12, "examples.it.1"],
  ["a district's number over 25", districts, "number: 6", "number: 26", 1, "number"],
  ["a postcode with a letter", districts, '["81371"]', '["8137a"]', 5, "postcodes"],
  ["a postcode that is a number", districts, '["81371"]', "[81371]", 5, "postcodes"],
  ["a kind that does not exist", offers, "kind: service", "kind: gift", 2, "kind"],
  ["an offer for no need", offers, "needs: [kita-platz]\n  district", "needs: []\n  district", 6, "needs"],
  ["an offer without English", offers, "title: {de: Kita zwei, en: Nursery two}", "title: {de: Kita zwei}", 16, "title.en"],
  ["an address that is no web address", offers, "url: https://example.org/zwei", "url: javascript:alert(1)", 19, "url"],
  [
    "a source without an address",
    offers,
    "source: {name: Beispiel, url: https://example.org}\n  status: unchecked",
    "source: {name: Beispiel}\n  status: unchecked",
    20,
    "source.url",
  ],
  ["a check without a day", offers, "\n  checkedAt: 2026-06-08", "", 1, "checkedAt"],
  ["a day without a check", offers, "status: unchecked", "status: unchecked\n  checkedAt: 2026-06-08", 13, "checkedAt"],
  ["a day that does not exist", offers, "2026-06-08", "2026-02-30", 12, "checkedAt"],
  ["an age below 0", offers, "age: {from: 1, to: 6}", "age: {from: -1, to: 6}", 8, "age.from"],
  ["an age that ends before it begins", offers, "age: {from: 1, to: 6}", "age: {from: 7, to: 6}", 8, "age"],
  ["an offer's field that does not exist", offers, "age: {from", "ages: {from", 1, "ages"],
  ["an invented mail address", offers, "status: unchecked", "status: unchecked\n  email: nobody", 22, "email"],
  [
    "a postcode of four digits",
    offers,
    "status: unchecked",
    'status: unchecked\n  address: {street: Weg 1, postcode: "8137", city: M}',
    22,
    "postcode",
  ],
  [
    "free places below 0",
    offers,
    "status: unchecked",
    "status: unchecked\n  capacity: {unit: {de: a, en: b}, available: -1, asOf: '2026-11-20T09:00:00Z'}",
    22,
    "available",
  ],
  [
    "free places without their moment",
    offers,
    "status: unchecked",
    "status: unchecked\n  capacity: {unit: {de: a, en: b}, available: 1}",
    22,
    "asOf",
  ],
  [
    "more free places than there are",
    offers,
    "status: unchecked",
    "status: unchecked\n  capacity: {unit: {de: a, en: b}, available: 3, maximum: 2, asOf: '2026-11-20T09:00:00Z'}",
    22,
    "more places are free",
  ],
  ["two offers of one id", offers, "id: kita-zwei", "id: kita-eins", 13, `stands at ${offers}:1 as well`],
  [
    "a need that does not exist",
    offers,
    "needs: [kita-platz]\n  url",
    "needs: [kita-platz, kitaplatz]\n  url",
    13,
    "kitaplatz, which does not exist",
  ],
  ["a district that does not exist", offers, "district: Sendling", "district: Sendlingen", 1, "Sendlingen, which does not exist"],
  [
    "hours that cannot be read",
    offers,
    "district: Sendling",
    "district: Sendling\n  openingHours: Mo-Fr 25:99",
    1,
    "Mo-Fr 25:99 of offer kita-eins",
  ],
  [
    "hours of a place that cannot be read",
    offers,
    "district: Sendling",
    "locations: [{openingHours: quatsch}]",
    1,
    "quatsch of offer kita-eins",
  ],
  ["a gap without a reason", gaps, ", reason: Only one.", "", 1, "reason"],
  ["a gap of a need that does not exist", gaps, "need: kita-platz", "need: kitaplatz", 1, "kitaplatz"],
  ["a question that is no JSON", questions, '{"lang":"en"', '{"lang:"en"', 2, ""],
  ["a question in no language", questions, '"lang":"en"', '"lang":"xx"', 2, ""],
];

describe("content that does not fit is refused with path, line and reason", () => {
  it.each(broken)("%s", async (_, path, from, to, line, reason) => {
    const text = smallContent[path] ?? "";
    expect(text).toContain(from);
    const message = await faultOf({ [path]: text.replace(from, to) });
    expect(message).toMatch(new RegExp(`^${path.replaceAll(".", "\\.")}:${line}: `));
    expect(message).toContain(reason);
    expect(message).not.toMatch(/: \W*\. Mend/);
  });

  it("an offer that stands in two files", async () => {
    expect(await faultOf({ "knowledge/offers/zweite.yaml": offersYaml })).toContain(
      `knowledge/offers/zweite.yaml:1: offer kita-eins stands at ${offers}:1`,
    );
  });

  it("a concept that stands twice, and a pattern of two words", async () => {
    const concept = '{"id":"zahn","words":{"de":["zahn*"]}}';
    expect(await faultOf({ "knowledge/concepts/a.jsonl": concept, "knowledge/concepts/b.jsonl": concept })).toContain(
      "knowledge/concepts/b.jsonl:1: concept zahn stands at knowledge/concepts/a.jsonl:1 as well",
    );
    const twoWords = '{"id":"zahn","words":{"de":["der zahn"]}}';
    expect(await faultOf({ "knowledge/concepts/a.jsonl": twoWords })).toContain(
      "knowledge/concepts/a.jsonl:1: words.de.0: a pattern is one word",
    );
  });

  it("questions of a need that does not exist", async () => {
    expect(await faultOf({ "knowledge/needs/hund.jsonl": smallContent[questions] ?? "" })).toContain(
      "knowledge/needs/hund.jsonl:1: there is no need hund",
    );
  });

  it("a file that is a list where one thing is due, and one thing where a list is due", async () => {
    expect(await faultOf({ [need]: "- a\n" })).toContain(`${need}:1: the file`);
    expect(await faultOf({ [offers]: "id: a\n" })).toContain(`${offers}:1: the file`);
    expect(await faultOf({ [districts]: "" })).toContain(`${districts}:1: `);
  });

  it.each([
    ["without its mark", demoYaml.replace("demo: true", "online: true"), "1: 0.demo"],
    ["with a title like a real one", demoYaml.replace("Beispiel: ", ""), "4: 0.title.de"],
    ["with a fixed day", `${demoYaml}  deadline: 2027-01-31\n`, "1.deadline: 2027-01-31 must be relative to the day"],
  ])("refuses what is made up %s", async (_what, yaml, expected) => {
    expect(await faultOf({ "knowledge/demo/offers.yaml": yaml }, true)).toContain(expected);
  });

  it("refuses what is made up among what is real", async () => {
    const files = { [offers]: demoYaml.replaceAll("demo-kita", "kita") };
    expect(await faultOf(files)).toContain("what is made up stands in knowledge/demo");
  });

  it("a made-up offer that does not fit, only where those are read", async () => {
    const files = { "knowledge/demo/offers.yaml": demoYaml.replace("demo-kita-eins", "Kita") };
    expect(await faultOf(files, true)).toContain("knowledge/demo/offers.yaml:1: 0.id");
    expect((await readContent({ root: await folderOf({ ...smallContent, ...files }), demo: false })).offers).toHaveLength(2);
  });
});
