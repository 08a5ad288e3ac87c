import { beforeAll, describe, expect, it } from "vitest";
import { readContent } from "../../src/catalogue/content-files.ts";
import type { Lang } from "../../src/core/languages.ts";
import type { Slots } from "../../src/core/understanding.ts";
import { projectRoot } from "../../src/node-content.ts";
import { createSlotReader } from "../../src/understanding/slots.ts";
import { bestMsOf } from "../support/timing.ts";

/** A Sunday morning in Munich. */
const now = new Date("2026-11-22T10:00:00Z");

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
    ["a car-free street in Laim", "en", { district: "Laim" }],
    ["fee-free course in Laim", "en", { district: "Laim", costFree: true }],
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
    [
      "Schwimmkurs für meine fünfjährige Tochter in Pasing, am Wochenende, kostenlos",
      "de",
      {
        district: "Pasing-Obermenzing",
        quarter: "Pasing",
        age: 5,
        costFree: true,
        from: "2026-11-22",
        to: "2026-11-22",
        when: "Wochenende",
      },
    ],
    [
      "mei Muada is zwoarachzg und hockt im Rollstui, in da Au, derf nix kosten",
      "de",
      { district: "Au-Haidhausen", quarter: "Au", age: 82, wheelchair: true, costFree: true },
    ],
    ["82 yaşındaki annem için Moosach'ta Türkçe konuşan bakıcı", "tr", { district: "Moosach", age: 82, language: "tr" }],
    [
      "безкоштовний гурток для доньки 6 років у Зендлінгу завтра",
      "uk",
      { district: "Sendling", age: 6, costFree: true, from: "2026-11-23", when: "завтра" },
    ],
    ["русскоговорящая няня для сына 3 года в Швабинге", "ru", { district: "Schwabing-West", age: 3, language: "ru" }],
    ["ابني عمره ٤ سنوات، روضة في باسينغ بالعربية", "ar", { district: "Pasing-Obermenzing", quarter: "Pasing", age: 4, language: "ar" }],
    ["mia madre ha 84 anni, sedia a rotelle, Laim", "it", { district: "Laim", age: 84, wheelchair: true }],
    [
      "cours gratuit pour ma fille de 4 ans samedi à Bogenhausen",
      "fr",
      { district: "Bogenhausen", age: 4, costFree: true, from: "2026-11-28", when: "samedi" },
    ],
    [
      "besplatno za dijete od 5 godina u Sendlingu, netko tko govori hrvatski",
      "hr",
      { district: "Sendling", age: 5, costFree: true, language: "hr" },
    ],
  ])("%s → %j", (text, lang, slots) => {
    expect(readSlots(text, lang)).toEqual(slots);
  });

  it("is read in a moment from a text that means no good", () => {
    const mixed = "Kita\u200b в Пазінгу \u202eباسينغ\u202c 3 yaşında 🙂 ";
    const texts = ["1 ", "mit ", "jahre ", "auf deutsch ", "kost ", "am 3. ", "spricht nur ", mixed].map((part) =>
      part.repeat(10_000 / part.length),
    );
    for (const text of [...texts, "a".repeat(10_000)]) {
      expect(
        bestMsOf(() => readSlots(text, "de")),
        text.slice(0, 12),
      ).toBeLessThan(200);
    }
  });
});
