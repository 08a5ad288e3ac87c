import { describe, expect, it } from "vitest";
import { type DraftCard, mostCharacters, shorten } from "../../src/answers/brevity.ts";
import { type Reply, replyText } from "../../src/core/answer.ts";

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

  it("is told by its text: one that fits keeps every line, and what is drafted is no part of it", () => {
    const reply = shorten(replyOf(cardOf("1")));
    expect(reply.cards[0]?.lines).toHaveLength(3);
    expect(reply.cards[0]).not.toHaveProperty("spare");
    expect(replyText(shorten(replyOf(cardOf("1"), cardOf("2"), cardOf("3")))).length).toBeLessThanOrEqual(mostCharacters);
  });
});
