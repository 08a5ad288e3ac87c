import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import type { Lang } from "../../src/core/languages.ts";
import type { Slots } from "../../src/core/understanding.ts";
import { projectRoot } from "../../src/node-content.ts";
import { findDates } from "../../src/understanding/dates.ts";
import { createSlotReader } from "../../src/understanding/slots.ts";
import { findLanguageName, findSpokenLanguage } from "../../src/understanding/spoken-language.ts";

/** A Sunday morning in Munich. */
const now = new Date("2026-11-22T10:00:00Z");

describe("dates in German and English", () => {
  it.each<readonly [string, Lang, string, string | undefined]>([
    ["Was ist morgen los?", "de", "2026-11-23", undefined],
    ["Was ist heute Abend los?", "de", "2026-11-22", undefined],
    ["am 24. Dezember", "de", "2026-12-24", undefined],
    ["am 3. Januar 2027", "de", "2027-01-03", undefined],
    ["am 03.12.2026", "de", "2026-12-03", undefined],
    ["am Mittwoch", "de", "2026-11-25", undefined],
    ["tomorrow", "en", "2026-11-23", undefined],
    ["on December 24", "en", "2026-12-24", undefined],
    ["next Friday", "en", "2026-11-27", undefined],
    ["from 1 December to 5 December", "en", "2026-12-01", "2026-12-05"],
  ])("%s → %s", (text, lang, from, to) => {
    expect(findDates(text, lang, now)).toEqual({ from, ...(to === undefined ? {} : { to }), when: expect.any(String) });
  });

  it("keeps the words themselves", () => {
    expect(findDates("Was ist am 24. Dezember los?", "de", now).when).toContain("24. Dezember");
  });

  it("counts days in Munich, not in Greenwich", () => {
    expect(findDates("heute", "de", new Date("2026-07-01T22:30:00Z")).from).toBe("2026-07-02");
  });
});

describe("no dates", () => {
  it.each<readonly [string, Lang]>([
    ["mon fils a 4 ans", "fr"],
    ["mon fils cherche une place", "de"],
    ["so eine Frechheit", "de"],
    ["Mo, ich brauche Hilfe", "de"],
    ["Ich habe im Moment keine Wohnung", "de"],
    ["rente 1100, miete 850", "de"],
    ["Kita für 3 Kinder", "de"],
    ["seit 3 Jahren", "de"],
    ["mit 70", "de"],
    ["089 233 96771", "de"],
    ["I may need help", "en"],
    ["my son is 4", "en"],
    ["в мае", "ru"],
    ["", "de"],
  ])("%s", (text, lang) => {
    expect(findDates(text, lang, now)).toEqual({});
  });
});

describe("the language that somebody wants to be served in", () => {
  it.each([
    ["Arzt auf Türkisch", "tr"],
    ["Beratung auf Arabisch", "ar"],
    ["Ich suche eine russischsprachige Therapeutin", "ru"],
    ["a doctor who speaks English", "en"],
    ["French speaking doctor", "fr"],
    ["türkçe bilen doktor", "tr"],
    ["консультація українською, лікар розмовляє українською", "uk"],
    ["врач говорит на русском", "ru"],
    ["un médecin qui parle arabe", "ar"],
    ["un medico che parla inglese", "en"],
    ["Hilfe in Gebärdensprache", "gsg"],
    ["Beratung auf Farsi", "fa"],
  ])("%s → %s", (text, code) => {
    expect(findSpokenLanguage(text)).toBe(code);
  });

  it.each([
    "Ich suche einen Deutschkurs",
    "Sprachkurs Deutsch kostenlos",
    "Englisch lernen",
    "türkisches Essen",
    "I want to learn German",
    "Wo ist eine Kita?",
    "",
  ])("is not named in: %s", (text) => {
    expect(findSpokenLanguage(text)).toBeUndefined();
  });

  it("is told from a language that is only named", () => {
    expect(findLanguageName("Englisch lernen")).toBe("en");
    expect(findLanguageName("auf Polnisch bitte")).toBe("pl");
    expect(findLanguageName("Wo ist eine Kita?")).toBeUndefined();
  });
});

describe("everything that a sentence says besides its topic", () => {
  let readSlots: (text: string, lang: Lang) => Slots;

  beforeAll(async () => {
    const { districts } = await readContent({ root: projectRoot, demo: false });
    readSlots = createSlotReader(districts, () => now);
  });

  it.each<readonly [string, Lang, Slots]>([
    ["Wo finde ich einen Kita-Platz in Sendling?", "de", { district: "Sendling" }],
    ["Sprachkurs Deutsch kostenlos", "de", { costFree: true }],
    ["wo kann ich handy lernen mit 70", "de", { age: 70 }],
    ["Kita in 81371 für mein 3-jähriges Kind", "de", { postcode: "81371", age: 3 }],
    ["Treffpunkt in Laim, mit dem Rollstuhl, umsonst", "de", { district: "Laim", wheelchair: true, costFree: true }],
    ["barrierefreies Schwimmbad", "de", { wheelchair: true }],
    ["wos kost nix in Giasing", "de", { district: "Obergiesing-Fasangarten", costFree: true }],
    ["free German course in Schwabing", "en", { district: "Schwabing-West", costFree: true }],
    ["wheelchair accessible cafe", "en", { wheelchair: true }],
    ["is there a free place in a nursery", "en", {}],
    ["are you free today", "en", { from: "2026-11-22", when: "today" }],
    ["ücretsiz kurs", "tr", { costFree: true }],
    ["безкоштовні курси", "uk", { costFree: true }],
    ["бесплатный курс", "ru", { costFree: true }],
    ["دورة مجانية", "ar", { costFree: true }],
    ["corso gratuito", "it", { costFree: true }],
    ["cours gratuit", "fr", { costFree: true }],
    ["besplatan tečaj", "hr", { costFree: true }],
    ["Müll abholen", "de", {}],
  ])("%s → %j", (text, lang, slots) => {
    expect(readSlots(text, lang)).toEqual(slots);
  });

  it("is read in a moment from a text that means no good", () => {
    for (const text of ["1 ".repeat(5000), "mit ".repeat(2000), "jahre ".repeat(2000), "auf deutsch ".repeat(1000), "a".repeat(10_000)]) {
      const started = performance.now();
      readSlots(text, "de");
      expect(performance.now() - started, text.slice(0, 12)).toBeLessThan(1000);
    }
  });
});
