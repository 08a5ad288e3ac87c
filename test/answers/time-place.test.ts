import { describe, expect, it } from "vitest";
import { createComposer } from "../../src/answers/composer.ts";
import { replyText } from "../../src/core/answer.ts";
import type { Widened } from "../../src/core/catalogue.ts";
import type { OpenState } from "../../src/core/hours.ts";
import { type Lang, languages } from "../../src/core/languages.ts";
import type { FoundOffer } from "../../src/core/offer.ts";
import { offerOf } from "../catalogue/fixtures.ts";

const composer = createComposer(() => undefined, { calendarUrl: (id, lang) => `https://chat.example.org/offers/${id}.ics?lang=${lang}` });

function compose(found: Partial<FoundOffer>, lang: Lang = "de", widened: readonly Widened[] = []) {
  const page = { needs: [], found: [{ offer: offerOf("a"), score: 1, ...found }], more: false, widened };
  return composer.compose({ kind: "offers", ...page }, { lang, simple: false, introduce: false });
}
const linesOf = (found: Partial<FoundOffer>, lang: Lang = "de") => compose(found, lang).cards[0]?.lines.slice(1) ?? [];

const days = [
  {
    first: "2026-11-23",
    last: "2026-11-26",
    spans: [
      { opens: "08:00", closes: "12:00" },
      { opens: "13:30", closes: "18:00" },
    ],
  },
  { first: "2026-11-27", last: "2026-11-27", spans: [{ opens: "20:00", closes: "02:00", note: "mit Termin" }] },
  { first: "2026-11-28", last: "2026-11-29", spans: [] },
];
const hours = (state: OpenState, asked?: "week") => ({ hours: { state, days, asked } });
const at = (day: string, daysAhead: number, time: string) => ({ day, daysAhead, time });

describe("opening hours on a card", () => {
  it.each<[string, OpenState]>([
    ["Heute offen bis 18 Uhr.", { kind: "open", until: at("2026-11-23", 0, "18:00") }],
    ["Heute offen bis 2:30 Uhr.", { kind: "open", until: at("2026-11-24", 1, "02:30") }],
    ["Heute offen bis 24 Uhr.", { kind: "open", until: at("2026-11-24", 1, "00:00") }],
    ["Jetzt offen. Offen bis Mittwoch, 8 Uhr.", { kind: "open", until: at("2026-11-25", 2, "08:00") }],
    ["Immer offen, Tag und Nacht.", { kind: "open" }],
    ["Jetzt zu. Wieder offen heute um 13:30 Uhr.", { kind: "closed", opens: at("2026-11-23", 0, "13:30") }],
    ["Jetzt zu. Wieder offen morgen um 8 Uhr.", { kind: "closed", opens: at("2026-11-24", 1, "08:00") }],
    ["Jetzt zu. Wieder offen am Montag um 8 Uhr.", { kind: "closed", opens: at("2026-11-30", 6, "08:00") }],
    ["Jetzt zu. Wieder offen am 1. Juli 2027 um 10 Uhr.", { kind: "closed", opens: at("2027-07-01", 220, "10:00") }],
    ["Jetzt zu.", { kind: "closed" }],
  ])("%s", (line, state) => {
    expect(linesOf(hours(state))).toContain(line);
  });

  it("are a readable week where they are asked for", () => {
    expect(linesOf(hours({ kind: "open", until: at("2026-11-23", 0, "12:00") }, "week")).slice(1)).toEqual([
      "Heute offen bis 12 Uhr.",
      "Öffnungs-Zeiten der nächsten 7 Tage:",
      "Montag bis Donnerstag: 8 bis 12 Uhr, 13:30 bis 18 Uhr",
      "Freitag: 20 bis 2 Uhr (mit Termin)",
      "Samstag bis Sonntag: zu",
    ]);
  });

  it("say that they are not known, where that was asked", () => {
    const none = { state: { kind: "unknown" }, days: [] } as const;
    expect(linesOf({ hours: { ...none, asked: "now" } })).toContain("Ob jetzt offen ist, weiß ich nicht.");
    expect(linesOf({ hours: { ...none, asked: "week" } })).toContain("Die Öffnungs-Zeiten weiß ich nicht.");
    expect(linesOf({})).toHaveLength(1);
  });
});

describe("the place on a card", () => {
  const location = {
    name: "Haus Süd",
    address: { street: "Weg 1", postcode: "81371", city: "München" },
    district: "Sendling",
    phone: "089 1",
  };

  it("says how far it is in whole kilometres, never less than one, since people's places are known no better", () => {
    const line = (km: number) => linesOf({ place: { others: 0, km } })[0];
    expect(line(0.1)).toBe("Wo: für ganz München. Ungefähr 1 km entfernt.");
    expect(line(1.4)).toContain("Ungefähr 1 km entfernt");
    expect(line(2.6)).toContain("Ungefähr 3 km entfernt");
  });

  it("is the one of several that was chosen, with its phone, and how many others there are", () => {
    expect(linesOf({ place: { location, others: 4 } })).toEqual([
      "Wo: Haus Süd, Weg 1, 81371 München (Sendling). Das gibt es noch an 4 anderen Orten.",
      "Telefon: 089 1",
    ]);
  });
});

describe("dates on a card", () => {
  const event = (start: string, end?: string) => ({ dates: [{ start, end }, { start: "2027-01-09" }] });

  it("are those of Munich, in the person's language, with a file for calendars", () => {
    const { cards } = compose(event("2026-11-28T13:00:00Z", "2026-11-28T15:30:00Z"));
    expect(cards[0]?.lines[1]).toMatch(/^Wann: Samstag, 28\. November 2026.*14:00\s?–\s?16:30 Uhr\. Und noch 1 Termin\.$/);
    expect(cards[0]?.calendar).toEqual({ label: "Für Ihren Kalender", url: "https://chat.example.org/offers/a.ics?lang=de" });
    expect(replyText(compose(event("2026-11-28")))).toContain("Für Ihren Kalender: https://chat.example.org/offers/a.ics?lang=de");
    expect(compose({}).cards[0]?.calendar).toBeUndefined();
  });

  it("leave out the day after the last of whole days", () => {
    expect(linesOf(event("2026-11-28", "2026-11-29"))[0]).toBe("Wann: Samstag, 28. November 2026. Und noch 1 Termin.");
    expect(linesOf(event("2026-11-28", "2026-11-30"))[0]).toMatch(/28\..*29\. November 2026/);
  });
});

describe("taking part", () => {
  const project = (standing: FoundOffer["standing"], participation: object = {}) =>
    linesOf({ offer: offerOf("a", { kind: "participation", participation: { phase: "open", ...participation } }), standing });

  it("says how and until when while it is open", () => {
    expect(project("open", { to: "2026-12-31", how: { de: "Schreiben Sie uns." } }).slice(0, 2)).toEqual([
      "Sie können jetzt mitmachen. Bis 31. Dezember 2026.",
      "So machen Sie mit: Schreiben Sie uns.",
    ]);
  });

  it("is never told as open before or after", () => {
    expect(project("announced", { from: "2027-01-10" })[0]).toBe(
      "Das ist angekündigt. Sie können noch nicht mitmachen. Ab 10. Januar 2027.",
    );
    expect(project("evaluation")[0]).toContain("nicht mehr");
    const over = project("over", { to: "2026-11-01", how: { de: "Schreiben Sie uns." } });
    expect(over[0]).toBe("Das ist vorbei. Sie können nicht mehr mitmachen.");
    expect(over.join()).not.toContain("So machen Sie mit");
  });

  it("tells a call's deadline, and that it has passed", () => {
    const call = (standing: FoundOffer["standing"]) =>
      linesOf({ offer: offerOf("a", { kind: "open-call", deadline: "2026-12-31" }), standing })[0];
    expect(call("open")).toBe("Sie können sich bewerben bis: 31. Dezember 2026.");
    expect(call("over")).toBe("Die Frist ist vorbei. Sie war am 31. Dezember 2026.");
  });

  it("tells a measure's field and state", () => {
    const offer = offerOf("a", { kind: "measure", measure: { field: "verwaltung", status: "running" } });
    expect(linesOf({ offer })[0]).toBe("Handlungs-Feld: Verwaltung. Stand: läuft.");
  });
});

const widened: readonly Widened[] = [
  { kind: "place", place: "Sendling", nearby: true },
  { kind: "days" },
  { kind: "openNow" },
  { kind: "measure" },
];
const everything: readonly Partial<FoundOffer>[] = [
  hours({ kind: "open", until: at("2026-11-23", 0, "18:00") }, "week"),
  hours({ kind: "closed", opens: at("2026-11-30", 6, "08:00") }),
  { hours: { state: { kind: "unknown" }, days: [], asked: "now" } },
  { hours: { state: { kind: "unknown" }, days: [], asked: "week" } },
  { place: { others: 3, km: 2 } },
  { dates: [{ start: "2026-11-28T13:00:00Z" }, { start: "2027-01-09" }] },
  ...(["announced", "open", "evaluation", "over"] as const).map((standing) => ({
    offer: offerOf("a", { participation: { phase: "open" }, deadline: "2026-12-31", measure: { field: "verwaltung", status: "done" } }),
    standing,
  })),
];

describe.each(languages)("in %s", (lang) => {
  const textOf = (found: Partial<FoundOffer>, language: Lang) => replyText(compose(found, language, widened));

  it("every line is in that language and differs from German", () => {
    for (const found of everything) {
      const text = textOf(found, lang);
      expect(text).not.toMatch(/undefined|NaN|\[object/);
      if (lang === "de") continue;
      const german = new Set(textOf(found, "de").split("\n"));
      const same = text
        .split("\n")
        .filter((line) => german.has(line) && /\p{L}/u.test(line) && !/Angebot|Hier bekommen|https?:|example/.test(line));
      expect(same).toEqual([]);
    }
  });

  it("keeps times in their order", () => {
    const text = textOf(everything[0] ?? {}, lang);
    expect(text).toMatch(lang === "en" ? /6 pm/ : lang === "de" ? /18 Uhr/ : lang === "fr" ? /18 h/ : /18:00/);
    if (lang === "ar") expect(text).toContain("\u206608:00–12:00\u2069");
  });
});
