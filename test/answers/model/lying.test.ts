import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evidenceIn, fieldsOf } from "../../../src/answers/model/evidence.ts";
import { readContent } from "../../../src/catalogue/content-files.ts";
import { type Reply, replyText } from "../../../src/core/answer.ts";
import type { Offer } from "../../../src/core/offer.ts";
import { projectRoot } from "../../../src/node-content.ts";
import { readSentences } from "../../../src/text/plain/read-text.ts";
import { type ModelServer, startModelServer } from "../../support/model-server.ts";
import { openModel, wordingOf } from "./fixtures.ts";
import { lies, type Said } from "./lies.ts";

const leastCases = 50;
const mostCases = 200;

interface Case {
  readonly offers: readonly [Offer, Offer];
  readonly draft: readonly Said[];
}

let server: ModelServer;
let truths: readonly { readonly offer: Offer; readonly said: Said }[] = [];

beforeAll(async () => {
  server = await startModelServer();
  const shipped = await readContent({ root: projectRoot, demo: true });
  const offers = shipped.offers.map(withWeekday);
  truths = offers.flatMap((offer) =>
    fieldsOf(offer)
      .flatMap(evidenceIn)
      .map(({ text }) => ({ offer, said: { text, offerId: offer.id, quote: text } })),
  );
});

/** Few shipped sentences name a weekday: every fifteenth offer gets one more. */
function withWeekday(offer: Offer, index: number): Offer {
  if (index % 15 !== 0) return offer;
  const day = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"][(index / 15) % 5];
  return { ...offer, summary: { ...offer.summary, de: `${offer.summary.de} Am ${day} ist Zeit für Ihre Fragen.` } };
}

afterAll(() => server.close());

/** Cases of one kind from the shipped offers, each offer beside the next one in the catalogue that says something else. */
function casesOf(kind: string): readonly Case[] {
  const cases = truths.flatMap(({ offer, said }, index): readonly Case[] => {
    const other = truths.slice(index + 1).find((each) => each.offer.id !== offer.id && each.said.text !== said.text);
    if (other === undefined) return [];
    return (lies[kind]?.(said, other.said) ?? []).map((draft) => ({ offers: [offer, other.offer], draft }));
  });
  const step = Math.max(1, Math.floor(cases.length / mostCases));
  return cases.filter((_, index) => index % step === 0);
}

/** The first lines of the cards, where a model's sentences would stand; all else has to be as it was. */
function wordedLines(reply: Reply, plain: Reply): readonly string[] {
  const rest = ({ cards, ...other }: Reply) => ({
    ...other,
    cards: cards.map(({ lines, ...card }) => ({ ...card, lines: lines.slice(1) })),
  });
  expect(rest(reply)).toEqual(rest(plain));
  return reply.cards.map(({ lines }) => lines[0] ?? "");
}

/** True where a lie stands in the answer: a sentence that its own offer does not say. */
function isSent(line: string, own: string): boolean {
  return readSentences(line).some(({ text }) => !own.includes(text));
}

async function countSent(cases: readonly Case[]): Promise<number> {
  const { model } = openModel(server);
  let sent = 0;
  for (const { offers, draft } of cases) {
    server.behave(() => ({ kind: "says", content: { sentences: draft } }));
    const wording = wordingOf(offers);
    const reply = await model.begin(1).word(wording);
    const lines = wordedLines(reply, wording.reply);
    if (lines.some((line, at) => isSent(line, fieldsOf(offers[at] ?? offers[0]).join(" ")))) sent += 1;
    expect(replyText(reply)).not.toMatch(/evil|Amt für Glück/u);
  }
  return sent;
}

describe("a model that lies", () => {
  it.each(Object.keys(lies))(
    "is not believed: %s",
    async (kind) => {
      const cases = casesOf(kind);
      const sent = await countSent(cases);
      process.stdout.write(`lies, ${kind}: ${sent} of ${cases.length} sent (share ${sent / cases.length})\n`);
      expect(cases.length).toBeGreaterThanOrEqual(leastCases);
      expect(sent).toBe(0);
    },
    120_000,
  );
});

it("is believed where it tells the truth", async () => {
  const { model, traces } = openModel(server);
  const sample = truths.filter((_, index) => index % 20 === 0);
  for (const { offer, said } of sample) {
    server.behave(() => ({ kind: "says", content: { sentences: [said] } }));
    await model.begin(1).word(wordingOf([offer]));
  }
  const sent = traces.filter((trace) => trace.sent === 1).length;
  process.stdout.write(`true sentences sent: ${sent} of ${sample.length}\n`);
  expect(sent / sample.length).toBeGreaterThan(0.95);
}, 60_000);
