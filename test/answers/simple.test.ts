import { describe, expect, it } from "vitest";
import { createComposer } from "../../src/answers/composer.ts";
import { sentencesOf } from "../../src/answers/simple.ts";
import { crisisKinds, type Finding, type Reply } from "../../src/core/answer.ts";
import type { Manner } from "../../src/core/composer.ts";
import { languages } from "../../src/core/languages.ts";
import type { Offer } from "../../src/core/offer.ts";
import { words } from "../../src/words/words.ts";

const composer = createComposer((id) => id, { now: () => new Date("2026-11-22T10:00:00Z") });
const simple: Manner = { lang: "de", simple: true, introduce: false };
const ofPerson = "Mehr Bäume. Und mehr Bänke. Danke!";

const offer: Offer = {
  id: "a",
  kind: "participation",
  organization: "Org",
  title: { de: "Neuer Platz" },
  summary: { de: "Erster Satz. Zweiter Satz." },
  needs: [],
  url: "https://example.org/a",
  source: { name: "Quelle", url: "https://www.example.org/" },
  status: "checked",
  checkedAt: "2026-06-08",
  capacity: { unit: { de: "Plätze" }, available: 3, asOf: "2026-11-20T09:00:00Z" },
};
const saying = { offer, text: ofPerson, district: undefined, lang: "de", until: "2027-11-22T10:00:00.000Z" } as const;
const signUp = { code: "A2B3-C4D5", offerId: "a", title: "Aufgabe", url: "https://example.org/", until: "2027-01-22T10:00:00.000Z" };

describe("the sentences of a text", () => {
  it.each<readonly [text: string, sentences: readonly string[]]>([
    ["Erster Satz. Zweiter Satz! Dritter? Ja.", ["Erster Satz.", "Zweiter Satz!", "Dritter?", "Ja."]],
    ["Eine Zeile\nEine andere. Und noch eine.", ["Eine Zeile", "Eine andere.", "Und noch eine."]],
    ["Ab 1. März 2027 um 10:00. Bis 3. April.", ["Ab 1. März 2027 um 10:00.", "Bis 3. April."]],
    ["Hilfe, z. B. Geld oder ca. 3 Stunden. Dr. Ott hilft.", ["Hilfe, z. B. Geld oder ca. 3 Stunden.", "Dr. Ott hilft."]],
    ["Проверено: 8 июня 2026 г. в 10:00. Готово.", ["Проверено: 8 июня 2026 г. в 10:00.", "Готово."]],
    ["Stanje: 20. studenoga 2026. u 10:00. Molim pitajte.", ["Stanje: 20. studenoga 2026. u 10:00.", "Molim pitajte."]],
    ["متى؟ الآن. \u2068Stadt\u2069 تجيب.", ["متى؟", "الآن.", "\u2068Stadt\u2069 تجيب."]],
    ["Sie fragt: „Geht das?“ Er sagt ja.", ["Sie fragt: „Geht das?“", "Er sagt ja."]],
    ["Hier: https://example.org/a.b?c=D", ["Hier: https://example.org/a.b?c=D"]],
  ])("of %j", (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });
});

describe("an answer in simple words", () => {
  const linesOf = ({ lead, cards, closing }: Reply) =>
    [...lead, ...cards.flatMap(({ lines, source }) => [...lines, source]), ...closing].flatMap((text) => text.split("\n"));

  it("has one sentence a line, and the same sentences", () => {
    const findings: readonly Finding[] = [
      { kind: "offers", needs: [], found: [{ offer, score: 1 }], more: false, widened: [{ kind: "place", place: "Sendling" }] },
      { kind: "meta", about: "privacy" },
      {
        kind: "watch",
        about: "opened",
        watch: { wish: { needs: ["kita"] }, until: "2027-02-20T10:00:00.000Z", pushes: true, id: "x", lang: "de" },
      },
    ];
    for (const finding of findings) {
      const reply = composer.compose(finding, simple);
      expect(linesOf(reply).flatMap(sentencesOf)).toEqual(linesOf(reply));
      expect(linesOf(reply).length).toBeGreaterThan(1);
    }
    const [, privacy] = findings;
    if (privacy === undefined) throw new Error("no finding");
    const [atLength, inLines] = [false, true].map((wanted) => composer.compose(privacy, { ...simple, simple: wanted }).lead.join(" "));
    expect(inLines?.replaceAll("\n", " ")).toBe(atLength);
  });

  it("says the number of free places and their moment on lines of their own", () => {
    const { cards } = composer.compose({ kind: "offers", needs: [], found: [{ offer, score: 1 }], more: false, widened: [] }, simple);
    expect(cards[0]?.lines).toEqual(expect.arrayContaining(["Frei: 3 Plätze.", "Stand: 20. November 2026 um 10:00."]));
    expect(cards[0]?.source).toBe("Quelle: Quelle.\nGeprüft am 8. Juni 2026.");
  });

  it("leaves the words for a crisis as they are", () => {
    for (const lang of languages) {
      for (const about of crisisKinds) {
        const { lead } = composer.compose({ kind: "crisis", about, needs: [], found: [] }, { ...simple, lang });
        expect(lead).toEqual([words[lang].crisis[about]]);
      }
    }
  });

  it.each<readonly [string, Finding]>([
    ["a contribution", { kind: "participation", about: "confirm", contribution: saying, key: "1a2b3c4d" }],
    ["a message to a place", { kind: "volunteering", about: "confirm-message", signUp, text: ofPerson, key: "1a2b3c4d" }],
    ["what a person of the city wrote", { kind: "handover", about: "said", text: ofPerson }],
  ])("shows %s as it was written", (_, finding) => {
    expect(composer.compose(finding, simple).lead).toContain(ofPerson);
  });
});
