import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mostCharacters } from "../../../src/answers/brevity.ts";
import { type Reply, replyText } from "../../../src/core/answer.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { offerOf } from "../../catalogue/fixtures.ts";
import { type ModelBehaviour, type ModelServer, startModelServer } from "../../support/model-server.ts";
import { openModel, wordingOf } from "./fixtures.ts";
import { lies } from "./lies.ts";

const help = "Wir helfen Ihnen gern.";
const letter = "Sie erhalten einen Brief.";
const bound = "Kinder können nicht mit.";
const offers = [
  offerOf("beratung", { summary: { de: `${help} ${letter} ${bound} Rufen Sie vorher an.`, en: "-" } }),
  offerOf("hilfe", { summary: { de: "Hier hilft man Ihnen mit der Miete. Kommen Sie einfach vorbei.", en: "-" } }),
];
const said = (offerId: string, quote: string, text = quote) => ({ text, offerId, quote });
const draft = [said("beratung", help), said("beratung", letter, "Sie bekommen einen Brief."), said("hilfe", "Kommen Sie einfach vorbei.")];

/** A draft as a model writes it: some characters at a time. */
function pieces(sentences: readonly object[], size = 12): readonly string[] {
  const written = JSON.stringify({ sentences });
  return Array.from({ length: Math.ceil(written.length / size) }, (_, at) => written.slice(at * size, (at + 1) * size));
}

const streams = (sentences: readonly object[], change: Partial<Extract<ModelBehaviour, { kind: "streams" }>> = {}): ModelBehaviour => ({
  ...{ kind: "streams", pieces: pieces(sentences), everyMs: 1, end: "done" },
  ...change,
});

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.close());
beforeEach(() => server.behave(() => streams(draft)));

async function answer(found: readonly Offer[] = offers, parts: Parameters<typeof openModel>[1] = {}) {
  const { model, traces } = openModel(server, parts);
  const wording = wordingOf(found);
  const shown: string[] = [];
  const from = performance.now();
  const reply: Reply = await model.begin(1).word(wording, ({ text }) => shown.push(text));
  const tookMs = performance.now() - from;
  return { wording, shown, reply, traces, tookMs };
}

describe("an answer that is shown while a model writes it", () => {
  it("grows by checked sentences, below the title of their offer, and never without what bounds them", async () => {
    const { shown, reply, wording, traces } = await answer();
    const [lead, first, second, third, ...more] = shown;
    expect(more).toEqual([]);
    expect(lead).toBe(wording.reply.lead.join("\n\n"));
    expect(first).toBe(`${lead}\n\nAngebot beratung\n${help} ${bound} Rufen Sie vorher an.`.trim());
    expect(second).toContain(`${help} Sie bekommen einen Brief. ${bound}`);
    expect(third).toContain("Angebot hilfe\nKommen Sie einfach vorbei.");
    for (const part of (third ?? "").split(/\n+/)) expect(replyText(reply)).toContain(part);
    expect(traces).toEqual([expect.objectContaining({ outcome: "ok", sent: 3, inputTokens: 500, outputTokens: 100 })]);
  });

  it("is asked for as a stream only where somebody looks on", async () => {
    const before = server.asked.length;
    const { reply } = await answer();
    server.behave(() => ({ kind: "says", content: { sentences: draft } }));
    expect(await openModel(server).model.begin(1).word(wordingOf(offers))).toEqual(reply);
    expect(server.asked.slice(before).map(({ stream }) => stream)).toEqual([true, false]);
  });

  it("is the same whatever pieces it comes in, in a fence, and from a server that does not stream", async () => {
    const { reply } = await answer();
    const written = JSON.stringify({ sentences: draft });
    for (const behaviour of [
      streams(draft, { pieces: pieces(draft, 1), everyMs: 0 }),
      streams(draft, { pieces: pieces(draft, 400) }),
      streams(draft, { pieces: ["```json\n", ...pieces(draft), "\n```"] }),
      { kind: "says", content: written },
    ] satisfies ModelBehaviour[]) {
      server.behave(() => behaviour);
      const again = await answer();
      expect(again.reply).toEqual(reply);
      expect(again.shown.at(-1)).toContain("Kommen Sie einfach vorbei.");
    }
  });

  it("never shows a lie, wherever in the stream it stands", async () => {
    const dated = offerOf("kurs", { summary: { de: "Am Montag sind 3 Plätze frei. Der Kurs kostet nichts.", en: "-" } });
    const found = [...offers, dated];
    const truths = found.flatMap(({ id, summary }) => summary.de.split(/(?<=\.) /u).map((text) => said(id, text)));
    let told = 0;
    for (const truth of truths)
      for (const sentences of Object.values(lies).flatMap((make) =>
        make(truth, truths.find((other) => other.offerId !== truth.offerId) ?? truth),
      )) {
        const lying = sentences.filter(({ text }) => !truths.some((each) => each.text === text));
        const written = [...draft.slice(0, 1), ...sentences, ...draft.slice(1)];
        server.behave(() => streams(written, { pieces: pieces(written, 60), everyMs: 0 }));
        const { shown, reply } = await answer(found);
        told += lying.length;
        for (const { text } of lying) expect([...shown, replyText(reply)].join("\n")).not.toContain(text);
      }
    expect(told).toBeGreaterThan(20);
  }, 60_000);

  it("ends in the plain answer where the stream breaks off, whatever was shown", async () => {
    server.behave(() => streams(draft, { pieces: pieces(draft).slice(0, -3), everyMs: 20, end: "breaks" }));
    const { shown, reply, wording, traces } = await answer();
    expect(shown.at(-1)).toContain(help);
    expect(reply).toEqual(wording.reply);
    expect(traces.map(({ outcome }) => outcome)).toEqual(["away"]);
  });

  it("ends in the plain answer where the stream ends before its end is said", async () => {
    server.behave(() => ({
      kind: "raw",
      type: "text/event-stream",
      body: `data: ${JSON.stringify({ choices: [{ delta: { content: "{" } }] })}\n\n`,
    }));
    const { reply, wording, traces } = await answer();
    expect(reply).toEqual(wording.reply);
    expect(traces.map(({ outcome }) => outcome)).toEqual(["away"]);
  });

  it("ends in the plain answer within 8 seconds where the stream hangs in the middle, and shows nothing after it", async () => {
    server.behave(() => streams(draft, { pieces: pieces(draft).slice(0, 20), end: "hangs" }));
    const { shown, reply, wording, traces, tookMs } = await answer();
    expect(tookMs).toBeLessThan(8000);
    expect(reply).toEqual(wording.reply);
    expect(traces.map(({ outcome }) => outcome)).toEqual(["slow"]);
    const before = shown.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(shown).toHaveLength(before);
  }, 20_000);

  it("shows nothing of a draft whose sentences are all refused, is told why, and goes on with the second one", async () => {
    const before = server.asked.length;
    server.behave(() => streams(server.asked.length - before === 1 ? [said("beratung", letter, "Der Brief kostet 5 Euro.")] : draft));
    const { shown, traces } = await answer();
    expect(shown.join("\n")).not.toContain("5 Euro");
    expect(shown.at(-1)).toContain("Kommen Sie einfach vorbei.");
    expect(traces.map(({ use, sent }) => [use, sent])).toEqual([
      ["answer", 0],
      ["answer-again", 3],
    ]);
  });

  it("loses again what is too hard to read together with the sentence that comes next", async () => {
    const [easy, hard] = ["Wir beraten Sie gern.", "Sie erhalten die Hilfe kostenlos."];
    server.behave(() => streams([said("beratung", easy), said("beratung", hard)]));
    const { shown, reply, wording } = await answer([offerOf("beratung", { summary: { de: `${easy} ${hard}`, en: "-" } })]);
    expect(shown).toHaveLength(5);
    expect([shown[1], shown.at(-1), reply]).toEqual([expect.stringContaining(easy), shown[0], wording.reply]);
  });

  it("is never longer than an answer may be", async () => {
    const { shown } = await answer();
    for (const text of shown) expect(text.length).toBeLessThanOrEqual(mostCharacters);
  });
});
