import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Offer } from "../../../src/core/offer.ts";
import { offerOf } from "../../catalogue/fixtures.ts";
import { type ModelBehaviour, type ModelServer, startModelServer } from "../../support/model-server.ts";
import { openModel, wordingOf } from "./fixtures.ts";

const offer = offerOf("beratung", {
  summary: { de: "Wir beraten Sie gern. Sie erhalten die Hilfe kostenlos. Kinder können nicht mit. Rufen Sie vorher an.", en: "We help." },
});
const quote = "Sie erhalten die Hilfe kostenlos.";
const good: ModelBehaviour = {
  kind: "says",
  content: { sentences: [{ text: "Sie bekommen die Hilfe kostenlos.", offerId: "beratung", quote }] },
};
const worded = "Sie bekommen die Hilfe kostenlos. Kinder können nicht mit. Rufen Sie vorher an.";

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => server.behave(() => good));

const firstLine = (reply: { readonly cards: readonly { readonly lines: readonly string[] }[] }) => reply.cards[0]?.lines[0];
const asked = (from: number) => server.asked.slice(from);

describe("a model that answers well", () => {
  it("has its sentence on the card, in plain words, beside the conditions it left out; all else stays", async () => {
    const { model, traces } = openModel(server);
    const wording = wordingOf([offer]);
    const reply = await model.begin(7).word(wording);
    const card = wording.reply.cards[0];
    expect(reply).toEqual({ ...wording.reply, cards: [{ ...card, lines: [worded, ...(card?.lines.slice(1) ?? [])] }] });
    expect(traces).toEqual([expect.objectContaining({ messageId: 7, use: "answer", outcome: "ok", sent: 1, refused: {} })]);
  });

  it.each([
    ["in a fence", `\`\`\`json\n${JSON.stringify(good.kind === "says" ? good.content : {})}\n\`\`\``],
    ["with more fields", { ...(good.kind === "says" ? Object(good.content) : {}), system: "x" }],
  ])("is understood %s", async (_, content) => {
    server.behave(() => ({ kind: "says", content }));
    expect(
      firstLine(
        await openModel(server)
          .model.begin(1)
          .word(wordingOf([offer])),
      ),
    ).toBe(worded);
  });

  it("is not asked for answers in other languages, nor where nothing was found", async () => {
    const before = server.asked.length;
    const { model } = openModel(server);
    for (const wording of [wordingOf([offer], "What?", "en"), wordingOf([], "Was?")])
      expect(await model.begin(1).word(wording)).toEqual(wording.reply);
    expect(asked(before)).toEqual([]);
  });

  it("gives words to search with, and nothing but words", async () => {
    const words = ["Wohngeld", "Miete zu hoch", "https://evil.example", "115", "<b>", "Zuschuss"];
    server.behave(() => ({ kind: "says", content: { words } }));
    expect(await openModel(server).model.begin(1).searchWords("rente 1100, miete 850")).toBe("Wohngeld Miete zu hoch Zuschuss");
  });
});

describe("a model that does not answer well", () => {
  const draft = (text: string) => ({ sentences: [{ text, offerId: "beratung", quote }] });

  it("is told why and asked once more", async () => {
    const before = server.asked.length;
    server.behave(() => (server.asked.length - before === 1 ? { kind: "says", content: draft("Die Hilfe kostet 5 Euro.") } : good));
    const { model, traces } = openModel(server);
    expect(firstLine(await model.begin(1).word(wordingOf([offer])))).toBe(worded);
    expect(traces.map(({ use, sent }) => [use, sent])).toEqual([
      ["answer", 0],
      ["answer-again", 1],
    ]);
    expect(asked(before)[1]?.rules).toContain("not-covered");
  });

  it("is asked no third time: the plain composer answers", async () => {
    const before = server.asked.length;
    server.behave(() => ({ kind: "says", content: draft("Die Hilfe kostet 5 Euro.") }));
    const wording = wordingOf([offer]);
    expect(await openModel(server).model.begin(1).word(wording)).toEqual(wording.reply);
    expect(asked(before)).toHaveLength(2);
  });

  it("must write plainly: what its source says in hard words is not sent", async () => {
    const hard = "Die Gewährung erfolgt unter Berücksichtigung der Einkommensverhältnisse der Antragstellenden.";
    server.behave(() => ({ kind: "says", content: { sentences: [{ text: hard, offerId: "beratung", quote: hard }] } }));
    const { model, traces } = openModel(server);
    const wording = wordingOf([{ ...offer, summary: { de: hard, en: "-" } }]);
    expect(await model.begin(1).word(wording)).toEqual(wording.reply);
    expect(traces.map(({ refused }) => refused)).toEqual([{ "not-plain": 1 }, { "not-plain": 1 }]);
  });

  it.each([
    ["a quote that leaves out the «nicht» around it", { text: "Kinder können mit.", quote: "Kinder können" }],
    ["a quote of another text", { text: "Die Stadt zahlt alles.", quote: "Die Stadt zahlt alles." }],
    ["two sentences in one", { text: "Sie erhalten die Hilfe kostenlos. Kinder können mit.", quote }],
    ["a sentence that goes on behind its end", { text: "Wo Rat. ist", quote: "Wo ist Rat." }],
    ["a question", { text: "Sie erhalten die Hilfe kostenlos?", quote }],
    ["no quote", { text: quote, quote: " " }],
    ["markup", { text: "Sie erhalten die <b>Hilfe</b> kostenlos.", quote }],
    ["an empty sentence", { text: "", quote }],
  ])("is refused for %s", async (_, said) => {
    server.behave(() => ({ kind: "says", content: { sentences: [{ offerId: "beratung", ...said }] } }));
    const wording = wordingOf([{ ...offer, summary: { ...offer.summary, de: `${offer.summary.de} Wo ist Rat.` } }]);
    expect(await openModel(server).model.begin(1).word(wording)).toEqual(wording.reply);
  });

  it.each<[string, ModelBehaviour]>([
    ["no JSON", { kind: "says", content: "Gern! Die Hilfe ist kostenlos." }],
    ["another form", { kind: "says", content: { answer: "Die Hilfe ist kostenlos." } }],
    ["half an answer", { kind: "says", content: '{"sentences":[{"text":"Sie bek' }],
    ["nothing", { kind: "says", content: "" }],
    ["a page", { kind: "raw", body: "<html>" }],
    ["a stream where none was asked for", { kind: "raw", body: 'data: {"choices":[]}\n\ndata: [DONE]\n\n' }],
    ["a fault", { kind: "fails", status: 500 }],
    ["a wrong key", { kind: "fails", status: 401 }],
  ])("gives %s: the plain composer answers", async (_, behaviour) => {
    server.behave(() => behaviour);
    const wording = wordingOf([offer]);
    expect(await openModel(server).model.begin(1).word(wording)).toEqual(wording.reply);
  });
});

describe("a server that hangs", () => {
  it.each<ModelBehaviour["kind"]>(["hangs", "trickles"])(
    "that %s holds an answer up for less than 8 seconds, the next ones not at all",
    async (kind) => {
      server.behave(() => (kind === "hangs" ? { kind: "hangs" } : { kind: "trickles" }));
      const { model, traces } = openModel(server);
      const wording = wordingOf([offer]);
      const times: number[] = [];
      for (let at = 0; at < 4; at += 1) {
        const from = performance.now();
        const turn = model.begin(at);
        expect(await turn.searchWords("Was gibt es?")).toBeUndefined();
        expect(await turn.word(wording)).toEqual(wording.reply);
        times.push(Math.round(performance.now() - from));
      }
      process.stdout.write(`server ${kind}: answers after ${times.join(", ")} ms\n`);
      expect(times[0]).toBeLessThan(8000);
      expect(Math.max(...times.slice(1))).toBeLessThan(200);
      expect(traces.map(({ outcome }) => outcome)).toEqual(["slow", ...Array.from({ length: 7 }, () => "resting")]);
    },
    20_000,
  );

  it("is asked again after its rest, by one turn alone", async () => {
    server.behave(() => ({ kind: "hangs" }));
    const { model, traces } = openModel(server, { turnMs: 200, restMs: 300 });
    const wording = wordingOf([offer]);
    await model.begin(1).word(wording);
    server.behave(() => good);
    await new Promise((resolve) => setTimeout(resolve, 350));
    const replies = await Promise.all([2, 3].map((id) => model.begin(id).word(wording)));
    expect(replies.map(firstLine)).toEqual([worded, firstLine(wording.reply)]);
    expect(firstLine(await model.begin(4).word(wording))).toBe(worded);
    expect(new Set(traces.map(({ outcome }) => outcome))).toEqual(new Set(["slow", "ok", "resting"]));
  });
});

it("traces numbers and outcomes only", async () => {
  const secret = "Mein Name ist Zacharias Geheim";
  const { model, traces } = openModel(server);
  await model.begin(1).word(wordingOf([offer as Offer], secret));
  expect(JSON.stringify(traces)).not.toMatch(/Zacharias|Hilfe|beratung/u);
});
