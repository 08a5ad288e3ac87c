import { beforeAll, describe, expect, it } from "vitest";
import { type DraftCard, mostCharacters, shorten } from "../../src/answers/brevity.ts";
import { createComposer } from "../../src/answers/composer.ts";
import { readContent } from "../../src/catalogue/content-files.ts";
import { describeFound } from "../../src/catalogue/describe-found.ts";
import { loadHours } from "../../src/catalogue/hours/load-hours.ts";
import { facts, type OfferPage, type Reply, replyText } from "../../src/core/answer.ts";
import type { Manner } from "../../src/core/composer.ts";
import { languages } from "../../src/core/languages.ts";
import type { FoundOffer, Need } from "../../src/core/offer.ts";
import { projectRoot } from "../../src/node-content.ts";

const long = "Ein langer Text. ".repeat(15).trim();

function cardOf(id: string, change: Partial<DraftCard> = {}): DraftCard {
  const phone = `Telefon: 089 ${id}`;
  return {
    id,
    title: `Titel ${id}`,
    lines: [`${long} ${id}`, "Wo: für ganz München", phone],
    url: "https://example.org/",
    source: "Quelle: Amt. Geprüft am 8. Juni 2026.",
    spare: [{ line: `${long} ${id}`, instead: `Kurz ${id}.` }, undefined, { line: phone }, { line: `Kurz ${id}.` }],
    cuts: [],
    ...change,
  };
}

const replyOf = (...cards: readonly DraftCard[]): Reply => ({ lang: "de", lead: ["Gefunden:"], cards, closing: ["Ende."], buttons: [] });

describe("an answer that is too long", () => {
  it("loses what is missed least, from its last card on, and only as much as is needed", () => {
    const { cards } = shorten(replyOf(cardOf("1"), cardOf("2"), cardOf("3")));
    expect(cards.map(({ lines }) => lines[0])).toEqual([`${long} 1`, `${long} 2`, "Kurz 3."].map((line) => expect.stringContaining(line)));
    expect(cards.every(({ lines }) => lines.length === 3)).toBe(true);
  });

  it("keeps title, place, link and source of every offer, whatever goes", () => {
    const source = `Quelle: ${"Amt ".repeat(60)}`;
    const reply = shorten(replyOf(...["1", "2", "3"].map((id) => cardOf(id, { source }))));
    expect(reply.cards).toEqual(
      ["1", "2", "3"].map((id) => ({
        ...{ id, title: `Titel ${id}`, lines: ["Wo: für ganz München"], url: "https://example.org/", source },
      })),
    );
  });

  it("loses the end of a long line that may be cut, by sentences or by words, and says where the rest is", () => {
    const cost = (sentence: string) => `Kosten: ${sentence.repeat(30).trim()}`;
    for (const [line, end] of [
      [cost("Ein Kind zahlt 5 Euro. "), /^Kosten: (?:Ein Kind zahlt 5 Euro\. )+Mehr steht auf der Seite\.$/],
      [cost("Ein Kind zahlt 5 Euro, "), /^Kosten: .*[^ ] … Mehr steht auf der Seite\.$/],
    ] as const) {
      const reply = shorten(
        replyOf(...["1", "2"].map((id) => cardOf(id, { lines: [line, "Wo: für ganz München"], spare: [], cuts: [line] }))),
      );
      expect(replyText(reply).length).toBeLessThanOrEqual(mostCharacters);
      expect(reply.cards.map(({ lines }) => lines)).toEqual(Array(2).fill([expect.stringMatching(end), "Wo: für ganz München"]));
    }
  });

  it("loses files for calendars where its lines alone are too many, from its last card on", () => {
    const source = `Quelle: ${"Amt ".repeat(50)}`;
    const calendar = { label: "Kalender", url: `https://example.org/${"x".repeat(60)}` };
    const { cards } = shorten(replyOf(...["1", "2", "3"].map((id) => cardOf(id, { source, calendar, lines: [], spare: [] }))));
    expect(cards.map((card) => card.calendar)).toEqual([calendar, undefined, undefined]);
  });

  it("is told by its text: one that fits keeps every line, and what is drafted is no part of it", () => {
    const reply = shorten(replyOf(cardOf("1")));
    expect(reply.cards[0]?.lines).toHaveLength(3);
    expect(reply.cards[0]).not.toHaveProperty("spare");
    expect(replyText(shorten(replyOf(cardOf("1"), cardOf("2"), cardOf("3")))).length).toBeLessThanOrEqual(mostCharacters);
  });
});

describe("the longest answers that the shipped content can give", () => {
  const now = new Date("2026-11-20T09:00:00Z");
  let found: readonly FoundOffer[];
  let needs: ReadonlyMap<string, Need>;

  beforeAll(async () => {
    const content = await readContent({ root: projectRoot, demo: true });
    needs = new Map(content.needs.map((need) => [need.id, need]));
    const all = content.offers.map((offer): FoundOffer => ({ offer, score: 0.9 }));
    const query = { text: "", needs: [], slots: {}, origin: { lat: 48.14, lon: 11.58 }, offset: 0, limit: all.length };
    found = await describeFound(all, query, { now, loadHours });
  }, 60_000);

  const ways: readonly [Partial<OfferPage>, Partial<Manner>][] = [
    [{}, {}],
    [{ widened: [{ kind: "place", place: "Schwabing-Freimann" }] }, { introduce: true }],
    [{ near: "Schwabing-Freimann" }, { edited: true }],
    [{ asksPlace: true }, { simple: true }],
  ];

  it.each(languages)("have at most 900 characters, whatever is asked of which need (%s)", (lang) => {
    const { compose } = createComposer((id) => needs.get(id)?.label[lang], {
      calendarUrl: (id) => `https://chat.example.muenchen.de/calendar/${id}.ics`,
      now: () => now,
    });
    const over: string[] = [];
    let most = 0;
    for (const need of needs.keys()) {
      const offers = found.filter(({ offer }) => offer.needs.includes(need));
      for (const asked of [undefined, ...facts]) {
        const answer = (shown: readonly FoundOffer[], [page, manner]: (typeof ways)[number] = [{}, {}]) =>
          replyText(
            compose(
              { kind: "capacity", needs: [need], found: shown, more: true, widened: [], asked, ...page },
              { lang, simple: false, introduce: false, ...manner },
            ),
          );
        const longest = [...offers].sort((a, b) => answer([b]).length - answer([a]).length).slice(0, 3);
        for (const way of ways) {
          const text = answer(longest, way);
          most = Math.max(most, text.length);
          if (text.length > mostCharacters) over.push(`${need}, ${asked}: ${text.length}\n${text}`);
        }
      }
    }
    process.stdout.write(`longest answer ${lang}: ${most}, over: ${over.length}\n`);
    expect(over).toEqual([]);
  });
});
