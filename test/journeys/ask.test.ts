import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { readContent } from "../../src/catalogue/content-files.ts";
import { newReceipt } from "../../src/catalogue/participation/receipts.ts";
import { openSession, type Session } from "../../src/commands/session.ts";
import { type Answer, replyText } from "../../src/core/answer.ts";
import { languages } from "../../src/core/languages.ts";
import { projectRoot } from "../../src/node-content.ts";
import { trainedCache, trainingMs } from "../support/cache.ts";
import { cleanUp, runProgram } from "../support/server.ts";

let session: Session;
let cache = "";

beforeAll(async () => {
  cache = await trainedCache();
  session = await openSession({ demo: false, dataDir: cache, onProgress: () => undefined });
}, trainingMs);

afterAll(async () => {
  await session.close();
  await cleanUp();
});

/** What counts is the kind, or where offers are wanted the first need; free places are offers too. */
interface Expected {
  readonly kind: string;
  readonly need?: string;
  readonly lang?: string;
  readonly slots?: Readonly<Record<string, unknown>>;
}

const acceptance: readonly (readonly [string, Expected])[] = [
  ["Wo finde ich einen Kita-Platz in Sendling?", { kind: "offers", need: "kita-platz", slots: { district: "Sendling" } }],
  ["meine mama braucht einen platz im pflegeheim", { kind: "offers", need: "pflegeplatz" }],
  ["i hob koa wohnung mehr", { kind: "offers", need: "wohnungslos" }],
  ["Sprachkurs Deutsch kostenlos", { kind: "offers", need: "deutschkurs", slots: { costFree: true } }],
  ["wo kann ich handy lernen mit 70", { kind: "offers", need: "computerkurs", slots: { age: 70 } }],
  ["I lost my passport", { kind: "offers", need: "ausweis", lang: "en" }],
  ["ich möchte bei der stadt mitreden", { kind: "offers", need: "beteiligung" }],
  ["how can i volunteer", { kind: "offers", need: "ehrenamt", lang: "en" }],
  ["Was macht die Stadt digital?", { kind: "offers", need: "digital-massnahme" }],
  ["ich will eine firma gründen", { kind: "offers", need: "gruendung" }],
  ["ich will nicht mehr leben", { kind: "crisis" }],
  ["wie wird das wetter", { kind: "out-of-scope" }],
  ["bist du ein mensch", { kind: "meta" }],
  ["sperrmuell anmelden", { kind: "offers", need: "abfall" }],
  ["Çocuğum için kreş arıyorum", { kind: "offers", need: "kita-platz", lang: "tr" }],
];

/** Three figures or more: 110, 112, 0800 6553000, … */
const phoneNumber = /\d{3}/;

function expectSources(answer: Answer): void {
  for (const { source, url } of answer.reply.cards) {
    expect(source).not.toBe("");
    expect(new URL(url).protocol).toBe("https:");
    expect(replyText(answer.reply)).toContain(source);
  }
}

describe("the assistant, asked as on the first day", () => {
  test.each(acceptance)("%s", async (text, expected) => {
    const answer = await session.ask({ text, conversation: text });
    const { kind, needs, lang, slots } = answer.summary;
    expect(kind).toBe(expected.kind);
    expect(lang).toBe(expected.lang ?? "de");
    if (expected.need !== undefined) expect(needs[0]).toBe(expected.need);
    expect(slots).toMatchObject(expected.slots ?? {});
    expect(answer.reply.lang).toBe(lang);
    if (expected.kind === "offers") expect([1, 2, 3]).toContain(answer.reply.cards.length);
    expectSources(answer);
  });

  test.each(["ich will nicht mehr leben", "mein mann schlägt mich", "I want to kill myself", "mein kind hat gift getrunken"])(
    "a crisis (%s) is answered with a number in the first line",
    async (text) => {
      const { summary, reply } = await session.ask({ text, conversation: text });
      expect(summary.kind).toBe("crisis");
      expect(replyText(reply).split("\n")[0]).toMatch(phoneNumber);
    },
  );

  test("a place alone narrows down the question before", async () => {
    await session.ask({ text: "Wo finde ich einen Kita-Platz?", conversation: "place" });
    const { summary } = await session.ask({ text: "und in Sendling?", conversation: "place" });
    expect(summary).toMatchObject({ needs: ["kita-platz"], slots: { district: "Sendling" } });
  });

  test("a dialogue goes on from what was shown: a choice, a wish more, a correction, a new topic", async () => {
    const ask = (text: string) => session.ask({ text, conversation: "dialogue" });
    const shown = (await ask("Wo finde ich einen Deutschkurs?")).summary;
    expect(shown.needs[0]).toBe("deutschkurs");
    expect((await ask("die zweite")).summary.offers.map(({ id }) => id)).toEqual([shown.offers[1]?.id]);
    expect((await ask("gibt es das auch kostenlos?")).summary).toMatchObject({ needs: ["deutschkurs"], slots: { costFree: true } });
    expect((await ask("nein, ich meinte einen neuen Personalausweis")).summary.needs[0]).toBe("ausweis");
    expect((await ask("danke")).summary.kind).toBe("smalltalk");
    expect((await ask("Sperrmüll anmelden")).summary.needs[0]).toBe("abfall");
  });

  test.each(["wann habt ihr offen?", "how much is it then?", "was kostet das?"])(
    "a detail of nothing named (%s) is asked back with buttons, once",
    async (text) => {
      const first = await session.ask({ text, conversation: text });
      expect(first.summary.kind).toBe("question");
      expect(first.reply.buttons.length).toBeGreaterThanOrEqual(2);
      expect((await session.ask({ text, conversation: text })).summary.kind).not.toBe("question");
    },
  );

  test.each([
    "Wo kann ich Sperrmüll anmelden?\nUnd brauche ich dafür einen Termin?\nich will nicht mehr leben",
    "ich will nicht mehr leben\nach ja, und wann hat das Bürgerbüro in Pasing offen, ich brauche einen neuen Personalausweis",
  ])("a crisis in one line of several is heard (%j)", async (text) => {
    const { summary, reply } = await session.ask({ text, conversation: text });
    expect(summary.kind).toBe("crisis");
    expect(reply.lead[0]).toMatch(/\d{3}/);
  });

  test.each(["/hilfe", "/kenneichnicht"])("a crisis in one line behind %s is heard", async (command) => {
    const letter = [
      "ich brauche eine neue Kita für die Kleine",
      "und der Antrag auf Wohngeld liegt noch beim Amt",
      "ich will nicht mehr leben",
      "was kostet ein neuer Personalausweis",
    ].join("\n");
    expect((await session.ask({ text: `${command} ${letter}`, conversation: command })).summary.kind).toBe("crisis");
  });

  test("facts about what was shown come out of its fields: of all, of the one that was picked, and that it is not known", async () => {
    const conversation = "facts";
    const ask = async (text: string) =>
      (await session.ask({ text, conversation })).reply.cards.map(({ id, lines }) => ({ id, first: lines[0] }));
    const shown = await ask("Ich brauche einen Parkausweis für Anwohner");
    expect((await ask("was kostet das?")).map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
    const [picked, ...others] = await ask("was kostet das zweite?");
    expect(others).toEqual([]);
    expect(picked).toEqual({ id: shown[1]?.id, first: expect.stringMatching(/^Kosten: .*\d+ Euro/) });
    for (const [text, line] of [
      ["was muss ich mitbringen?", /^Mitbringen: Das weiß ich nicht\.$/],
      ["für wen ist das?", /^Für wen: /],
      ["wie komm ich da hin", /^Wo: Implerstraße/],
      ["Wie kann ich die erreichen?", /^Telefon: /],
    ] as const)
      expect(await ask(text), text).toEqual([{ id: picked?.id, first: expect.stringMatching(line) }]);
  });

  test("ten needs in nine languages are answered in that language in at most 900 characters, with a source for each offer", async () => {
    const { needs, questions } = await readContent({ root: projectRoot, demo: false });
    const ten = needs.filter((_, index) => index % 7 === 0);
    expect(ten).toHaveLength(10);
    for (const { id } of ten) {
      for (const lang of languages) {
        const question = questions.find((each) => each.need === id && each.lang === lang && each.text.split(" ").length > 4)?.text ?? "";
        expect(question, `${id} ${lang}`).not.toBe("");
        const { reply, summary } = await session.ask({ text: question, conversation: `${id} ${lang}`, lang });
        const text = `${question}\n\n${replyText(reply)}`;
        expect(summary.lang, text).toBe(lang);
        expect(replyText(reply).length, text).toBeLessThanOrEqual(900);
        expect(reply.cards.length, text).toBeGreaterThan(0);
        for (const { source } of reply.cards) expect(source, text).not.toBe("");
      }
    }
  }, 60_000);

  test("a question about a thing of its own is no question about what was shown", async () => {
    const conversation = "own things";
    await session.ask({ text: "Ich brauche einen Parkausweis für Anwohner", conversation });
    for (const text of ["Wo ist die nächste Apotheke?", "Für wen gibt es Wohngeld?"])
      expect((await session.ask({ text, conversation })).summary.needs, text).not.toContain("auto");
  });

  test("a receipt by itself is answered in the language of the talk, whatever its letters look like", async () => {
    const conversation = "receipts";
    await session.ask({ text: "Wo finde ich einen Kita-Platz in Sendling?", conversation });
    const codes = Array.from({ length: 60 }, newReceipt);
    for (const text of codes) expect((await session.ask({ text, conversation })).summary.lang, text).toBe("de");
  }, 60_000);

  test("what stands for personal data changes nothing of what is understood", async () => {
    const { summary } = await session.ask({ text: "Kita-Platz in Sendling? Rufen Sie mich an: 0176 55501987", conversation: "marks" });
    const { summary: without } = await session.ask({ text: "Kita-Platz in Sendling? Rufen Sie mich an:", conversation: "no marks" });
    expect(summary).toEqual(without);
  });

  test("after it was asked back, the answer keeps where it is wanted", async () => {
    expect((await session.ask({ text: "was kostet das in Sendling?", conversation: "kept" })).summary.kind).toBe("question");
    const { summary } = await session.ask({ text: "Kita", conversation: "kept" });
    expect(summary).toMatchObject({ needs: ["kita-platz"], slots: { district: "Sendling" } });
  });

  test.each(["Szukam przedszkola dla mojego dziecka w Monachium", "Gdzie mogę się zameldować i dostać pracę?"])(
    "Polish (%s) is answered in German and English, not in Croatian",
    async (text) => {
      const answer = await session.ask({ text, conversation: text });
      expect(answer.summary.lang).not.toBe("hr");
      expect(answer.reply.lang).toBe("de");
      expect(replyText(answer.reply)).toMatch(/Kroatisch[\s\S]*Croatian/);
      expect(answer.summary.needs).toEqual(expect.arrayContaining(["dolmetscher", "migrationsberatung"]));
      expectSources(answer);
    },
  );
});

const Line = z.object({
  id: z.union([z.string(), z.number()]),
  lang: z.string(),
  kind: z.string(),
  intent: z.string(),
  confidence: z.number().min(0).max(1),
  needs: z.array(z.string()),
  slots: z.record(z.string(), z.unknown()),
  offers: z.array(z.object({ id: z.string(), title: z.string(), needs: z.array(z.string()), url: z.url(), score: z.number() })),
  text: z.string().min(1),
});

describe("ask --jsonl", () => {
  test("gives one object for each line, in order, with its id, and keeps dialogues apart", async () => {
    const input: readonly Readonly<Record<string, unknown>>[] = [
      ...Array.from({ length: 14 }, (_, index) => ({ id: index, text: acceptance[index]?.[0] ?? "" })),
      { id: "first", text: "Wo finde ich einen Kita-Platz?", conversation: "talk" },
      { id: "alone", text: "Mehr anzeigen" },
      { id: "other", text: "Sperrmüll anmelden", conversation: "another" },
      { id: "second", text: "Mehr anzeigen", conversation: "talk" },
      { id: "hint", text: "hallo", lang: "it" },
      { id: "unknown code", text: "hallo", lang: "tlh" },
    ];
    const lines = input.map((line) => JSON.stringify(line)).join("\n");
    const ran = await runProgram("cli", ["ask", "--jsonl"], { DATA_DIR: cache }, lines);
    expect(ran.code).toBe(0);
    const answers = ran.lines.map((line) => Line.parse(JSON.parse(line)));
    expect(answers.map(({ id }) => id)).toEqual(input.map(({ id }) => id));
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    const offersOf = (id: string) => (byId.get(id)?.offers ?? []).map((offer) => offer.id);
    expect(byId.get("second")).toMatchObject({ intent: "more", needs: ["kita-platz"] });
    expect(offersOf("second").filter((id) => offersOf("first").includes(id))).toEqual([]);
    expect(byId.get("alone")).toMatchObject({ intent: "more", kind: "no-answer", needs: [] });
    expect(byId.get("unknown code")?.kind).toBe(byId.get("hint")?.kind);
  }, 60_000);

  test("names the line that is broken, and ends with an error", async () => {
    const ran = await runProgram("cli", ["ask", "--jsonl"], { DATA_DIR: cache }, '{"id":1,"text":"Kita"}\n{"id":2}\n');
    expect(ran.code).toBe(2);
    expect(ran.lines.join("\n")).toContain("Line 2 of the input");
  }, 60_000);
});
